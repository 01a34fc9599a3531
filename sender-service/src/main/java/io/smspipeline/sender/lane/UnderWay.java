package io.smspipeline.sender.lane;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Counts, for each partition, the messages whose submitting has begun and whose record is not finished. Who gives up a
 * partition waits here until there are none. Safe for use by many threads.
 */
public final class UnderWay {
    private final Map<TopicPartition, Integer> counts = new HashMap<>();

    synchronized void begun(TopicPartition partition) {
        counts.merge(partition, 1, Integer::sum);
    }

    synchronized void seenThrough(TopicPartition partition) {
        counts.computeIfPresent(partition, (key, count) -> count == 1 ? null : count - 1);
        if (!counts.containsKey(partition)) {
            notifyAll();
        }
    }

    /** Messages under way in all partitions. */
    public synchronized int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * Waits until nothing of these partitions is under way.
     *
     * @return false when {@code patience} ended first, or the waiting thread was interrupted
     */
    public synchronized boolean awaitNone(Collection<TopicPartition> partitions, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (partitions.stream().anyMatch(counts::containsKey)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
