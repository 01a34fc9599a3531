package io.smspipeline.receiver;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smspipeline.provider.Availability;
import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.InboundSink;
import io.smspipeline.provider.InboundSource;
import io.smspipeline.provider.Wiring;
import io.smspipeline.settings.PersonalData;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The receiving side of one process: a source for each provider whose receipts and MO messages do not come over its senders'
 * own sessions. Started and closed once, by one thread; the rest is safe for use by many.
 */
public final class ReceiverService implements AutoCloseable {
    private final List<InboundSource> sources = new ArrayList<>();

    /**
     * Opens the sources, which come up and stay up by themselves.
     *
     * @param inbound where what comes is left; OK is told to a provider only after it has it
     * @param personalData whether logs may show numbers and texts
     */
    public ReceiverService(
            ReceiverSettings settings,
            List<ConfiguredProvider> providers,
            InboundSink inbound,
            MeterRegistry meters,
            Clock clock,
            PersonalData personalData) {
        InboundCounters counted = new InboundCounters(inbound, meters);
        Wiring wiring = new Wiring(clock, counted, settings.instance().replica(), meters, personalData);
        try {
            for (ConfiguredProvider provider : providers) {
                if (provider.servedBy(settings.instance().replica())) {
                    provider.openInbound(wiring).ifPresent(source -> add(source, meters));
                }
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void add(InboundSource source, MeterRegistry meters) {
        sources.add(source);
        Gauge.builder("sms.receiver.up", source, open -> open.availability().up() ? 1 : 0)
                .description("1 when receipts and messages can arrive")
                .tag("provider", source.alias())
                .register(meters);
    }

    /** What keeps something from arriving; empty when nothing does. */
    public Optional<String> trouble() {
        for (InboundSource source : sources) {
            Availability availability = source.availability();
            if (!availability.up()) {
                return Optional.of("nothing can arrive from " + source.alias() + ": " + availability.reason());
            }
        }
        return Optional.empty();
    }

    /** Takes nothing more, lets what came be answered, says goodbye. All sources do so at once. */
    @Override
    public void close() {
        List<Thread> closing = new ArrayList<>();
        for (InboundSource source : sources) {
            Thread thread = new Thread(source::close, "close-" + source.alias());
            thread.setDaemon(true);
            thread.start();
            closing.add(thread);
        }
        for (Thread thread : closing) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
