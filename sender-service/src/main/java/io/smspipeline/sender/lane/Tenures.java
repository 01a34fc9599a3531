package io.smspipeline.sender.lane;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/** The partitions that are ours. Begun and ended by the thread that polls; everything else is for any thread. */
public final class Tenures {
    private final Map<TopicPartition, Tenure> held = new ConcurrentHashMap<>();

    /** These are ours from now on. */
    public void begin(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> held.put(partition, new Tenure(partition)));
    }

    /**
     * The tenure of a partition that is ours.
     *
     * @throws IllegalStateException when it is not
     */
    public Tenure of(TopicPartition partition) {
        Tenure tenure = held.get(partition);
        if (tenure == null) {
            throw new IllegalStateException(partition + " was read without having been assigned");
        }
        return tenure;
    }

    /** No message of these is begun from now on; what was begun goes on. */
    public void end(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            of(partition).end();
        }
    }

    /**
     * Waits, at most {@code patience}, until everything begun of these is seen through. Then they are ours no more, and
     * nothing of them is submitted any more.
     *
     * @return whether everything was seen through: who has them next need not fear to repeat anything
     */
    public boolean conclude(Collection<TopicPartition> partitions, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean clean = true;
        for (TopicPartition partition : partitions) {
            clean &= of(partition).awaitNone(deadline);
        }
        lose(partitions);
        return clean;
    }

    /** These are somebody else's already. */
    public void lose(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Tenure tenure = held.remove(partition);
            if (tenure != null) {
                tenure.lose();
            }
        }
    }

    /** How many partitions are ours. */
    public int count() {
        return held.size();
    }

    /** Messages of all of them that must be seen through. */
    public int underWay() {
        return held.values().stream().mapToInt(Tenure::underWay).sum();
    }
}
