package io.smspipeline.simulator.smsc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that happens later, in one thread: what is due is done in the order of its time, and of its coming where the time
 * is equal; after each batch one more job runs, which sends what the batch has written. Safe for use by many threads.
 */
final class Timeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Timeline.class);

    private record Due(long nanos, long order, Runnable work) {}

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::order));
    // A condition and not Object.wait, whose whole milliseconds would lengthen every latency.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Runnable afterBatch;
    private final long origin = System.nanoTime();
    private long order;
    private boolean closed;

    Timeline(String name, Runnable afterBatch) {
        this.afterBatch = afterBatch;
        Thread thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Counted from the start, so that times may be compared as numbers. */
    private long now() {
        return System.nanoTime() - origin;
    }

    void after(long nanos, Runnable work) {
        lock.lock();
        try {
            Due due = new Due(now() + nanos, order++, work);
            queue.add(due);
            if (due.equals(queue.peek())) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        List<Due> batch = new ArrayList<>();
        while (takeDue(batch)) {
            for (Due due : batch) {
                guarded(due.work());
            }
            guarded(afterBatch);
            batch.clear();
        }
    }

    /** @return false when closed */
    private boolean takeDue(List<Due> batch) {
        lock.lock();
        try {
            while (!closed) {
                long now = now();
                for (Due head = queue.peek(); head != null && head.nanos() <= now; head = queue.peek()) {
                    batch.add(queue.remove());
                }
                if (!batch.isEmpty()) {
                    return true;
                }
                Due head = queue.peek();
                if (head == null) {
                    changed.await();
                } else {
                    long unused = changed.awaitNanos(head.nanos() - now);
                }
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("simulated SMSC: a timed job failed", e);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            queue.clear();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
