package io.smspipeline.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
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
    private final Set<String> whole;
    private final Set<TopicPartition> awaited = new HashSet<>();

    /**
     * @param whole topics whose partitions are begun with their oldest record when nothing was committed
     */
    Restoration(Consumer<byte[], byte[]> consumer, Progress progress, Set<String> whole) {
        this.consumer = consumer;
        this.progress = progress;
        this.whole = whole;
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
        Map<TopicPartition, PartitionProgress> begun = new HashMap<>();
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(awaited, PATIENCE);
            awaited.forEach(partition -> begun.put(partition, progressFrom(committed.get(partition))));
            boundSuspicion(begun);
            committed.values().removeIf(Objects::isNull);
            committed.forEach(this::goOn);
            Set<TopicPartition> anew = new HashSet<>(awaited);
            anew.removeIf(partition -> committed.containsKey(partition) || !whole.contains(partition.topic()));
            if (!anew.isEmpty()) {
                consumer.seekToBeginning(anew);
            }
        } catch (RetriableException e) {
            LOG.warn("restore outcome=retry partitions={} reason=\"{}\"", awaited, e.getMessage());
            return Set.of();
        }
        begun.forEach(progress::begin);
        awaited.clear();
        return begun.keySet();
    }

    private static PartitionProgress progressFrom(@Nullable OffsetAndMetadata committed) {
        return committed == null ? PartitionProgress.fresh() : PartitionProgress.restore(committed);
    }

    /** The end of the log is asked for only where somebody left a partition without a last word. */
    private void boundSuspicion(Map<TopicPartition, PartitionProgress> begun) {
        Map<TopicPartition, PartitionProgress> leftOpen = new HashMap<>(begun);
        leftOpen.values().removeIf(known -> !known.isLeftOpen());
        if (leftOpen.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(leftOpen.keySet(), PATIENCE);
        leftOpen.forEach((partition, known) -> known.newFrom(ends.getOrDefault(partition, Long.MAX_VALUE)));
        LOG.warn(
                "restore outcome=left-open partitions={} consequence=\"what their last owner may have begun is suspect\"",
                leftOpen.keySet());
    }

    private void goOn(TopicPartition partition, OffsetAndMetadata position) {
        warnOfForeignNote(partition, position);
        consumer.seek(partition, position);
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
