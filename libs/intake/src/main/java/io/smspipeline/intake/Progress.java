package io.smspipeline.intake;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The progress of all partitions one has. Safe for use by many threads; each partition is atomic by itself, see
 * {@link PartitionProgress}. What is said of a partition one does not have (any more) is ignored.
 */
public final class Progress {
    private final Map<TopicPartition, PartitionProgress> partitions = new ConcurrentHashMap<>();
    private volatile int noteBudget = CommitNote.BUDGET;

    /** Takes a partition on. */
    public void begin(TopicPartition partition, PartitionProgress progress) {
        partitions.put(partition, progress);
    }

    /** Forgets partitions. */
    public void end(Collection<TopicPartition> gone) {
        partitions.keySet().removeAll(Set.copyOf(gone));
    }

    /** The partitions one has. */
    public Set<TopicPartition> owned() {
        return new HashSet<>(partitions.keySet());
    }

    /** True when one has this partition. */
    public boolean owns(TopicPartition partition) {
        return partitions.containsKey(partition);
    }

    /** The progress of one partition; empty when one does not have it. */
    public Optional<PartitionProgress> of(TopicPartition partition) {
        return Optional.ofNullable(partitions.get(partition));
    }

    /**
     * The record is done.
     *
     * @return true when it was open here
     */
    public boolean finish(TopicPartition partition, long offset) {
        PartitionProgress progress = partitions.get(partition);
        return progress != null && progress.finish(offset);
    }

    /**
     * A piece of the record is done; see {@link PartitionProgress#finishPiece}.
     *
     * @return true when the record was open here
     */
    public boolean finishPiece(TopicPartition partition, long offset, int piece) {
        PartitionProgress progress = partitions.get(partition);
        return progress != null && progress.finishPiece(offset, piece);
    }

    /** The pieces of an unfinished record that are done; empty when one does not have the partition. */
    public BitSet finishedPieces(TopicPartition partition, long offset) {
        PartitionProgress progress = partitions.get(partition);
        return progress == null ? new BitSet() : progress.finishedPieces(offset);
    }

    /** See {@link PartitionProgress#suspicions}; 0 when one does not have the partition. */
    public int suspicions(TopicPartition partition, long offset) {
        PartitionProgress progress = partitions.get(partition);
        return progress == null ? 0 : progress.suspicions(offset);
    }

    /** True when one has the partition and the record needs no work. */
    public boolean isFinished(TopicPartition partition, long offset) {
        PartitionProgress progress = partitions.get(partition);
        return progress != null && progress.isFinished(offset);
    }

    /** What to commit: the partitions whose position or finished set changed since they were last {@link #committed}. */
    public Map<TopicPartition, OffsetAndMetadata> committable() {
        return committable(partitions.keySet());
    }

    /** As {@link #committable()}, for some partitions. */
    public Map<TopicPartition, OffsetAndMetadata> committable(Collection<TopicPartition> some) {
        Map<TopicPartition, OffsetAndMetadata> snapshot = new HashMap<>();
        for (TopicPartition partition : some) {
            PartitionProgress progress = partitions.get(partition);
            if (progress != null) {
                progress.uncommitted(noteBudget).ifPresent(position -> snapshot.put(partition, position));
            }
        }
        return snapshot;
    }

    /** Kafka has this snapshot, which was got from {@link #committable}. */
    public void committed(Map<TopicPartition, OffsetAndMetadata> snapshot) {
        snapshot.forEach((partition, position) -> of(partition).ifPresent(progress -> progress.committed(position)));
    }

    /**
     * From now on commits carry no finished sets: for a broker that refuses them, its {@code offset.metadata.max.bytes} being
     * lower than {@value CommitNote#BUDGET}. What is finished behind an unfinished record is then repeated when the partition
     * moves.
     */
    public void omitFinishedSets() {
        noteBudget = 0;
    }

    /** Each partition's load. */
    public Map<TopicPartition, Load> loads() {
        Map<TopicPartition, Load> loads = new HashMap<>();
        partitions.forEach(
                (partition, progress) -> loads.put(partition, new Load(progress.openCount(), progress.span())));
        return loads;
    }
}
