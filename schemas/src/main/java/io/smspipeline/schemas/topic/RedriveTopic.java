package io.smspipeline.schemas.topic;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Makes the topics through which groups get their dead letters again, when the first of a group is wanted. Each is as safe and
 * kept as long as the topic for dead letters, which the catalogue makes. It has one partition: little lies in it, and with more
 * of them some process of a group could get those in place of its share of the topics where the work is. Safe for use by many threads.
 */
public final class RedriveTopic {
    private static final List<String> AS_DEAD_LETTERS =
            List.of(TopicConfig.RETENTION_MS_CONFIG, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);

    private final Admin admin;
    private final Topics topics;

    /** The client is not closed by this class. */
    public RedriveTopic(Admin admin, Topics topics) {
        this.admin = admin;
        this.topics = topics;
    }

    /**
     * Creates what is missing.
     *
     * @throws KafkaException when Kafka is away, refuses, or has no topic for dead letters yet
     */
    public void create(Collection<String> groups) {
        try {
            List<String> names = groups.stream().map(topics::redrive).toList();
            Collection<String> present = admin.listTopics().names().get();
            List<String> missing =
                    names.stream().filter(name -> !present.contains(name)).toList();
            if (!missing.isEmpty()) {
                make(missing);
            }
        } catch (ExecutionException e) {
            throw new KafkaException("cannot create the redrive topics of " + groups + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while creating the redrive topics of " + groups, e);
        }
    }

    private void make(List<String> missing) throws ExecutionException, InterruptedException {
        String like = topics.deadLetter();
        Map<String, TopicDescription> shapes =
                admin.describeTopics(List.of(like)).allTopicNames().get();
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, like);
        Map<ConfigResource, Config> configs =
                admin.describeConfigs(List.of(resource)).all().get();
        Map<String, String> kept = new HashMap<>();
        configs.values().stream()
                .flatMap(config -> config.entries().stream())
                .filter(entry -> AS_DEAD_LETTERS.contains(entry.name()) && entry.value() != null)
                .forEach(entry -> kept.put(entry.name(), entry.value()));
        TopicDescription shape = shapes.values().iterator().next();
        short copies = (short) shape.partitions().get(0).replicas().size();
        for (String name : missing) {
            NewTopic topic = new NewTopic(name, 1, copies).configs(kept);
            try {
                admin.createTopics(List.of(topic)).all().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }
}
