package io.smspipeline.provider.accepting;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.InboundSource;
import io.smspipeline.provider.Pace;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.Wiring;
import io.smspipeline.settings.Section;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A configured {@code log} or {@code null}. */
record AcceptingAccount(
        String alias, String type, String defaultSender, Pace pace, Function<Submission, SendOutcome.Accepted> taker)
        implements ConfiguredProvider {

    /** Reads what both types know: {@code from}, {@code window}, {@code parts-per-second}, {@code max-unrecorded}. */
    static Optional<ConfiguredProvider> read(
            String alias, String type, Section section, Function<Submission, SendOutcome.Accepted> taker) {
        return section.made(s -> {
            String from = s.text("from").orElse("");
            int window = s.integer("window").between(1, 1_000_000).orElse(1_000);
            double rate = s.decimal("parts-per-second").atLeast(0.0).orElse(0.0);
            int unrecorded =
                    s.integer("max-unrecorded").atLeast(window).orElse(Pace.defaultMaxUnrecorded(window, rate));
            Duration patience = s.duration("patience").atLeast(Duration.ZERO).orElse(Duration.ofSeconds(3));
            return new AcceptingAccount(alias, type, from, new Pace(window, rate, unrecorded, patience), taker);
        });
    }

    @Override
    public Provider open(Wiring wiring) {
        return new AcceptingProvider(
                alias,
                defaultSender,
                pace.window(),
                false,
                Duration.ZERO,
                taker,
                Executors.newSingleThreadScheduledExecutor(work -> {
                    Thread thread = new Thread(work, type + "-" + alias);
                    thread.setDaemon(true);
                    return thread;
                }),
                wiring.clock(),
                null);
    }

    @Override
    public Optional<InboundSource> openInbound(Wiring wiring) {
        return Optional.empty();
    }
}
