package io.smspipeline.provider;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Where whoever closes a provider waits for the answers under way. Safe for use by many threads. */
public final class LastAnswers {
    private final BooleanSupplier arrived;

    /** @param arrived whether nothing is unanswered any more */
    public LastAnswers(BooleanSupplier arrived) {
        this.arrived = arrived;
    }

    /**
     * Returns when nothing is unanswered any more, at the deadline, or when the thread is interrupted.
     *
     * @param deadline as {@link System#nanoTime} tells the time
     */
    public synchronized void await(long deadline) {
        long left = deadline - System.nanoTime();
        while (!arrived.getAsBoolean() && left > 0) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            left = deadline - System.nanoTime();
        }
    }

    /** An answer came: whoever waits looks again. */
    public synchronized void look() {
        notifyAll();
    }
}
