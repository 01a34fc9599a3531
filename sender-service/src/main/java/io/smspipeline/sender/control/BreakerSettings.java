package io.smspipeline.sender.control;

import io.smspipeline.settings.Section;
import java.time.Duration;

/**
 * When a provider that is up is passed over all the same, section {@code sender.breaker}.
 *
 * @param percent of the answers of the last half minute that must be failures, 1 to 100; 0 for never
 * @param answers fewer of them say nothing
 * @param rest how long it is passed over before it is tried again
 */
public record BreakerSettings(int percent, int answers, Duration rest) {
    /** Half of twenty, for half a minute. */
    public static final BreakerSettings DEFAULT = new BreakerSettings(50, 20, Duration.ofSeconds(30));

    /** Reads {@code breaker}. Faults are recorded in the section. */
    public static BreakerSettings read(Section sender) {
        Section section = sender.section("breaker");
        return new BreakerSettings(
                section.integer("percent").between(0, 100).orElse(DEFAULT.percent),
                section.integer("answers").between(1, 100_000).orElse(DEFAULT.answers),
                section.duration("rest")
                        .between(Duration.ofSeconds(1), Duration.ofHours(1))
                        .orElse(DEFAULT.rest));
    }
}
