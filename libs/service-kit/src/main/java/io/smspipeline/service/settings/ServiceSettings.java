package io.smspipeline.service.settings;

import io.smspipeline.schemas.topic.TopicScale;
import io.smspipeline.settings.Section;
import java.util.Set;

/** What every process of ours reads. Immutable. */
public record ServiceSettings(KafkaSettings kafka, TopicSettings topics, HealthSettings health, LogSettings log) {
    /** Every top-level name some part of the pipeline knows; one file serves all of them. */
    public static final Set<String> TOP_LEVEL = Set.of(
            "kafka",
            "schema-registry",
            "topics",
            "health",
            "log",
            "providers",
            "routes",
            "sender-ids",
            "prices",
            "routing",
            "recipients",
            "deduplication",
            "caps",
            "receipt-timeout",
            "inbound",
            "opt-out",
            "router",
            "sender",
            "receiver",
            "api",
            "status",
            "smsc");

    /** Topics sized for a cluster of three or more brokers unless configured. */
    public static ServiceSettings read(Section root) {
        return read(root, TopicScale.CLUSTER);
    }

    /** @param defaults the scale of topics where section {@code topics} does not say */
    public static ServiceSettings read(Section root, TopicScale defaults) {
        return new ServiceSettings(
                KafkaSettings.read(root),
                TopicSettings.read(root, defaults),
                HealthSettings.read(root),
                LogSettings.read(root));
    }
}
