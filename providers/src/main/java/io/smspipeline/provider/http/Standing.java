package io.smspipeline.provider.http;

import io.smspipeline.provider.Availability;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an account stands with its provider: whether requests may go now, and if not, why and until when. Safe for use by many
 * threads; never waits.
 */
final class Standing {
    private static final Logger LOG = LoggerFactory.getLogger(Standing.class);

    /** So many answers of trouble, and none of another kind between them, are trouble of the provider and not of a message. */
    private static final int TROUBLES = 10;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration FIRST_CALL = Duration.ofMillis(200);

    /** What holds requests up. */
    enum Hindrance {
        NONE,
        /** The provider said when it may be called again. */
        PAUSED,
        /** The account is refused, or has no money. */
        REFUSED,
        /** The provider has trouble with everything. */
        TROUBLED,
        /** There is no connection to be had. */
        AWAY,
        CLOSED
    }

    private final String alias;
    private final String where;
    private final Duration refusedPause;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private Hindrance hindrance = Hindrance.AWAY;
    private Failure why;
    private long until;
    private int refusals;
    private int troubles;
    private int calls;
    /** After trouble and refusals one message goes ahead of the others. */
    private boolean probation;

    private volatile Availability availability;

    /**
     * Nothing may go before {@link #reached()}.
     *
     * @param where the API's address, for people
     * @param refusedPause the first pause after the account was refused
     */
    Standing(String alias, String where, Duration refusedPause, Clock clock, LongSupplier nanoTime) {
        this.alias = alias;
        this.where = where;
        this.refusedPause = refusedPause;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.why = failure(FailureCode.CONNECTION, "connecting to " + where);
        this.availability = new Availability(false, why.getReason(), clock.instant());
    }

    private static Failure failure(FailureCode code, String reason) {
        return new Failure(code, reason, null, null, false);
    }

    Availability availability() {
        return availability;
    }

    synchronized Hindrance hindrance() {
        return now();
    }

    /** A pause that the provider asked for ends by itself; everything else must be ended. */
    private Hindrance now() {
        if (hindrance == Hindrance.PAUSED && nanoTime.getAsLong() - until >= 0) {
            hindrance = Hindrance.NONE;
        }
        return hindrance;
    }

    /** Whether another request may be prepared. @param underWay requests that are not answered yet */
    synchronized boolean hasRoom(int underWay) {
        return now() == Hindrance.NONE && (!probation || underWay == 0);
    }

    /**
     * Sends if requests may go. Nobody can say meanwhile that they may not.
     *
     * @return null when it was sent, else what became of it
     */
    synchronized @Nullable SendOutcome unlessHindered(Runnable send) {
        switch (now()) {
            case NONE:
                send.run();
                return null;
            case PAUSED:
                return new SendOutcome.Throttled(why, Duration.ofNanos(Math.max(0, until - nanoTime.getAsLong())));
            default:
                return new SendOutcome.Unreachable(why, Duration.ZERO);
        }
    }

    /** The provider asked not to be called for so long. Nothing happens when it is zero. */
    synchronized void pause(Failure asked, Duration howLong) {
        if (howLong.isZero() || now() != Hindrance.NONE && hindrance != Hindrance.PAUSED) {
            return;
        }
        long then = nanoTime.getAsLong() + howLong.toNanos();
        if (hindrance == Hindrance.NONE || then - until > 0) {
            until = then;
            why = asked;
            hindrance = Hindrance.PAUSED;
        }
    }

    /**
     * The account was refused.
     *
     * @return how long to wait before anything is tried; null when this is no news
     */
    synchronized @Nullable Duration refused(Failure refusal) {
        if (hindrance == Hindrance.REFUSED || hindrance == Hindrance.CLOSED) {
            return null;
        }
        refusals++;
        Duration pause = refusedPause.multipliedBy(Math.min(10, 1L << Math.min(4, refusals - 1)));
        if (refusals == 1) {
            LOG.error(
                    "account refused provider={} why={} nextTryIn={}: messages wait. Check the account and its"
                            + " credentials; a secret from a file is read anew at each try.",
                    alias,
                    refusal.getReason(),
                    pause);
        } else {
            LOG.warn("account still refused provider={} why={} nextTryIn={}", alias, refusal.getReason(), pause);
        }
        hinder(Hindrance.REFUSED, refusal);
        return pause;
    }

    /**
     * The provider had trouble of its own with a message.
     *
     * @return how long to wait before anything is tried; null while it may be the message
     */
    synchronized @Nullable Duration troubled(Failure trouble) {
        troubles++;
        if (now() != Hindrance.NONE && hindrance != Hindrance.PAUSED || !probation && troubles < TROUBLES) {
            return null;
        }
        int doublings = Math.min(5, Math.max(0, troubles - TROUBLES));
        Duration pause = shorter(FIRST_PAUSE.multipliedBy(1L << doublings), LONGEST_PAUSE);
        LOG.warn("provider in trouble provider={} why={} nextTryIn={}", alias, trouble.getReason(), pause);
        hinder(Hindrance.TROUBLED, trouble);
        return pause;
    }

    /**
     * No connection could be had.
     *
     * @return how long to wait before it is tried; null when this is no news
     */
    synchronized @Nullable Duration away(String reason) {
        if (hindrance == Hindrance.CLOSED || hindrance == Hindrance.REFUSED || hindrance == Hindrance.TROUBLED) {
            return null;
        }
        if (hindrance == Hindrance.AWAY && calls > 0) {
            return null;
        }
        return missed(reason);
    }

    /** Another try to connect failed. Answers how long to wait before the next one. */
    synchronized Duration missed(String reason) {
        if (hindrance != Hindrance.CLOSED) {
            hinder(Hindrance.AWAY, failure(FailureCode.CONNECTION, "no connection to " + where + ": " + reason));
        }
        Duration most = shorter(FIRST_CALL.multipliedBy(1L << Math.min(10, calls++)), LONGEST_PAUSE);
        return most.dividedBy(2).plusNanos(ThreadLocalRandom.current().nextLong(most.toNanos() / 2 + 1));
    }

    /** It answered something, so there is a way to it. True when that is news. */
    synchronized boolean reached() {
        calls = 0;
        if (hindrance != Hindrance.AWAY) {
            return false;
        }
        open();
        return true;
    }

    /** The pause after a refusal or after trouble is over: one message may try. */
    synchronized void tryAgain() {
        if (hindrance == Hindrance.REFUSED || hindrance == Hindrance.TROUBLED) {
            probation = true;
            open();
        }
    }

    /** The account is still refused, as far as the provider says without a message. Answers the next pause. */
    synchronized @Nullable Duration stillRefused(Failure refusal) {
        if (hindrance != Hindrance.REFUSED) {
            return null;
        }
        hindrance = Hindrance.NONE;
        return refused(refusal);
    }

    /** A message was decided upon by its own merits. */
    synchronized void fine() {
        if (refusals > 0) {
            LOG.info("account accepted again provider={}", alias);
        }
        refusals = 0;
        troubles = 0;
        probation = false;
    }

    synchronized boolean isRefused() {
        return refusals > 0;
    }

    synchronized void close() {
        hinder(Hindrance.CLOSED, failure(FailureCode.CONNECTION, "closed"));
    }

    private void open() {
        hindrance = Hindrance.NONE;
        availability = new Availability(true, "answers at " + where, clock.instant());
    }

    private void hinder(Hindrance next, Failure reason) {
        hindrance = next;
        why = reason;
        Availability before = availability;
        availability = new Availability(false, reason.getReason(), before.up() ? clock.instant() : before.since());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
