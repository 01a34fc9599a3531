package io.smspipeline.sender;

import io.micrometer.core.instrument.MeterRegistry;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topics;
import java.time.Clock;
import java.util.Map;

/**
 * What the senders of one process share.
 *
 * @param consumer settings for a Kafka consumer
 * @param producer settings for a Kafka producer
 * @param instance this process among the senders: part of its static membership and transactional ids, hence the same after
 *     a restart and never that of another process
 */
record SenderContext(
        SenderSettings settings,
        Topics topics,
        RecordSerdes serdes,
        Map<String, Object> consumer,
        Map<String, Object> producer,
        String instance,
        MeterRegistry meters,
        Clock clock) {}
