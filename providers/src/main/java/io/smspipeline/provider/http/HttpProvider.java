package io.smspipeline.provider.http;

import io.smspipeline.provider.Availability;
import io.smspipeline.provider.HeldMessages;
import io.smspipeline.provider.LastAnswers;
import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.Slot;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.Window;
import io.smspipeline.provider.Wiring;
import io.smspipeline.record.OutgoingMessage;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of an account at an HTTP API: a request for each message, as many at a time as the window has places.
 * Messages to one recipient leave one behind the other, each when the one before has its answer.
 */
public final class HttpProvider implements Provider {
    private final String alias;
    private final HttpSettings settings;
    private final HttpApi api;
    private final Window window;
    private final Standing standing;
    private final Transport transport;
    private final ScheduledExecutorService timer;
    private final HttpMeters meters;
    private final Desk desk;
    private final HttpHeld held;
    private final Lines<Delivery> lines = new Lines<>();
    private final Map<Delivery, CompletableFuture<SendOutcome>> open = new ConcurrentHashMap<>();
    private final LastAnswers lastAnswers = new LastAnswers(open::isEmpty);
    private volatile Runnable listener = () -> {};
    private volatile boolean closed;

    private HttpProvider(
            String alias, HttpSettings settings, HttpApi api, Wiring wiring, UnaryOperator<Transport> between) {
        this.alias = alias;
        this.settings = settings;
        this.api = api;
        window = new Window(settings.pace().window());
        standing = new Standing(
                alias, settings.baseUrl().toString(), settings.refused(), wiring.clock(), System::nanoTime);
        timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "http-" + alias + "-timer");
            thread.setDaemon(true);
            return thread;
        });
        transport = between.apply(new JdkTransport(alias, settings.connectTimeout(), timer));
        held = new HttpHeld(alias, api, transport, settings.responseTimeout(), wiring.clock());
        meters = new HttpMeters(alias, window, standing, wiring.meters());
        desk = new Desk(
                alias,
                api,
                settings,
                standing,
                transport,
                meters,
                wiring.personalData(),
                wiring.clock(),
                System::nanoTime,
                timer,
                this::changed);
    }

    /** Opens it: it is up as soon as anything answered. */
    public static Provider open(String alias, HttpSettings settings, HttpApi api, Wiring wiring) {
        return open(alias, settings, api, wiring, UnaryOperator.identity());
    }

    /** @param between put between us and the network */
    static Provider open(
            String alias, HttpSettings settings, HttpApi api, Wiring wiring, UnaryOperator<Transport> between) {
        HttpProvider provider = new HttpProvider(alias, settings, api, wiring, between);
        provider.desk.start();
        return provider;
    }

    @Override
    public String alias() {
        return alias;
    }

    @Override
    public Availability availability() {
        return standing.availability();
    }

    @Override
    public void onChange(Runnable newListener) {
        listener = newListener;
    }

    @Override
    public boolean givesReceipts() {
        return api.givesReceipts();
    }

    @Override
    public Plan plan(OutgoingMessage message) {
        return api.plan(message);
    }

    @Override
    public @Nullable Slot reserve(Submission submission) {
        return !closed && standing.hasRoom(window.used()) && window.take() ? new Place() : null;
    }

    @Override
    public Optional<HeldMessages> held() {
        return Optional.of(held);
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close(Duration patience) {
        closed = true;
        lastAnswers.await(System.nanoTime() + patience.toNanos());
        standing.close();
        held.close();
        open.keySet().forEach(Delivery::giveUp);
        transport.close();
        timer.shutdownNow();
        meters.close();
        listener.run();
    }

    @Override
    public void close() {
        close(settings.responseTimeout());
    }

    private void changed() {
        listener.run();
    }

    private void settled(Delivery delivery, SendOutcome outcome) {
        finish(delivery, outcome);
        Delivery next = lines.leave(delivery.recipient());
        while (next != null) {
            SendOutcome atOnce = next.begin();
            if (atOnce == null) {
                break;
            }
            finish(next, atOnce);
            next = lines.leave(delivery.recipient());
        }
        listener.run();
    }

    private void finish(Delivery delivery, SendOutcome outcome) {
        CompletableFuture<SendOutcome> waiting = open.remove(delivery);
        if (waiting == null) {
            return;
        }
        window.free();
        waiting.complete(outcome);
        if (closed) {
            lastAnswers.look();
        }
    }

    private final class Place implements Slot {
        @Override
        public CompletionStage<SendOutcome> submit(Submission submission, Duration validity) {
            Delivery delivery = new Delivery(desk, submission, validity, HttpProvider.this::settled);
            CompletableFuture<SendOutcome> outcome = new CompletableFuture<>();
            open.put(delivery, outcome);
            if (lines.enter(delivery.recipient(), delivery)) {
                SendOutcome atOnce = delivery.begin();
                if (atOnce != null) {
                    settled(delivery, atOnce);
                }
            }
            return outcome;
        }

        @Override
        public void release() {
            window.free();
        }
    }
}
