package io.smspipeline.quickstart.command;

import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.service.settings.KafkaSettings;
import io.smspipeline.service.settings.ServiceSettings;
import java.util.Map;

/**
 * Where a running pipeline is.
 *
 * @param settings of Kafka and the registry
 */
record PipelineAddress(KafkaSettings settings, Topics topics, RecordSerdes serdes) {
    private static final String CLIENT = "sms-cli";

    static PipelineAddress of(ServiceSettings settings) {
        return new PipelineAddress(
                settings.kafka(), settings.topics().topics(), settings.kafka().serdes());
    }

    /** For a consumer, {@code schema.registry.url} included. */
    Map<String, Object> kafka() {
        return Map.copyOf(settings.consumer(CLIENT));
    }

    /** For a producer, without serializers. */
    Map<String, Object> producer() {
        return settings.producer(CLIENT);
    }
}
