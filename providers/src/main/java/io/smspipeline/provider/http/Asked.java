package io.smspipeline.provider.http;

import io.smspipeline.record.OutgoingMessage;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a message's {@code params} ask of any HTTP provider. Immutable.
 *
 * @param strict {@code strict=true}: what the provider has not is a reason not to send it there
 * @param escalate {@code escalate=true}: faster and dearer
 * @param senderId {@code senderId}: a sender in place of the message's own and of the account's; null for these
 * @param routingGroup {@code routingGroup}; null for the account's
 * @param expires {@code expires}, minutes in the message: a validity shorter than the message's own; null for that
 */
public record Asked(
        boolean strict,
        boolean escalate,
        @Nullable String senderId,
        @Nullable RoutingGroup routingGroup,
        @Nullable Duration expires) {
    /** What a route may cost for what it does. */
    public enum RoutingGroup {
        ECONOMY,
        STANDARD,
        PREMIUM
    }

    /**
     * Those of a message. Each name may be written with capitals or with dashes: {@code senderId}, {@code sender-id}.
     *
     * @throws IllegalArgumentException when one makes no sense, with a sentence for who asked
     */
    public static Asked of(OutgoingMessage message) {
        Map<String, String> params = message.getParams();
        String group = one(params, "routingGroup", "routing-group");
        String minutes = params.get("expires");
        return new Asked(
                truth(params, "strict"),
                truth(params, "escalate"),
                one(params, "senderId", "sender-id"),
                group == null ? null : group(group),
                minutes == null ? null : minutes(minutes));
    }

    private static @Nullable String one(Map<String, String> params, String name, String other) {
        String value = params.get(name);
        return value == null ? params.get(other) : value;
    }

    private static boolean truth(Map<String, String> params, String name) {
        String text = params.getOrDefault(name, "false").toLowerCase(Locale.ROOT);
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw new IllegalArgumentException("the parameter " + name + " is neither true nor false: set one of them.");
    }

    private static RoutingGroup group(String text) {
        for (RoutingGroup group : RoutingGroup.values()) {
            if (group.name().equalsIgnoreCase(text)) {
                return group;
            }
        }
        throw new IllegalArgumentException(
                "the parameter routingGroup is none of ECONOMY, STANDARD, PREMIUM: set one of them.");
    }

    private static Duration minutes(String text) {
        if (text.matches("[1-9][0-9]{0,5}")) {
            return Duration.ofMinutes(Long.parseLong(text));
        }
        throw new IllegalArgumentException("the parameter expires is no number of minutes: set 1 or more.");
    }

    /** How long the provider may try: what remains of the message's validity, or the shorter time it asks for. */
    public Duration validity(Duration left) {
        return expires == null || expires.compareTo(left) > 0 ? left : expires;
    }

    /**
     * The provider's own parameters of a message: those it names as the provider does, and any with the provider's type
     * before it, as in {@code twilio.SmartEncoded}. What is meant for other providers is passed over.
     *
     * @param known the provider's names
     * @param ours those that the message itself decides
     * @throws IllegalArgumentException when one of these is asked for
     */
    public static Map<String, String> own(OutgoingMessage message, String type, Set<String> known, Set<String> ours) {
        Map<String, String> own = new TreeMap<>();
        message.getParams().forEach((name, value) -> {
            String prefix = type + ".";
            String bare = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
            if (ours.contains(bare) && name.startsWith(prefix)) {
                throw new IllegalArgumentException(
                        "the parameter " + name + " is decided by the message itself: leave it out.");
            }
            if (name.startsWith(prefix) || known.contains(name)) {
                own.put(bare, value);
            }
        });
        return own;
    }

    /** A parameter as a number. */
    public static Optional<Integer> number(String text) {
        return text.matches("[0-9]{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }
}
