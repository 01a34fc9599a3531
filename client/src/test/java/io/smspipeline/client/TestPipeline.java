package io.smspipeline.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.InboundMessage;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics an application meets, with a prefix of their own, and a hand that plays the pipeline behind them. */
final class TestPipeline implements AutoCloseable {
    static final int PARTITIONS = 3;

    final Topics topics = new Topics(UUID.randomUUID() + ".");
    final Map<String, Object> kafka = new HashMap<>();
    final RecordSerdes serdes;
    private final KafkaProducer<byte[], byte[]> producer;

    TestPipeline(KafkaEnv env) throws Exception {
        kafka.put("bootstrap.servers", env.bootstrapServers());
        kafka.put("schema.registry.url", env.registryUrl());
        serdes = RecordSerdes.from(kafka);
        List<String> names = List.of(
                topics.outgoing().name(),
                topics.outgoingHigh().name(),
                topics.status().name(),
                topics.inbound().name(),
                topics.deadLetter());
        names.forEach(name -> env.createTopic(name, PARTITIONS));
        try (Admin admin = Admin.create(kafka)) {
            // Until each leader answers, an idempotent producer's first batches may be taken out of order.
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            names.forEach(name -> partitions(name).forEach(partition -> ends.put(partition, OffsetSpec.latest())));
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> admin.listOffsets(ends).all().get().size() == ends.size());
        }
        producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static MessageStatus status(String messageId, MessageState state, boolean last) {
        return MessageStatus.newBuilder()
                .setMessageId(messageId)
                .setTo("+447700900123")
                .setState(state)
                .setFinal$(last)
                .setAt(Instant.parse("2026-11-21T09:00:00Z"))
                .build();
    }

    static MessageStatus rejected(String messageId, FailureCode code, String reason) {
        MessageStatus status = status(messageId, MessageState.REJECTED, true);
        status.setFailure(new Failure(code, reason, null, null, true));
        return status;
    }

    static InboundMessage inbound(String from, String text) {
        return InboundMessage.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setProvider("primary")
                .setFrom(from)
                .setTo("12345")
                .setText(text)
                .setReceivedAt(Instant.parse("2026-11-21T09:00:00Z"))
                .build();
    }

    void tells(MessageStatus status) {
        publish(topics.status(), status.getMessageId(), status);
    }

    void tells(MessageStatus status, String header, String value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topics.status().name(),
                status.getMessageId().getBytes(UTF_8),
                serdes.write(topics.status().name(), status));
        record.headers().add(header, value.getBytes(UTF_8));
        publish(record);
    }

    void tells(InboundMessage message) {
        publish(topics.inbound(), message.getFrom(), message);
    }

    <V extends SpecificRecord> void publish(Topic<V> topic, String key, V value) {
        publish(topic.name(), key, serdes.write(topic.name(), value));
    }

    void publish(String topic, String key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value));
    }

    void publish(ProducerRecord<byte[], byte[]> record) {
        producer.send(record);
    }

    /** All records that lie in a topic now. */
    List<ConsumerRecord<byte[], byte[]>> contents(String topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
        }
        return all;
    }

    private static List<TopicPartition> partitions(String topic) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.add(new TopicPartition(topic, i));
        }
        return partitions;
    }

    @Override
    public void close() {
        producer.close();
    }
}
