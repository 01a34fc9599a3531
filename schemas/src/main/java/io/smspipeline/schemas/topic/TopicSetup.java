package io.smspipeline.schemas.topic;

import io.smspipeline.schemas.registry.RestSchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Brings a cluster and its registry in line with the catalogue, or says where they differ. Creates and registers; it never
 * deletes, and never changes a partition count. For use by one thread.
 */
public final class TopicSetup {
    /** Level set on every subject: old readers read new records and new readers old ones, over all versions. */
    public static final String COMPATIBILITY = "FULL_TRANSITIVE";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SEGMENT = Duration.ofMinutes(30);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Admin admin;
    private final RestSchemaRegistry registry;
    private final Topics topics;
    private final TopicScale scale;

    /** Neither client is closed by this class. */
    public TopicSetup(Admin admin, RestSchemaRegistry registry, Topics topics, TopicScale scale) {
        this.admin = admin;
        this.registry = registry;
        this.topics = topics;
        this.scale = scale;
    }

    /**
     * Creates missing topics, sets compatibility and registers schemas.
     *
     * @return what still differs and must be decided by a person; empty when all is well
     */
    public List<String> apply(Collection<String> aliases) {
        Map<String, TopicDescription> existing = describe(names(aliases));
        Map<String, NewTopic> missing = wanted(aliases);
        missing.keySet().removeAll(existing.keySet());
        admin.createTopics(missing.values()).values().forEach((name, created) -> {
            try {
                created.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new KafkaException("cannot create topic " + name + ": " + e.getMessage(), e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaException("interrupted while creating topic " + name, e);
            }
        });
        awaitServed(missing);
        for (Topic<? extends SpecificRecord> topic : topics.typed(aliases)) {
            registry.setCompatibility(topic.subject(), COMPATIBILITY);
            registry.register(topic.subject(), schemaOf(topic));
        }
        return check(aliases);
    }

    /**
     * Returns when every broker asked knows the topics and every leader serves its partitions: a topic is created before that,
     * and whoever writes to it meanwhile may be told that it does not exist, or lose the order of its first records.
     */
    private void awaitServed(Map<String, NewTopic> created) {
        if (created.isEmpty()) {
            return;
        }
        try {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!describe(created.keySet()).keySet().containsAll(created.keySet())
                    && System.nanoTime() - deadline < 0) {
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            created.forEach((name, topic) -> {
                for (int partition = 0; partition < topic.numPartitions(); partition++) {
                    ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
                }
            });
            admin.listOffsets(ends).all().get();
        } catch (ExecutionException e) {
            throw new KafkaException("topics were created and are not served yet: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for new topics", e);
        }
    }

    /** Where cluster and registry differ from the catalogue, one sentence each; empty when they do not. */
    public List<String> check(Collection<String> aliases) {
        List<String> differences = new ArrayList<>();
        Map<String, TopicDescription> existing = describe(names(aliases));
        wanted(aliases).forEach((name, wanted) -> {
            TopicDescription found = existing.get(name);
            if (found == null) {
                differences.add("topic " + name + " does not exist: run `./sms topics apply`.");
            } else if (found.partitions().size() != wanted.numPartitions()) {
                differences.add("topic " + name + " has " + found.partitions().size() + " partitions, configured are "
                        + wanted.numPartitions()
                        + ": partition counts are for life, since keys would move. Configure the count it has.");
            }
        });
        for (Topic<? extends SpecificRecord> topic : topics.typed(aliases)) {
            if (!registry.holds(topic.subject(), schemaOf(topic))) {
                differences.add("subject " + topic.subject()
                        + " lacks the schema this version writes: run `./sms topics apply`.");
            } else if (!registry.compatibilityOf(topic.subject()).equals(Optional.of(COMPATIBILITY))) {
                differences.add("subject " + topic.subject() + " is not set to " + COMPATIBILITY
                        + ": run `./sms topics apply`.");
            }
        }
        return differences;
    }

    private Map<String, NewTopic> wanted(Collection<String> aliases) {
        Map<String, NewTopic> wanted = new LinkedHashMap<>();
        for (Topic<?> topic : topics.typed(aliases)) {
            int partitions = scale.partitionsOf(topic);
            wanted.put(
                    topic.name(),
                    topic.table()
                            ? table(topic.name(), partitions, topic.retention())
                            : topic(topic.name(), partitions, topic.retention()));
        }
        for (String name : topics.untyped()) {
            wanted.put(name, topic(name, scale.partitions(), Topics.PUBLISHED_RETENTION));
        }
        return wanted;
    }

    private Set<String> names(Collection<String> aliases) {
        return wanted(aliases).keySet();
    }

    private NewTopic topic(String name, int partitions, Duration retention) {
        return created(
                name,
                partitions,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(retention.toMillis())));
    }

    /** Segments are closed early, as only closed ones are compacted: who starts reads the table and little besides. */
    private NewTopic table(String name, int partitions, Duration deletions) {
        return created(
                name,
                partitions,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.DELETE_RETENTION_MS_CONFIG,
                        Long.toString(deletions.toMillis()),
                        TopicConfig.SEGMENT_MS_CONFIG,
                        Long.toString(SEGMENT.toMillis())));
    }

    private NewTopic created(String name, int partitions, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(scale.minInSyncReplicas()));
        return new NewTopic(name, partitions, (short) scale.replicationFactor()).configs(all);
    }

    private Map<String, TopicDescription> describe(Set<String> names) {
        try {
            Set<String> present = admin.listTopics().names().get();
            Set<String> known = new HashSet<>(names);
            known.retainAll(present);
            return new HashMap<>(admin.describeTopics(known).allTopicNames().get());
        } catch (ExecutionException e) {
            throw new KafkaException("cannot read the cluster's topics: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while reading the cluster's topics", e);
        }
    }

    private static Schema schemaOf(Topic<? extends SpecificRecord> topic) {
        return SpecificData.get().getSchema(topic.type());
    }
}
