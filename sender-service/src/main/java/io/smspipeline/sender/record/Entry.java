package io.smspipeline.sender.record;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A record to be written, and because of which record of a submit topic.
 *
 * @param partition where that one lies
 * @param offset where that one lies
 */
record Entry(ProducerRecord<byte[], byte[]> record, TopicPartition partition, long offset) {}
