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
import io.smspipeline.provider.smpp.trace.PduTrace;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jsmpp.bean.BindType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One contracted bind: opens its session and opens it again whenever it ends, at the first of the account's hosts that answers;
 * returns to the first one when that answers again. Safe for use by many threads.
 */
final class Bind implements SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(Bind.class);

    /** A bind that held for this long was a good one: failures are counted anew. */
    private static final long GOOD_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Of the response timeout, for what is under way over a session that is left. */
    private static final int PATIENCE = 2;

    private final String name;
    private final Setup setup;
    private final Runnable onChange;
    private final Runnable onSettled;
    private final BiConsumer<AsyncSession, Delivery> inbound;
    private final PduTrace trace;
    private final Retired retired;
    private @Nullable AsyncSession current;
    private @Nullable AsyncSession returning;
    private volatile @Nullable Live live;
    private volatile String trouble = "not connected yet";
    private long boundAt;
    private int host;
    private int failures;
    private int refusals;
    private boolean stopped;

    /**
     * What all binds of an account have in common.
     *
     * @param hosts in the order in which they are tried
     * @param login makes what to bind with at a host, as it is now
     * @param firstHostCheck how often a bind at another host looks for the first one
     * @param executor for what blocks: connecting, and writes that nobody waits for
     * @param timer for what is short
     */
    record Setup(
            BindType type,
            List<Host> hosts,
            Function<Host, Login> login,
            Dialer dialer,
            SessionTiming timing,
            Rebind rebind,
            Duration firstHostCheck,
            int window,
            Admission admission,
            Function<String, PduTrace> trace,
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
        this.trace = setup.trace().apply(name);
        this.retired = new Retired(setup.timing().response().toNanos() * PATIENCE);
    }

    /** The session when it is bound, else null. */
    @Nullable
    Live live() {
        return live;
    }

    /** Submissions that await their answer, also over sessions that are being left. */
    int used() {
        Live now = live;
        return retired.used() + (now == null ? 0 : now.window().used());
    }

    /** Every session that is bound, also those that are being left. */
    List<AsyncSession> sessions() {
        List<AsyncSession> sessions = new ArrayList<>(retired.sessions());
        Live now = live;
        if (now != null) {
            sessions.add(now.session());
        }
        return sessions;
    }

    /** Why it is not bound; the last trouble otherwise. */
    String trouble() {
        return trouble;
    }

    void start() {
        setup.admission().enter(this::attemptSoon);
    }

    private void attemptSoon() {
        inBackground(this::attempt);
    }

    private AsyncSession newSession() {
        return new AsyncSession(setup.dialer(), setup.timing(), setup.executor(), this, trace);
    }

    private void attempt() {
        AsyncSession session = newSession();
        Host target;
        synchronized (this) {
            if (stopped) {
                return;
            }
            current = session;
            target = setup.hosts().get(host);
        }
        try {
            session.bind(setup.type(), setup.login().apply(target));
            bound(session);
        } catch (BindRefusedException e) {
            failed(session, StatusCode.of(e.status()) + " from " + target, Refusal.of(e.status()));
        } catch (IOException | RuntimeException e) {
            failed(session, reason(e) + " at " + target, Refusal.NONE);
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
        Host at;
        boolean first;
        synchronized (this) {
            // A session that ended at once must not be taken for one that is bound: ended() has left it to us.
            if (session.hasEnded()) {
                throw new IOException("link lost right after the bind");
            }
            boundAt = System.nanoTime();
            refusals = 0;
            trouble = "";
            live = new Live(session, new Window(setup.window()));
            at = setup.hosts().get(host);
            first = host == 0;
        }
        LOG.info("bind up bind={} type={} host={}", name, setup.type(), at);
        setup.admission().ended(true);
        onChange.run();
        if (!first) {
            lookForFirstLater(session);
        }
    }

    private void failed(AsyncSession session, String why, Refusal refusal) {
        synchronized (this) {
            if (current == session) {
                current = null;
            }
            host = (host + 1) % setup.hosts().size();
        }
        session.end(why);
        again(why, refusal);
    }

    @Override
    public void ended(AsyncSession session, String why) {
        synchronized (this) {
            if (current != session || live == null) {
                // Still binding, or left: whoever binds hears of it and tries again.
                return;
            }
            current = null;
            live = null;
            if (System.nanoTime() - boundAt > GOOD_NANOS) {
                failures = 0;
                host = 0;
            } else {
                host = (host + 1) % setup.hosts().size();
            }
        }
        again(why, Refusal.NONE);
    }

    private void again(String why, Refusal refusal) {
        boolean first;
        Duration pause;
        synchronized (this) {
            trouble = why;
            if (stopped) {
                setup.admission().ended(false);
                return;
            }
            int inARow = refusal == Refusal.NONE ? ++failures : ++refusals;
            first = inARow == 1;
            // Only when all hosts have failed the pause grows: the next one is tried as soon as the first.
            int round = refusal == Refusal.NONE ? (inARow - 1) / setup.hosts().size() + 1 : inARow;
            pause = setup.rebind().pause(refusal, round, setup.random());
        }
        switch (refusal) {
            case CREDENTIALS -> {
                setup.admission().refused(why, this::attemptSoon);
                onChange.run();
                return;
            }
            case NOT_NOW -> {
                if (first) {
                    LOG.error(
                            "bind refused bind={} why={} nextTryIn={}: check the number of binds of the contract, and whether"
                                    + " this address may bind.",
                            name,
                            why,
                            pause);
                }
            }
            case ALREADY_BOUND -> LOG.info("bind refused bind={} why={} nextTryIn={}", name, why, pause);
            case NONE -> LOG.warn("bind down bind={} why={} nextTryIn={}", name, why, pause);
        }
        setup.admission().ended(false);
        onChange.run();
        later(() -> setup.admission().enter(this::attemptSoon), pause);
    }

    private void lookForFirstLater(AsyncSession from) {
        later(() -> inBackground(() -> returnToFirst(from)), setup.firstHostCheck());
    }

    /** Binds at the first host while the session at another one goes on, which is left only then. */
    private void returnToFirst(AsyncSession from) {
        AsyncSession session = newSession();
        synchronized (this) {
            if (stopped || current != from) {
                return;
            }
            returning = session;
        }
        try {
            session.bind(setup.type(), setup.login().apply(setup.hosts().get(0)));
            if (tookOver(session, from)) {
                LOG.info(
                        "bind back at its first host bind={} host={}",
                        name,
                        setup.hosts().get(0));
                onChange.run();
            } else {
                session.end("not needed any more");
            }
        } catch (IOException | RuntimeException e) {
            session.end("the first host is not back");
            LOG.info(
                    "first host is not back bind={} host={} why={}",
                    name,
                    setup.hosts().get(0),
                    reason(e));
            lookForFirstLater(from);
        }
    }

    private synchronized boolean tookOver(AsyncSession session, AsyncSession from) {
        returning = null;
        Live old = live;
        if (stopped || session.hasEnded() || old == null || old.session() != from) {
            return false;
        }
        retired.add(old);
        current = session;
        live = new Live(session, new Window(setup.window()));
        boundAt = System.nanoTime();
        host = 0;
        failures = 0;
        return true;
    }

    private void later(Runnable work, Duration pause) {
        try {
            setup.timer().schedule(work, pause.toMillis(), TimeUnit.MILLISECONDS);
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

    /** Writes what was submitted. For the thread that submits. */
    void flush() {
        Live now = live;
        if (now != null) {
            now.session().flush();
        }
        for (AsyncSession session : retired.sessions()) {
            session.flush();
        }
    }

    /** Looks after the sessions' time limits. Never throws. */
    void tick() {
        try {
            Live now = live;
            if (now != null) {
                now.session().tick();
            }
            retired.tick();
        } catch (RuntimeException e) {
            LOG.error("looking after bind={} failed", name, e);
        }
    }

    /** Binds no more. A session that is bound stays until it is ended. */
    void stop() {
        List<AsyncSession> binding = new ArrayList<>();
        synchronized (this) {
            stopped = true;
            if (live == null && current != null) {
                binding.add(current);
            }
            if (returning != null) {
                binding.add(returning);
            }
        }
        binding.forEach(session -> session.end("closed by us"));
    }
}
