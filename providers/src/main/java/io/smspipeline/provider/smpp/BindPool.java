package io.smspipeline.provider.smpp;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smspipeline.provider.Availability;
import io.smspipeline.provider.Wiring;
import io.smspipeline.provider.smpp.session.AsyncSession;
import io.smspipeline.provider.smpp.session.Delivery;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jsmpp.bean.BindType;

/** The binds of one kind that this process opens for an account, and the threads they share. Safe for use by many threads. */
final class BindPool {
    /** For unbind_resp; the answers to submits have been waited for already. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final List<Bind> binds = new ArrayList<>();
    private final ExecutorService executor;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final String target;
    private final Runnable listener;
    private final MeterRegistry meters;
    private final Gauge refused;
    private volatile Availability availability;

    /** @param listener called when a bind came up or went down, or requests were settled */
    BindPool(
            SmppAccount account,
            BindType type,
            List<Integer> numbers,
            Wiring wiring,
            Runnable listener,
            BiConsumer<AsyncSession, Delivery> inbound) {
        this.clock = wiring.clock();
        this.listener = listener;
        SmppSettings settings = account.settings();
        target = settings.hosts().stream().map(Host::toString).collect(Collectors.joining(" or "));
        String prefix = "smpp-" + account.alias();
        executor = Executors.newCachedThreadPool(daemons(prefix + "-io-"));
        timer = Executors.newSingleThreadScheduledExecutor(daemons(prefix + "-timer-"));
        availability = new Availability(
                false,
                numbers.isEmpty() ? "none of the account's binds is this replica's" : "connecting to " + target,
                clock.instant());
        Bind.Setup setup = settings.setup(account.alias(), type, wiring.personalData(), executor, timer);
        meters = wiring.meters();
        refused = Gauge.builder("sms.provider.refused", setup.admission(), admission -> admission.isRefused() ? 1 : 0)
                .description("1 while the SMSC calls the account's credentials wrong")
                .tag("provider", account.alias())
                .tag("bind", type.name().substring("BIND_".length()).toLowerCase(Locale.ROOT))
                .register(meters);
        for (int number : numbers) {
            binds.add(new Bind(account.alias() + "/" + (number + 1), setup, this::changed, listener, inbound));
        }
        long tick = settings.timing().tick().toNanos();
        timer.scheduleWithFixedDelay(() -> binds.forEach(Bind::tick), tick, tick, TimeUnit.NANOSECONDS);
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    void start() {
        binds.forEach(Bind::start);
    }

    List<Bind> binds() {
        return binds;
    }

    /** Binds that are up. */
    int up() {
        int up = 0;
        for (Bind bind : binds) {
            up += bind.live() == null ? 0 : 1;
        }
        return up;
    }

    Availability availability() {
        return availability;
    }

    private void changed() {
        review();
        listener.run();
    }

    /** One at a time: of two binds that come up together the later one must have the last word. */
    private synchronized void review() {
        int up = 0;
        String trouble = "";
        for (Bind bind : binds) {
            if (bind.live() != null) {
                up++;
            } else if (trouble.isEmpty()) {
                trouble = bind.trouble();
            }
        }
        String reason = up + " of " + binds.size() + " binds to " + target + " are up"
                + (trouble.isEmpty() ? "" : "; " + trouble);
        Availability before = availability;
        if (before.up() != up > 0) {
            availability = new Availability(up > 0, reason, clock.instant());
        } else if (!before.reason().equals(reason)) {
            availability = new Availability(before.up(), reason, before.since());
        }
    }

    /** Binds no more, and tells everybody that it is down. */
    void stop() {
        binds.forEach(Bind::stop);
    }

    /** Says goodbye on every session, waits a moment for the answers, ends them, and gives the threads up. */
    void close() {
        List<AsyncSession> sessions = new ArrayList<>();
        for (Bind bind : binds) {
            sessions.addAll(bind.sessions());
        }
        CountDownLatch farewells = new CountDownLatch(sessions.size());
        sessions.forEach(session -> session.unbind(farewells::countDown));
        try {
            if (!farewells.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                sessions.forEach(session -> session.end("closed by us without an answer to unbind"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sessions.forEach(session -> session.end("closed by us"));
        availability = new Availability(false, "closed", clock.instant());
        meters.remove(refused);
        timer.shutdownNow();
        executor.shutdown();
        listener.run();
    }
}
