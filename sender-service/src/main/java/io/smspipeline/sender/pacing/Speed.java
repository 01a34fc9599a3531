package io.smspipeline.sender.pacing;

/**
 * How fast an account may be fed, as far as it showed: a value, each step gives the next one. A refusal lowers it to just below
 * what was accepted in the second before. After {@link #HOLD} it is raised step by step, each step twice as large as the last
 * up to a doubling, and each only when what left since the last one was accepted: a limit that stays costs a refusal or two in
 * some seconds, and one that is gone is forgotten within ten. Rates are parts a second, infinite when nothing limits; times
 * nanoseconds of a monotonic clock.
 *
 * @param limit never exceeded: what the contract leaves this process
 * @param rate at which this process sends
 * @param step by which part of itself the rate is raised next
 * @param changedAt when the rate was last raised or lowered; what left before tells nothing of it
 * @param loweredAt when it was last lowered
 * @param heldUntil before which it is not raised; {@code loweredAt} when it was never lowered
 * @param lowerings one after the other, nothing having been accepted in between
 * @param from since when {@code proven} is counted
 * @param proven parts that left at this rate and were accepted
 */
record Speed(
        double limit,
        double rate,
        double step,
        long changedAt,
        long loweredAt,
        long heldUntil,
        int lowerings,
        long from,
        int proven) {
    static final double UNLIMITED = Double.POSITIVE_INFINITY;

    private static final long HOLD = 3 * Spacing.SECOND;
    private static final long BETWEEN_RAISES = Spacing.SECOND / 4;
    /** While steps are small. An SMSC that counts by the second refuses late: faster, and it is far exceeded by then. */
    private static final long BETWEEN_SMALL_RAISES = Spacing.SECOND / 2;

    private static final double SMALL_STEP = 0.1;
    /** While nothing was refused yet. */
    private static final long BETWEEN_FIRST_RAISES = Spacing.SECOND / 20;

    private static final double LOWERED_TO = 0.96;
    /** Soon after a lowering the last second tells of a pause rather than of the account. */
    private static final long TELLING = 5 * Spacing.SECOND;

    private static final double LOWERED_BLINDLY_TO = 0.7;
    private static final double LOWEST = 1;
    private static final double FIRST_STEP = 0.01;
    private static final double LARGEST_STEP = 1;
    /** A rate is proven when so much of it was used. */
    private static final double USED = 0.5;
    /** Raised so far it limits no more: no SMSC is that fast. */
    private static final double UNLIMITED_AGAIN = 100_000;

    private static final long SHORTEST_PAUSE = Spacing.SECOND / 10;
    private static final int MOST_DOUBLINGS = 4;

    /** @param first with how much an account without a limit begins, until it showed that it takes more */
    static Speed starting(double limit, double first, long now) {
        return new Speed(limit, Math.min(limit, first), LARGEST_STEP, now, now, now, 0, now, 0);
    }

    /** Whether a refusal of what left at {@code leftAt} tells something new: those of one burst lower once. */
    boolean isNews(long leftAt) {
        return !wasLowered() || leftAt - loweredAt >= 0;
    }

    /** After a refusal, with so much accepted in the second before. */
    Speed refused(int acceptedLately, long now) {
        double seen = Math.min(rate, acceptedLately);
        boolean blind = wasLowered() && now - loweredAt < TELLING && rate != UNLIMITED;
        double from = blind ? Math.max(seen, rate * LOWERED_BLINDLY_TO) : seen;
        double lower = Math.min(limit, Math.max(LOWEST, from * LOWERED_TO));
        return new Speed(limit, lower, FIRST_STEP, now, now, now + HOLD, lowerings + 1, now, 0);
    }

    /** How long nothing should leave after {@link #refused} gave this: long enough that what was too much is forgotten. */
    long pauseAfter(Speed before) {
        boolean farOff = before.rate > 2 * rate;
        return farOff ? Spacing.SECOND : SHORTEST_PAUSE << Math.min(MOST_DOUBLINGS, lowerings - 1);
    }

    /** After parts that left at {@code leftAt} were accepted. */
    Speed accepted(int parts, long leftAt, long now) {
        if (rate >= limit && lowerings == 0 || leftAt - changedAt < 0) {
            return this;
        }
        Speed seen = new Speed(limit, rate, step, changedAt, loweredAt, heldUntil, 0, from, proven + parts);
        return now - from < between() ? seen : seen.judged(now);
    }

    /** The end of a while in which the rate was proven, or not used. */
    private Speed judged(long now) {
        boolean used = proven >= Math.max(1, USED * rate * (now - from) / Spacing.SECOND);
        if (!used || rate >= limit || now - heldUntil < 0) {
            return new Speed(limit, rate, step, changedAt, loweredAt, heldUntil, lowerings, now, 0);
        }
        double more = rate * (1 + step);
        double next = more > UNLIMITED_AGAIN && limit == UNLIMITED ? UNLIMITED : Math.min(limit, more);
        return new Speed(limit, next, Math.min(LARGEST_STEP, 2 * step), now, loweredAt, heldUntil, lowerings, now, 0);
    }

    private long between() {
        long least = !wasLowered() ? BETWEEN_FIRST_RAISES : step < SMALL_STEP ? BETWEEN_SMALL_RAISES : BETWEEN_RAISES;
        return Math.max(least, (long) (2 * Spacing.SECOND / rate));
    }

    private boolean wasLowered() {
        return heldUntil != loweredAt;
    }

    /** With another limit. What was learnt stays in proportion. */
    Speed limited(double newLimit, long now) {
        if (newLimit == limit) {
            return this;
        }
        boolean learnt = rate < limit && limit > 0 && limit != UNLIMITED;
        double next = learnt ? Math.min(newLimit, rate * newLimit / limit) : newLimit;
        return new Speed(newLimit, next, step, now, loweredAt, heldUntil, lowerings, now, 0);
    }
}
