package io.smspipeline.simulator.smsc;

import java.util.function.LongSupplier;

/** How many submits were taken of late, and whether more are within a rate. Safe for use by many threads. */
final class Throttle {
    private static final double SECOND = 1e9;

    private final LongSupplier nanoTime;
    private final SlidingSecond taken;
    private double tokens;
    private long filledAt;
    private int filledFor;

    Throttle(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.taken = new SlidingSecond(nanoTime);
    }

    /**
     * Takes so many more when they are within the rate, all or none.
     *
     * @param perSecond 0 = any number
     */
    synchronized boolean takes(ThrottleRule rule, int perSecond, int more) {
        if (perSecond == 0) {
            return true;
        }
        return rule == ThrottleRule.SLIDING_SECOND ? taken.addWithin(perSecond, more) : spend(perSecond, more);
    }

    private boolean spend(int perSecond, int more) {
        long now = nanoTime.getAsLong();
        tokens = filledFor == perSecond
                ? Math.min(perSecond, tokens + (now - filledAt) / SECOND * perSecond)
                : perSecond;
        filledAt = now;
        filledFor = perSecond;
        if (tokens < more) {
            return false;
        }
        tokens -= more;
        return true;
    }
}
