package io.smspipeline.intake;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Decides which partitions must pause because enough of them is in hand. A partition pauses as soon as one more poll could
 * exceed a limit, and goes on when half of the limit is free: a poll between two pauses is then worth its while. For one
 * thread.
 */
final class Limits {
    private final IntakeSettings settings;
    private final int perPoll;
    private final Set<String> fullTopics = new HashSet<>();
    private final Set<TopicPartition> fullPartitions = new HashSet<>();

    /**
     * @param perPoll records one poll returns at most
     */
    Limits(IntakeSettings settings, int perPoll) {
        this.settings = settings;
        this.perPoll = perPoll;
    }

    /** Records a poll may return without exceeding any limit at once, and at most {@code wanted}. */
    static int perPoll(IntakeSettings settings, int wanted) {
        int tightest = Math.min(settings.maxSpan(), settings.maxInHandPerPartition());
        return Math.max(1, Math.min(wanted, tightest / 2));
    }

    /** The partitions that are to pause now. */
    Set<TopicPartition> full(Map<TopicPartition, Load> loads) {
        Map<String, Integer> ofTopic = new HashMap<>();
        loads.forEach((partition, load) -> ofTopic.merge(partition.topic(), load.open(), Integer::sum));
        ofTopic.forEach((topic, open) -> note(fullTopics, topic, open, settings.maxInHand()));
        fullTopics.retainAll(ofTopic.keySet());
        fullPartitions.retainAll(loads.keySet());
        Set<TopicPartition> full = new HashSet<>();
        loads.forEach((partition, load) -> {
            boolean roomy =
                    isRoomy(load.open(), settings.maxInHandPerPartition()) && isRoomy(load.span(), settings.maxSpan());
            if (exceeds(load.open(), settings.maxInHandPerPartition()) || exceeds(load.span(), settings.maxSpan())) {
                fullPartitions.add(partition);
            } else if (roomy) {
                fullPartitions.remove(partition);
            }
            if (fullPartitions.contains(partition) || fullTopics.contains(partition.topic())) {
                full.add(partition);
            }
        });
        return full;
    }

    private <T> void note(Set<T> full, T what, long has, int limit) {
        if (exceeds(has, limit)) {
            full.add(what);
        } else if (isRoomy(has, limit)) {
            full.remove(what);
        }
    }

    private boolean exceeds(long has, int limit) {
        return has + perPoll > limit;
    }

    private boolean isRoomy(long has, int limit) {
        return has <= Math.min(limit / 2, limit - perPoll);
    }
}
