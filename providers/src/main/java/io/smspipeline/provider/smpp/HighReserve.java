package io.smspipeline.provider.smpp;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether a place in the window is to be kept free for HIGH messages. Whoever feeds us offers them first, so that a HIGH one
 * takes the first place that becomes free and waits for one answer at most. Where answers come soon that is soon enough, and a
 * place kept free would cost throughput for nothing (a tenth of it with a window of ten). So it is kept only while answers
 * take long and HIGH messages are about.
 *
 * <p>Safe for use by many threads; of answers that come at the same moment one may go uncounted.
 */
final class HighReserve {
    /** Of a code that somebody waits for, so much is not noticed. */
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Weight of the latest answer: one eighth. */
    private static final int SMOOTHING = 3;

    private final LongSupplier nanoTime;
    private volatile long lastHigh;
    private volatile long answerNanos;

    /** @param nanoTime a monotonic clock in nanoseconds */
    HighReserve(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        lastHigh = nanoTime.getAsLong() - REMEMBERED_NANOS;
    }

    /** A HIGH message was offered. */
    void highOffered() {
        lastHigh = nanoTime.getAsLong();
    }

    /** An answer came so long after its submit. */
    void answeredAfter(long nanos) {
        long before = answerNanos;
        answerNanos = before == 0 ? nanos : before + (nanos - before >> SMOOTHING);
    }

    /** Whether messages that are not HIGH have to leave a place. */
    boolean isKept() {
        return answerNanos >= SLOW_NANOS && nanoTime.getAsLong() - lastHigh < REMEMBERED_NANOS;
    }
}
