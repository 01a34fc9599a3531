package io.smspipeline.sender.lane;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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
     * @return those of which everything was seen through: who has them next need not fear to repeat anything
     */
    public Set<TopicPartition> conclude(Collection<TopicPartition> partitions, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        Set<TopicPartition> clean = new HashSet<>();
        for (TopicPartition partition : partitions) {
            if (of(partition).awaitNone(deadline)) {
                clean.add(partition);
            }
        }
        lose(partitions);
        return clean;
    }

    /** Of each partition that is ours the furthest record whose message was begun; those without one are absent. */
    public Map<TopicPartition, Long> begun() {
        Map<TopicPartition, Long> begun = new HashMap<>();
        held.forEach((partition, tenure) -> {
            if (tenure.begun() >= 0) {
                begun.put(partition, tenure.begun());
            }
        });
        return begun;
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
