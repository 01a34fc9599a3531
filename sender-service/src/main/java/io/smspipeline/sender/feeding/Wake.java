package io.smspipeline.sender.feeding;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes one waiting thread. Many threads may raise it, at the price of one volatile read when it is raised already; a raise
 * that comes before the wait is not lost.
 */
final class Wake {
    private volatile boolean raised;
    private volatile @Nullable Thread sleeper;

    /** Wakes the waiting thread, or lets its next wait return at once. */
    void raise() {
        if (!raised) {
            raised = true;
            LockSupport.unpark(sleeper);
        }
    }

    /** Waits until raised, at most {@code nanos}; may return early without reason. One thread only. */
    void await(long nanos) {
        sleeper = Thread.currentThread();
        if (!raised && nanos > 0) {
            LockSupport.parkNanos(this, nanos);
        }
        raised = false;
    }
}
