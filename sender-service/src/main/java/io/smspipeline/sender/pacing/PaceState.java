package io.smspipeline.sender.pacing;

/**
 * How fast one account may be fed, at one instant. A value: each step gives the next one. Times are nanoseconds of a
 * monotonic clock. Permits are spread evenly, never handed out in bursts of a second, because SMSCs punish bursts.
 *
 * @param contract parts a second this process may send; 0 for no limit of ours
 * @param rate parts a second it does send; at most {@code contract}; 0 while nothing limits it
 * @param nextFree when the next part may leave
 * @param pausedUntil before which nothing may leave
 * @param raisedAt when {@code rate} was last raised or lowered
 * @param windowStart when the current second of measuring began
 * @param windowParts parts in that second
 * @param measured parts a second in the last full second
 */
record PaceState(
        double contract,
        double rate,
        long nextFree,
        long pausedUntil,
        long raisedAt,
        long windowStart,
        int windowParts,
        double measured) {
    static final long SECOND = 1_000_000_000L;
    private static final double LOWERED_TO = 0.85;
    private static final double RAISED_BY = 1.02;
    private static final double LOWEST = 1;
    /** Above this much of what was last refused there is no point in limiting an account without a contract. */
    private static final double UNLIMITED_AGAIN = 100_000;

    static PaceState starting(double contract, long now) {
        return new PaceState(contract, contract, now, now, now, now, 0, 0);
    }

    /** Nanoseconds until a part may leave; 0 when it may now. */
    long delay(long now) {
        return Math.max(0, Math.max(rate > 0 ? nextFree - now : 0, pausedUntil - now));
    }

    /** After {@code parts} left now. */
    PaceState spent(int parts, long now) {
        long free = rate > 0 ? Math.max(nextFree, now) + (long) (parts * SECOND / rate) : now;
        boolean newWindow = now - windowStart >= SECOND;
        double seen = newWindow ? windowParts * (double) SECOND / (now - windowStart) : measured;
        return new PaceState(
                contract,
                rate,
                free,
                pausedUntil,
                raisedAt,
                newWindow ? now : windowStart,
                newWindow ? parts : windowParts + parts,
                seen);
    }

    /** After the provider refused for the rate. Refusals of what was already under way count once. */
    PaceState throttled(long now, long pause) {
        long until = Math.max(pausedUntil, now + Math.max(pause, SECOND));
        if (pausedUntil - now > 0) {
            return new PaceState(contract, rate, nextFree, until, raisedAt, windowStart, windowParts, measured);
        }
        double from = rate > 0 ? rate : Math.max(measured, windowParts);
        return new PaceState(
                contract, Math.max(LOWEST, from * LOWERED_TO), until, until, until, windowStart, windowParts, measured);
    }

    /** One step towards the contract for each second that has passed; the same value when none has. */
    PaceState raised(long now) {
        if (rate == 0 || rate == contract || now - raisedAt < SECOND) {
            return this;
        }
        double more = Math.max(rate + 1, rate * RAISED_BY);
        double next = contract > 0 ? Math.min(contract, more) : more > UNLIMITED_AGAIN ? 0 : more;
        return new PaceState(contract, next, nextFree, pausedUntil, now, windowStart, windowParts, measured);
    }

    /** With another contract, as when this process' share of the account changed. */
    PaceState sharing(double newContract, long now) {
        double next = newContract == 0 ? 0 : rate == 0 || rate == contract ? newContract : Math.min(rate, newContract);
        // What was spent at a slower rate must not hold back what may now go faster.
        long free = next == 0 ? now : Math.min(nextFree, now + (long) (SECOND / next));
        return new PaceState(newContract, next, free, pausedUntil, now, windowStart, windowParts, measured);
    }
}
