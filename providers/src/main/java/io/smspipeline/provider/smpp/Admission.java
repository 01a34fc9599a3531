package io.smspipeline.provider.smpp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the binds of an account may try. Wrong credentials are wrong for all of them, and an SMSC that meets many of those
 * locks the account: after a refusal all wait together, then one tries for all. Safe for use by many threads.
 */
final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private enum State {
        /** Whoever wants may try. */
        OPEN,
        /** Nobody tries. */
        PAUSED,
        /** One tries for all. */
        PROBING
    }

    private final String account;
    private final Rebind rebind;
    private final ScheduledExecutorService timer;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private State state = State.OPEN;
    private int refusals;

    Admission(String account, Rebind rebind, ScheduledExecutorService timer) {
        this.account = account;
        this.rebind = rebind;
        this.timer = timer;
    }

    /** Runs an attempt now, or when attempts make sense again. Each must end in {@link #refused} or {@link #ended}. */
    void enter(Runnable attempt) {
        synchronized (this) {
            if (state != State.OPEN) {
                waiting.add(attempt);
                return;
            }
        }
        attempt.run();
    }

    /**
     * An attempt met wrong credentials.
     *
     * @param again runs when it is worth trying again
     */
    void refused(String why, Runnable again) {
        Duration pause;
        boolean first;
        synchronized (this) {
            waiting.add(again);
            if (state == State.PAUSED) {
                // Another bind of ours was on its way at the same time: one refusal, not two.
                return;
            }
            state = State.PAUSED;
            first = ++refusals == 1;
            pause = rebind.pause(Refusal.CREDENTIALS, refusals, new Random());
        }
        if (first) {
            LOG.error(
                    "account refused provider={} why={} nextTryIn={}: no bind of it can come up, all wait. Check system-id,"
                            + " password and system-type; a password from a file is read anew at each try.",
                    account,
                    why,
                    pause);
        } else {
            LOG.warn("account still refused provider={} why={} nextTryIn={}", account, why, pause);
        }
        try {
            timer.schedule(this::probe, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("not trying again, closed provider={}", account);
        }
    }

    private void probe() {
        Runnable one;
        synchronized (this) {
            one = waiting.poll();
            state = one == null ? State.OPEN : State.PROBING;
        }
        if (one != null) {
            one.run();
        }
    }

    /**
     * An attempt ended otherwise.
     *
     * @param accepted whether the account was accepted; false says nothing about it
     */
    void ended(boolean accepted) {
        List<Runnable> free;
        boolean recovered;
        synchronized (this) {
            if (state == State.PAUSED && !accepted) {
                return;
            }
            recovered = accepted && refusals > 0;
            refusals = accepted ? 0 : refusals;
            state = State.OPEN;
            free = new ArrayList<>(waiting);
            waiting.clear();
        }
        if (recovered) {
            LOG.info("account accepted again provider={}", account);
        }
        free.forEach(Runnable::run);
    }

    /** Whether the SMSC's last word was that the account's credentials are wrong. */
    synchronized boolean isRefused() {
        return refusals > 0;
    }
}
