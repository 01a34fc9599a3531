package io.smspipeline.quickstart.command;

import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.service.settings.ServiceSettings;
import java.util.Map;

/**
 * Where a running pipeline is.
 *
 * @param kafka settings for any consumer or producer, {@code schema.registry.url} included
 */
record PipelineAddress(Map<String, Object> kafka, Topics topics, RecordSerdes serdes) {
    static PipelineAddress of(ServiceSettings settings) {
        return new PipelineAddress(
                Map.copyOf(settings.kafka().consumer("sms-cli")),
                settings.topics().topics(),
                settings.kafka().serdes());
    }
}
