package io.smspipeline.sender.pacing;

/**
 * How fast one account may be fed, at one instant. A value: each step gives the next one. Times are nanoseconds of a
 * monotonic clock, rates are parts a second, infinite when nothing limits them. Permits are spread evenly, never handed out
 * in bursts of a second, because SMSCs punish bursts.
 *
 * @param contract of the whole account
 * @param share of it that is this process'
 * @param rate at which this process sends: what its share allows, or less since the provider throttled
 * @param nextFree when the next part may leave
 * @param pausedUntil before which nothing may leave
 * @param raisedAt when {@code rate} was last raised or lowered
 * @param measured what left lately
 */
record PaceState(
        double contract, Share share, double rate, long nextFree, long pausedUntil, long raisedAt, Measured measured) {
    static final long SECOND = 1_000_000_000L;
    static final double UNLIMITED = Double.POSITIVE_INFINITY;
    private static final double LOWERED_TO = 0.85;
    private static final double RAISED_BY = 1.02;
    private static final double LOWEST = 1;
    /** Sleeping takes a little longer than asked; so much lost time is made up for. */
    private static final long SLACK = SECOND / 200;
    /** An account without a contract is limited no more once it was raised so far: no SMSC is that fast. */
    private static final double UNLIMITED_AGAIN = 100_000;

    /**
     * What left in the second before the current one.
     *
     * @param windowStart when the current second began
     * @param windowParts parts in it so far
     * @param perSecond parts a second before it
     */
    record Measured(long windowStart, int windowParts, double perSecond) {
        Measured with(int parts, long now) {
            return now - windowStart < SECOND
                    ? new Measured(windowStart, windowParts + parts, perSecond)
                    : new Measured(now, parts, windowParts * (double) SECOND / (now - windowStart));
        }

        double most() {
            return Math.max(perSecond, windowParts);
        }
    }

    /** Of a process that has no share yet. */
    static PaceState starting(double contract, long now) {
        return new PaceState(contract, Share.none(now), 0, now, now, now, new Measured(now, 0, 0)).limited(now);
    }

    /** What the contract leaves this process. */
    private double limit() {
        return contract == UNLIMITED ? UNLIMITED : contract * share.used();
    }

    /** Nanoseconds until a part may leave, or until it is worth asking again; 0 when it may now. */
    long delay(long now) {
        long free = rate == UNLIMITED ? 0 : rate == 0 ? SECOND : nextFree - now;
        return Math.max(0, Math.max(free, pausedUntil - now));
    }

    /** After {@code parts} left now. */
    PaceState spent(int parts, long now) {
        long free = rate == UNLIMITED ? now : Math.max(nextFree, now - SLACK) + (long) (parts * SECOND / rate);
        return new PaceState(contract, share, rate, free, pausedUntil, raisedAt, measured.with(parts, now));
    }

    /** After the provider refused for the rate. Refusals of what was already under way count once. */
    PaceState throttled(long now, long pause) {
        long until = Math.max(pausedUntil, now + Math.max(pause, SECOND));
        if (pausedUntil - now > 0) {
            return new PaceState(contract, share, rate, nextFree, until, raisedAt, measured);
        }
        double from = rate == UNLIMITED ? measured.most() : rate;
        double lowered = Math.min(limit(), Math.max(LOWEST, from * LOWERED_TO));
        return new PaceState(contract, share, lowered, until, until, until, measured);
    }

    /** Now: a gained share applies when its time has come, and a lowered rate goes one step up, at most once a second. */
    PaceState at(long now) {
        Share settled = share.settled(now);
        PaceState sharing = settled == share ? this : with(settled, now);
        return sharing.rate == sharing.limit() || now - sharing.raisedAt < SECOND ? sharing : sharing.raised(now);
    }

    private PaceState raised(long now) {
        double more = Math.max(rate + 1, rate * RAISED_BY);
        double next = more > UNLIMITED_AGAIN && contract == UNLIMITED ? UNLIMITED : Math.min(limit(), more);
        return new PaceState(contract, share, next, nextFree, pausedUntil, now, measured);
    }

    /** Told that this process' share of the account is another one. */
    PaceState sharing(double newShare, long now) {
        return with(share.told(newShare, now), now);
    }

    private PaceState with(Share other, long now) {
        if (other.used() == share.used()) {
            return new PaceState(contract, other, rate, nextFree, pausedUntil, raisedAt, measured);
        }
        boolean lowered = rate != limit() && share.used() > 0;
        double lower = rate * other.used() / share.used();
        PaceState next = new PaceState(contract, other, rate, nextFree, pausedUntil, now, measured).limited(now);
        return lowered ? next.atMost(lower, now) : next;
    }

    private PaceState limited(long now) {
        return atMost(limit(), now);
    }

    private PaceState atMost(double newRate, long now) {
        double next = Math.min(limit(), newRate);
        // What was spent at a slower rate must not hold back what may now go faster.
        long free = next == 0 || next == UNLIMITED ? now : Math.min(nextFree, now + (long) (SECOND / next));
        return new PaceState(contract, share, next, free, pausedUntil, raisedAt, measured);
    }
}
