package io.smspipeline.schemas.topic;

/**
 * How large topics are made. Partition counts are for life: keys would move otherwise.
 *
 * @param partitions of every topic but the per-provider ones and small tables, 1 to 1000
 * @param submitPartitions of a provider's topics, 1 to 1000; at least as many as binds, so that each can have one
 * @param replicationFactor copies of each partition, at least 1
 * @param minInSyncReplicas copies that must have a record before its publisher hears so, 1 to {@code replicationFactor}
 */
public record TopicScale(int partitions, int submitPartitions, int replicationFactor, int minInSyncReplicas) {
    /** A cluster of three or more brokers. */
    public static final TopicScale CLUSTER = new TopicScale(12, 6, 3, 2);

    /** One broker on one's own machine. */
    public static final TopicScale LOCAL = new TopicScale(3, 3, 1, 1);

    /** Checks the ranges. */
    public TopicScale {
        if (partitions < 1 || partitions > 1000 || submitPartitions < 1 || submitPartitions > 1000) {
            throw new IllegalArgumentException("topics have " + partitions + " and per provider " + submitPartitions
                    + " partitions: set 1 to 1000.");
        }
        if (replicationFactor < 1 || minInSyncReplicas < 1 || minInSyncReplicas > replicationFactor) {
            throw new IllegalArgumentException("topics.replication-factor is " + replicationFactor
                    + " and topics.min-insync-replicas is " + minInSyncReplicas
                    + ": the second must be 1 to the first, or nothing can ever be written.");
        }
    }

    /** Partitions a topic is created with. */
    public int partitionsOf(Topic<?> topic) {
        return switch (topic.spread()) {
            case COMMON -> partitions;
            case PER_PROVIDER -> submitPartitions;
            case SINGLE -> 1;
        };
    }
}
