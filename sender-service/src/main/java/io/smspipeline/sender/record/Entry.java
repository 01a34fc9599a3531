package io.smspipeline.sender.record;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record to be written, and because of which record of a submit topic.
 *
 * @param partition where that one lies
 * @param offset where that one lies
 */
record Entry(ProducerRecord<byte[], byte[]> record, TopicPartition partition, long offset) {
    /** Octets of key, value and headers. */
    int size() {
        int size = length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            size += header.key().length() + length(header.value());
        }
        return size;
    }

    private static int length(byte @Nullable [] octets) {
        return octets == null ? 0 : octets.length;
    }
}
