package io.smspipeline.provider.smpp;

import io.smspipeline.provider.Window;
import io.smspipeline.provider.smpp.session.AsyncSession;
import io.smspipeline.provider.smpp.session.BindRefusedException;
import io.smspipeline.provider.smpp.session.Delivery;
import io.smspipeline.provider.smpp.session.Dialer;
import io.smspipeline.provider.smpp.session.Login;
import io.smspipeline.provider.smpp.session.SessionListener;
import io.smspipeline.provider.smpp.session.SessionTiming;
import io.smspipeline.provider.smpp.submit.StatusCode;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jsmpp.bean.BindType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One contracted bind: opens its session and opens it again whenever it ends. Safe for use by many threads. */
final class Bind implements SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(Bind.class);

    /** A bind that held for this long was a good one: failures are counted anew. */
    private static final long GOOD_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final String name;
    private final Setup setup;
    private final Runnable onChange;
    private final Runnable onSettled;
    private final BiConsumer<AsyncSession, Delivery> inbound;
    private @Nullable AsyncSession current;
    private volatile @Nullable Live live;
    private volatile String trouble = "not connected yet";
    private long boundAt;
    private int failures;
    private int refusals;
    private boolean stopped;

    /**
     * What all binds of an account have in common.
     *
     * @param executor for what blocks: connecting, and writes that nobody waits for
     * @param timer for what is short
     */
    record Setup(
            BindType type,
            Login login,
            Dialer dialer,
            SessionTiming timing,
            Rebind rebind,
            int window,
            Executor executor,
            ScheduledExecutorService timer,
            Random random) {}

    /**
     * @param name for logs: {@code primary/1}
     * @param onChange called when the bind came up or went down
     * @param onSettled called when requests were settled
     * @param inbound takes what the SMSC sends
     */
    Bind(String name, Setup setup, Runnable onChange, Runnable onSettled, BiConsumer<AsyncSession, Delivery> inbound) {
        this.name = name;
        this.setup = setup;
        this.onChange = onChange;
        this.onSettled = onSettled;
        this.inbound = inbound;
    }

    /** The session when it is bound, else null. */
    @Nullable
    Live live() {
        return live;
    }

    /** Why it is not bound; the last trouble otherwise. */
    String trouble() {
        return trouble;
    }

    void start() {
        inBackground(this::attempt);
    }

    private void attempt() {
        AsyncSession session = new AsyncSession(setup.dialer(), setup.timing(), setup.executor(), this);
        synchronized (this) {
            if (stopped) {
                return;
            }
            current = session;
        }
        try {
            session.bind(setup.type(), setup.login());
            bound(session);
        } catch (BindRefusedException e) {
            failed(session, StatusCode.of(e.status()).toString(), e.status());
        } catch (IOException | RuntimeException e) {
            failed(session, reason(e), null);
        }
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        if (e instanceof UnknownHostException) {
            return "no host is called " + message;
        }
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }

    private void bound(AsyncSession session) throws IOException {
        synchronized (this) {
            // A session that ended at once must not be taken for one that is bound: ended() has left it to us.
            if (session.hasEnded()) {
                throw new IOException("link lost right after the bind");
            }
            boundAt = System.nanoTime();
            refusals = 0;
            trouble = "";
            live = new Live(session, new Window(setup.window()));
        }
        LOG.info(
                "bind up bind={} type={} host={}:{}",
                name,
                setup.type(),
                setup.login().host(),
                setup.login().port());
        onChange.run();
    }

    private void failed(AsyncSession session, String why, @Nullable Integer status) {
        synchronized (this) {
            if (current == session) {
                current = null;
            }
        }
        session.end(why);
        again(why, status);
    }

    @Override
    public void ended(AsyncSession session, String why) {
        synchronized (this) {
            if (current != session || live == null) {
                // Still binding: whoever binds hears of it and tries again.
                return;
            }
            current = null;
            live = null;
            if (System.nanoTime() - boundAt > GOOD_NANOS) {
                failures = 0;
            }
        }
        again(why, null);
    }

    private void again(String why, @Nullable Integer status) {
        Duration pause;
        synchronized (this) {
            trouble = why;
            if (stopped) {
                return;
            }
            int inARow = Rebind.isRefusal(status) ? ++refusals : ++failures;
            pause = setup.rebind().pause(inARow, status, setup.random());
        }
        if (Rebind.isRefusal(status)) {
            LOG.error(
                    "bind refused bind={} why={} nextTryIn={}: the SMSC does not accept the account. Check system-id,"
                            + " password, system-type and the number of binds of the contract.",
                    name,
                    why,
                    pause);
        } else {
            LOG.warn("bind down bind={} why={} nextTryIn={}", name, why, pause);
        }
        onChange.run();
        try {
            setup.timer().schedule(() -> inBackground(this::attempt), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("not binding again, closed bind={}", name);
        }
    }

    private void inBackground(Runnable work) {
        try {
            setup.executor().execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("not binding, closed bind={}", name);
        }
    }

    @Override
    public void delivered(AsyncSession session, Delivery delivery) {
        inbound.accept(session, delivery);
    }

    @Override
    public void settled(AsyncSession session) {
        onSettled.run();
    }

    /** Looks after the session's time limits. Never throws. */
    void tick() {
        Live now = live;
        if (now != null) {
            try {
                now.session().tick();
            } catch (RuntimeException e) {
                LOG.error("looking after bind={} failed", name, e);
            }
        }
    }

    /** Binds no more. A session that is bound stays until {@link #end}. */
    void stop() {
        AsyncSession binding;
        synchronized (this) {
            stopped = true;
            binding = live == null ? current : null;
        }
        if (binding != null) {
            binding.end("closed by us");
        }
    }

    /** Ends the session, if there is one. */
    void end(String why) {
        Live now = live;
        if (now != null) {
            now.session().end(why);
        }
    }
}
