package io.smspipeline.quickstart.pipeline;

import io.smspipeline.settings.Section;
import io.smspipeline.simulator.smsc.Behaviour;
import io.smspipeline.simulator.smsc.Delay;
import io.smspipeline.simulator.smsc.SmscSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Section {@code smsc}: a simulated SMSC beside the services. */
final class SmscSection {
    private SmscSection() {}

    /** What the section says; empty when there is none. Faults are recorded in it. */
    static Optional<SmscSettings> read(Section root, Ports ports, Path journal) {
        if (!root.has("smsc")) {
            return Optional.empty();
        }
        Section section = root.section("smsc");
        Behaviour lifelike = Behaviour.lifelike();
        Behaviour behaviour = lifelike.with()
                .latency(delay(section, "latency", lifelike.latency()))
                .receiptDelay(delay(section, "receipt-delay", lifelike.receiptDelay()))
                .replyDelay(delay(section, "reply-delay", lifelike.replyDelay()))
                .build();
        return Optional.of(SmscSettings.forTests()
                .withPort(section.integer("port").between(0, 65_535).orElse(ports.smsc()))
                .withHttpPort(section.integer("http-port").between(-1, 65_535).orElse(ports.smscHttp()))
                .withAccount(
                        section.text("system-id").orNull(),
                        section.secret("password")
                                .optional()
                                .map(secret -> secret.reveal())
                                .orElse(null))
                .withTimers(Duration.ofSeconds(10), Duration.ofSeconds(30))
                .withBehaviour(behaviour)
                .withJournal(journal));
    }

    private static Delay delay(Section section, String key, Delay usual) {
        return section.duration(key).optional().map(Delay::fixed).orElse(usual);
    }
}
