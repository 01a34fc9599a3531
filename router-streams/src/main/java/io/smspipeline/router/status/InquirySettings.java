package io.smspipeline.router.status;

import io.smspipeline.settings.Section;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Which providers are asked what became of a message when no receipt comes.
 *
 * @param providers aliases; those that find a message by their id alone. Empty: nobody is asked
 * @param after how long nothing was heard before the first question
 * @param perSecond questions each task asks at most
 */
public record InquirySettings(Set<String> providers, Duration after, int perSecond) {
    /** Nobody is asked. */
    public static final InquirySettings NONE = new InquirySettings(Set.of(), Duration.ofHours(1), 10);

    /** Copies, so that it cannot change. */
    public InquirySettings {
        providers = Set.copyOf(providers);
    }

    /** Reads {@code ask}. Faults are recorded in the settings. */
    static InquirySettings read(Section status) {
        Section ask = status.section("ask");
        return new InquirySettings(
                Set.copyOf(ask.list("providers").orElse(List.of())),
                ask.duration("after")
                        .between(Duration.ofSeconds(1), Duration.ofDays(30))
                        .orElse(NONE.after),
                ask.integer("per-second").between(1, 1000).orElse(NONE.perSecond));
    }
}
