package io.smspipeline.client;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/**
 * How an event came.
 *
 * @param partition where it lies
 * @param offset where in it; with {@code partition} it names the event, also when it comes again
 * @param attempt 1 for the first time this process hands it to the handler, then one more each time
 * @param headers those of its record, such as {@code traceparent}
 */
public record Delivery(TopicPartition partition, long offset, int attempt, Headers headers) {}
