package io.smspipeline.provider.loopback;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.Pace;
import io.smspipeline.provider.ProviderType;
import io.smspipeline.settings.Section;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code loopback}. Keys: {@code from}, {@code window}, {@code parts-per-second}, {@code max-unrecorded}, {@code patience},
 * {@code latency} (of an acceptance), {@code receipt-after} (an acceptance), {@code keep} (messages remembered) and
 * {@code replies} (whether handsets answer a text that ends in a question mark).
 */
public final class LoopbackProviderType implements ProviderType {
    @Override
    public String name() {
        return "loopback";
    }

    @Override
    public Optional<ConfiguredProvider> read(String alias, Section section) {
        return section.made(s -> {
            String from = s.text("from").orElse("");
            int window = s.integer("window").between(1, 1_000_000).orElse(100);
            double rate = s.decimal("parts-per-second").atLeast(0.0).orElse(0.0);
            int unrecorded =
                    s.integer("max-unrecorded").atLeast(window).orElse(Pace.defaultMaxUnrecorded(window, rate));
            Duration patience = s.duration("patience").atLeast(Duration.ZERO).orElse(Duration.ofSeconds(3));
            Duration latency = s.duration("latency").atLeast(Duration.ZERO).orElse(Duration.ZERO);
            LoopbackNetwork network = new LoopbackNetwork(
                    alias,
                    s.duration("receipt-after").atLeast(Duration.ZERO).orElse(Duration.ofMillis(500)),
                    s.integer("keep").between(1, 10_000_000).orElse(10_000),
                    s.flag("replies").orElse(true));
            return new LoopbackAccount(alias, from, new Pace(window, rate, unrecorded, patience), latency, network);
        });
    }
}
