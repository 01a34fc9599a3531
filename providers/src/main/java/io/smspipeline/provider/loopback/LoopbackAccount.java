package io.smspipeline.provider.loopback;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.InboundSource;
import io.smspipeline.provider.Pace;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.Wiring;
import io.smspipeline.provider.accepting.AcceptingProvider;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A configured loopback. What it brings back goes to the sink of its sending side.
 *
 * @param latency from submission to acceptance
 * @param network its traffic and its handsets
 */
public record LoopbackAccount(String alias, String defaultSender, Pace pace, Duration latency, LoopbackNetwork network)
        implements ConfiguredProvider {
    @Override
    public String type() {
        return "loopback";
    }

    @Override
    public Provider open(Wiring wiring) {
        ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "loopback-" + alias);
            thread.setDaemon(true);
            return thread;
        });
        network.connect(wiring.inbound(), worker, wiring.clock());
        return new AcceptingProvider(
                alias,
                defaultSender,
                pace.window(),
                true,
                latency,
                network::take,
                worker,
                wiring.clock(),
                network.held(worker::isShutdown));
    }

    @Override
    public Optional<InboundSource> openInbound(Wiring wiring) {
        return Optional.empty();
    }
}
