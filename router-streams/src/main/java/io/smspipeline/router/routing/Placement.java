package io.smspipeline.router.routing;

import io.smspipeline.router.wire.KeyPartition;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a message for a recipient must lie: under its number, in the partition that Kafka's default partitioner gives that
 * key. Else two messages to one handset would be routed by two tasks, in no order, and nothing that is kept by handset would
 * hold.
 *
 * @param partitions of the topics messages are published to, at least 1
 */
record Placement(int partitions) {
    Placement {
        if (partitions < 1) {
            throw new IllegalArgumentException("a topic with " + partitions + " partitions cannot be routed from");
        }
    }

    /** Whether the record at hand lies elsewhere. What a timer brings lies nowhere. */
    boolean wrong(@Nullable String key, ProcessorContext<?, ?> context, String recipient) {
        return context.recordMetadata()
                .map(at -> !right(key, at.partition(), recipient))
                .orElse(false);
    }

    boolean right(@Nullable String key, int partition, String recipient) {
        return recipient.equals(key) && partition == KeyPartition.of(recipient, partitions);
    }
}
