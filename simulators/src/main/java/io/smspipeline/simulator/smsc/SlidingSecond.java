package io.smspipeline.simulator.smsc;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * What happened within the last second, to the nanosecond, and the most there ever was in one. Eight octets for each. Safe for
 * use by many threads.
 */
final class SlidingSecond {
    private static final long SECOND = 1_000_000_000L;

    private final LongSupplier nanoTime;
    private long[] times = new long[256];
    private int oldest;
    private int count;
    private int most;

    SlidingSecond(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** So many more happened now. */
    synchronized void add(int more) {
        long now = nanoTime.getAsLong();
        forgetOld(now);
        append(now, more);
    }

    /** So many more happen now, unless there would then be more than {@code limit} within a second. */
    synchronized boolean addWithin(int limit, int more) {
        long now = nanoTime.getAsLong();
        forgetOld(now);
        if (count + more > limit) {
            return false;
        }
        append(now, more);
        return true;
    }

    /** The most within any second since the start or since {@link #clear()}. */
    synchronized int most() {
        return most;
    }

    /** Begins anew. */
    synchronized void clear() {
        count = 0;
        most = 0;
    }

    /** What happened a whole second ago is not in the same second. */
    private void forgetOld(long now) {
        while (count > 0 && now - times[oldest] >= SECOND) {
            oldest = (oldest + 1) % times.length;
            count--;
        }
    }

    private void append(long now, int more) {
        for (int i = 0; i < more; i++) {
            if (count == times.length) {
                long[] larger = Arrays.copyOf(times, count * 2);
                System.arraycopy(times, oldest, larger, 0, count - oldest);
                System.arraycopy(times, 0, larger, count - oldest, oldest);
                times = larger;
                oldest = 0;
            }
            times[(oldest + count) % times.length] = now;
            count++;
        }
        most = Math.max(most, count);
    }
}
