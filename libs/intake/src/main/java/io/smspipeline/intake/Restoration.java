package io.smspipeline.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Partitions that were assigned and whose progress must be read from their last commit before their records may be taken.
 * They stay paused until then. The consumer is put at exactly the offset whose note was read: it asks for the committed offset
 * by itself too, and another commit may lie between the two. For the poll thread.
 */
final class Restoration {
    private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);
    /** Short, since nothing is polled meanwhile; tried again at the next turn. A transaction that is still open blocks it. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final Progress progress;
    private final Set<TopicPartition> awaited = new HashSet<>();

    Restoration(Consumer<byte[], byte[]> consumer, Progress progress) {
        this.consumer = consumer;
        this.progress = progress;
    }

    /** To be called where Kafka announces the assignment, before any record of it can be returned. */
    void await(Collection<TopicPartition> assigned) {
        awaited.addAll(assigned);
        consumer.pause(assigned);
    }

    void forget(Collection<TopicPartition> gone) {
        awaited.removeAll(Set.copyOf(gone));
    }

    Set<TopicPartition> awaited() {
        return Set.copyOf(awaited);
    }

    /** Restores what is awaited, if it can be had now, and returns those partitions. */
    Set<TopicPartition> turn() {
        if (awaited.isEmpty()) {
            return Set.of();
        }
        Map<TopicPartition, OffsetAndMetadata> committed;
        try {
            committed = consumer.committed(awaited, PATIENCE);
        } catch (RetriableException e) {
            LOG.warn("restore outcome=retry partitions={} reason=\"{}\"", awaited, e.getMessage());
            return Set.of();
        }
        Set<TopicPartition> restored = awaited();
        for (TopicPartition partition : restored) {
            OffsetAndMetadata position = committed.get(partition);
            if (position == null) {
                progress.begin(partition, PartitionProgress.fresh());
            } else {
                warnOfForeignNote(partition, position);
                consumer.seek(partition, position);
                progress.begin(partition, PartitionProgress.restore(position));
            }
        }
        awaited.clear();
        return restored;
    }

    private static void warnOfForeignNote(TopicPartition partition, OffsetAndMetadata position) {
        if (CommitNote.read(position.offset(), position.metadata()).isEmpty()) {
            LOG.warn(
                    "restore outcome=note-ignored partition={} offset={} noteLength={} consequence=\"records finished beyond"
                            + " the offset are repeated\" reason=\"the commit's metadata was not written by this version\"",
                    partition,
                    position.offset(),
                    position.metadata().length());
        }
    }
}
