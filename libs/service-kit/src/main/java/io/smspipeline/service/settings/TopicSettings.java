package io.smspipeline.service.settings;

import io.smspipeline.schemas.topic.TopicScale;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.settings.Section;

/**
 * Section {@code topics}: how topics are named and how large they are made. Immutable.
 *
 * @param scale counts only when topics are created
 */
public record TopicSettings(Topics topics, TopicScale scale) {
    /** Reads section {@code topics}; what it does not say is as in {@code defaults}. */
    static TopicSettings read(Section root, TopicScale defaults) {
        Section section = root.section("topics");
        String prefix = section.text("prefix").orElse("");
        int partitions = section.integer("partitions").between(1, 1000).orElse(defaults.partitions());
        int submitPartitions =
                section.integer("submit-partitions").between(1, 1000).orElse(defaults.submitPartitions());
        int replicas = section.integer("replication-factor").between(1, 100).orElse(defaults.replicationFactor());
        int inSync = section.integer("min-insync-replicas").between(1, 100).orElse(defaults.minInSyncReplicas());
        return new TopicSettings(
                section.made(at -> new Topics(prefix)).orElseGet(() -> new Topics("")),
                section.made(at -> new TopicScale(partitions, submitPartitions, replicas, inSync))
                        .orElse(defaults));
    }
}
