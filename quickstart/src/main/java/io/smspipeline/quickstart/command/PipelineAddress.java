package io.smspipeline.quickstart.command;

import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.service.settings.KafkaSettings;
import io.smspipeline.service.settings.ServiceSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

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

    /**
     * Publishes one record and returns when Kafka has it.
     *
     * @param partition null for the one its key demands
     * @param value null to delete the key of a table
     */
    <V extends SpecificRecord> void publish(
            Topic<V> topic, @Nullable Integer partition, String key, @Nullable V value, Duration patience) {
        Map<String, Object> properties = producer();
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.max(1, patience.toMillis()));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] octets = value == null ? null : serdes.write(topic.name(), value);
            producer.send(new ProducerRecord<>(topic.name(), partition, key.getBytes(StandardCharsets.UTF_8), octets))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("what was wanted was not acknowledged: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while it was published", e);
        }
    }
}
