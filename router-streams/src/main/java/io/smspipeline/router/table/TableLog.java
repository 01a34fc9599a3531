package io.smspipeline.router.table;

import io.smspipeline.record.RouteTable;
import io.smspipeline.router.wire.Unreadable;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.service.settings.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All versions of the route table, as they lie in {@code sms.routes}. Each has a key of its own, so that compaction keeps them
 * and the topic is the history.
 *
 * <p>Numbers are given out under one transactional id: who begins to append fences whoever began before and is not done, so two
 * that append at once never make the same version. For use by one thread.
 */
public final class TableLog {
    private static final Logger LOG = LoggerFactory.getLogger(TableLog.class);

    /** The one table there is. */
    private static final String NAME = "main";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaSettings kafka;
    private final Topic<RouteTable> topic;
    private final RecordSerdes serdes;
    private final Clock clock;

    /** Connects to nothing yet. */
    public TableLog(KafkaSettings kafka, Topics topics, RecordSerdes serdes, Clock clock) {
        this.kafka = kafka;
        this.topic = topics.routes();
        this.serdes = serdes;
        this.clock = clock;
    }

    /**
     * Every version, the oldest first. One that cannot be read is left out, and logged.
     *
     * @throws KafkaException when the topic is missing or cannot be read in a minute
     */
    public List<RouteTable> versions() {
        Map<String, Object> settings = new HashMap<>(kafka.consumer("routes"));
        settings.keySet().removeAll(List.of("value.deserializer", "key.deserializer", ConsumerConfig.GROUP_ID_CONFIG));
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        List<RouteTable> versions = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name(), PATIENCE).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new KafkaException("topic " + topic.name() + " does not exist: run `./sms topics apply` first.");
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() - deadline > 0) {
                    throw new TimeoutException("topic " + topic.name() + " could not be read within " + PATIENCE);
                }
                consumer.poll(POLL).forEach(record -> read(record).ifPresent(versions::add));
            }
        }
        versions.sort(Comparator.comparingLong(RouteTable::getVersion));
        return versions;
    }

    private Optional<RouteTable> read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(serdes.read(topic, record.value()));
        } catch (SerializationException e) {
            if (Unreadable.registryUnreachable(e)) {
                // Taken for none, it would be published once more.
                throw e;
            }
            LOG.warn("routes offset={} outcome=ignored: {}", record.offset(), e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Publishes the first version where there is none.
     *
     * @return every version there is then
     */
    public List<RouteTable> seed(String content, String by) {
        List<RouteTable> versions = versions();
        if (!versions.isEmpty()) {
            return versions;
        }
        try {
            appended(content, "the configuration file", by, null, true);
        } catch (OvertakenException e) {
            LOG.info("routes outcome=seeded-by-another");
        }
        return versions();
    }

    /**
     * Publishes the next version.
     *
     * @param content the sections of a sound table, as {@link io.smspipeline.settings.Section#document} gives them
     * @param restored the version it is a copy of; null for none
     * @throws OvertakenException when somebody else appended meanwhile; nothing was published
     * @throws KafkaException when the brokers do not do what is asked
     */
    public RouteTable append(String content, String comment, String by, @Nullable Long restored) {
        return appended(content, comment, by, restored, false).orElseThrow();
    }

    private Optional<RouteTable> appended(
            String content, String comment, String by, @Nullable Long restored, boolean onlyFirst) {
        Map<String, Object> settings = new HashMap<>(kafka.producer("routes"));
        settings.keySet().removeAll(List.of("value.serializer", "key.serializer"));
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic.name() + "-writer");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) PATIENCE.toMillis());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            // After the fence: whoever is not done yet will not be, and what is done is seen.
            List<RouteTable> versions = versions();
            if (onlyFirst && !versions.isEmpty()) {
                return Optional.empty();
            }
            long last =
                    versions.isEmpty() ? 0 : versions.get(versions.size() - 1).getVersion();
            RouteTable next = new RouteTable(NAME, last + 1, content, comment, by, restored, clock.instant());
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(
                            topic.name(),
                            Topics.routesKey(NAME, next.getVersion()).getBytes(StandardCharsets.UTF_8),
                            serdes.write(topic.name(), next)))
                    .get();
            producer.commitTransaction();
            return Optional.of(next);
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new OvertakenException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProducerFencedException
                    || e.getCause() instanceof InvalidProducerEpochException) {
                throw new OvertakenException(e);
            }
            throw new KafkaException("the new version was not acknowledged: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while a version was published", e);
        }
    }

    /** Somebody else appended a version while this one was being appended. */
    public static final class OvertakenException extends KafkaException {
        private static final long serialVersionUID = 1L;

        OvertakenException(Throwable cause) {
            super(
                    "somebody else published a version of the routes at the same moment, and this one was not:"
                            + " look at `./sms routes history` and apply it again.",
                    cause);
        }
    }
}
