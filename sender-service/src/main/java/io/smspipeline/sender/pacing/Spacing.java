package io.smspipeline.sender.pacing;

/**
 * When the next part may leave, so that parts leave evenly. In any second there leave at most the rate and {@value #OVERSHOOT}
 * of it, counted in whole parts: that little is what a thread that woke late makes up for, and what HIGH messages borrow so as
 * not to wait for what others were allowed just before. What is
 * submitted as several parts at once counts as a whole when it leaves. Times are nanoseconds of a monotonic clock. For one thread at a time.
 */
final class Spacing {
    static final long SECOND = 1_000_000_000L;
    private static final double OVERSHOOT = 0.04;
    /** Sleeping takes a little longer than asked; lost time beyond this is lost. */
    private static final long LONGEST_LATENESS = SECOND / 100;

    private long nextFree;
    private long pausedUntil;

    Spacing(long now) {
        nextFree = now;
        pausedUntil = now;
    }

    /**
     * Nanoseconds until a part may leave, or until it is worth asking again; 0 when it may now.
     *
     * @param rate parts a second; infinite: no limit
     * @param borrows whether it may leave before the time of what left already is over; that time is added to what follows
     */
    long delay(long now, double rate, boolean borrows) {
        long credit = borrows ? tolerance(rate) - lateness(rate) : 0;
        long free = rate == Speed.UNLIMITED ? 0 : rate == 0 ? SECOND : nextFree - credit - now;
        return Math.max(0, Math.max(free, pausedUntil - now));
    }

    /** So many parts leave now. */
    void spend(int parts, long now, double rate) {
        if (rate == Speed.UNLIMITED) {
            nextFree = now;
        } else {
            nextFree = Math.max(nextFree, now - lateness(rate)) + (long) (parts * SECOND / rate);
        }
    }

    /** Nothing leaves before {@code until}, and nothing is saved up meanwhile. */
    void pause(long until) {
        pausedUntil = Math.max(pausedUntil, until);
        nextFree = Math.max(nextFree, until);
    }

    /** From now on the rate is {@code rate}: what was spent at a slower one must not hold back what may now go faster. */
    void changed(long now, double rate) {
        long longest = rate == 0 || rate == Speed.UNLIMITED ? 0 : (long) (SECOND / rate);
        nextFree = Math.max(pausedUntil, Math.min(nextFree, now + longest));
    }

    /** How much too early a part may leave: whole parts only, since a part cannot leave by a fraction. */
    private static long tolerance(double rate) {
        return rate == 0 || rate == Speed.UNLIMITED ? 0 : (long) (Math.floor(rate * OVERSHOOT) * SECOND / rate);
    }

    private static long lateness(double rate) {
        return Math.min(LONGEST_LATENESS, tolerance(rate) / 2);
    }
}
