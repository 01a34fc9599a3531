package io.smspipeline.router.routing;

import io.smspipeline.router.entry.EntrySettings;
import io.smspipeline.router.provider.ProviderView;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.settings.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How messages are routed.
 *
 * @param table rules and providers
 * @param validity of a message that does not say how long it is valid, counted from when it may be submitted
 * @param longest the most a message may be valid, counted likewise: topics keep it no longer
 * @param providers how long what senders say counts
 * @param entry what is asked before anybody is chosen
 */
public record RoutingSettings(
        RouteTable table, Duration validity, Duration longest, ProviderView.Times providers, EntrySettings entry) {
    /** Validity when a message says nothing. */
    public static final Duration DEFAULT_VALIDITY = Duration.ofHours(48);

    public RoutingSettings {
        if (validity.compareTo(longest) > 0) {
            throw new IllegalArgumentException("messages are valid for " + validity + " by default and for " + longest
                    + " at most: set a default within the limit.");
        }
    }

    /** With the usual times. */
    public RoutingSettings(RouteTable table) {
        this(table, DEFAULT_VALIDITY, Topics.INTERNAL_RETENTION, ProviderView.Times.DEFAULT, EntrySettings.DEFAULT);
    }

    /**
     * Reads {@code providers} (alias, type and default sender only) and {@code routes}. Faults are recorded in the settings; what comes back
     * then must not be used.
     */
    public static RoutingSettings read(Section root) {
        List<ProviderRef> providers = new ArrayList<>();
        Map<String, String> senders = new HashMap<>();
        for (Section provider : root.aliased("providers")) {
            Section inPart = provider.readInPart();
            providers.add(new ProviderRef(inPart.alias(), inPart.text("type").required()));
            inPart.text("from").optional().ifPresent(from -> senders.put(inPart.alias(), from));
        }
        EntrySettings entry = EntrySettings.read(root, senders);
        ProviderView.Times times = times(root.section("router").readInPart());
        if (providers.isEmpty()) {
            root.fault("providers", "names nobody who could carry a message", "configure one with its alias and type");
            providers = List.of(new ProviderRef("nobody", "none"));
        }
        return new RoutingSettings(
                RouteTable.read(root, 0, providers, RoutingPolicy.loaded()),
                DEFAULT_VALIDITY,
                Topics.INTERNAL_RETENTION,
                times,
                entry);
    }

    private static ProviderView.Times times(Section router) {
        return new ProviderView.Times(
                router.duration("provider-silence")
                        .between(Duration.ofSeconds(2), Duration.ofMinutes(10))
                        .orElse(ProviderView.Times.DEFAULT.silence()),
                router.duration("provider-comeback")
                        .between(Duration.ZERO, Duration.ofHours(1))
                        .orElse(ProviderView.Times.DEFAULT.comeback()));
    }
}
