package io.smspipeline.sender.record;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What the recorder needs of who reads the submit topics. Called by the recorder's thread alone. */
public interface OffsetLedger {
    /** This record is finished. Ignored for a partition that is no longer ours. */
    void finish(TopicPartition partition, long offset);

    /** Positions to commit: of each partition that is ours and moved since the last commit. */
    Map<TopicPartition, OffsetAndMetadata> committable();

    /** These positions are committed. */
    void committed(Map<TopicPartition, OffsetAndMetadata> positions);

    /** Our membership, as of the last poll. */
    ConsumerGroupMetadata group();
}
