package io.smspipeline.sender;

import io.smspipeline.provider.Instance;
import io.smspipeline.sender.control.BreakerSettings;
import io.smspipeline.settings.Section;
import java.time.Duration;

/**
 * Section {@code sender}.
 *
 * @param instance this process among the senders
 * @param drain how long a process that ends, or a partition that moves, waits for answers to what was submitted
 * @param breaker when a provider is passed over for what it answers
 */
public record SenderSettings(Instance instance, Duration drain, BreakerSettings breaker) {
    /** Reads {@code replica}, {@code drain} and {@code breaker}. Faults are recorded in the section. */
    public static SenderSettings read(Section root) {
        Section section = root.section("sender");
        return new SenderSettings(
                Instance.read(section),
                section.duration("drain")
                        .between(Duration.ofSeconds(1), Duration.ofMinutes(4))
                        .orElse(Duration.ofSeconds(15)),
                BreakerSettings.read(section));
    }

    /** How long closing may take when nothing answers any more: the provider is waited for twice, Kafka now and then. */
    Duration closing() {
        return drain.multipliedBy(2).plus(Duration.ofSeconds(75));
    }
}
