package io.smspipeline.sender.record;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What the recorder needs of who reads the submit topics. Called by the recorder's thread alone. */
public interface OffsetLedger {
    /**
     * This record is finished.
     *
     * @return false when it was finished before, or its partition is no longer ours
     */
    boolean finish(TopicPartition partition, long offset);

    /** One submission of this record's message, counted from 0, needs nothing further, while others do. */
    void finishPiece(TopicPartition partition, long offset, int index);

    /** Messages of this partition are begun from now on: positions tell of it until {@link #conclude}. */
    void undertake(TopicPartition partition);

    /** Nothing of this partition is under way any more, and nothing of it will be. */
    void conclude(TopicPartition partition);

    /** Whether this partition is ours. */
    boolean owns(TopicPartition partition);

    /** Positions to commit: of each partition that is ours and moved since the last commit. */
    Map<TopicPartition, OffsetAndMetadata> committable();

    /** These positions are committed. */
    void committed(Map<TopicPartition, OffsetAndMetadata> positions);

    /** The broker takes no metadata as long as ours: positions come without finished sets from now on. */
    void omitFinishedSets();

    /** Our membership, as of the last poll. */
    ConsumerGroupMetadata group();
}
