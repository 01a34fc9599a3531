package io.smspipeline.service.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.record.EventKind;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.service.settings.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same promises on a real broker. */
@Timeout(120)
@ExtendWith(KafkaEnvExtension.class)
class PublisherKafkaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaEnv env;
    private final KafkaSettings kafka;

    PublisherKafkaTest(KafkaEnv env) {
        this.env = env;
        this.kafka = KafkaSettings.at(env.bootstrapServers(), env.registryUrl());
    }

    private Publisher open(String... topics) {
        return Publisher.open(
                kafka, "publisher-test", PublishLimits.PROMPT, List.of(topics), new SimpleMeterRegistry());
    }

    private static LifecycleEvent event(int number) {
        return LifecycleEvent.newBuilder()
                .setMessageId(Integer.toString(number))
                .setTo("+447700900123")
                .setKind(EventKind.NOTED)
                .setAt(Instant.EPOCH)
                .build();
    }

    @Test
    void every_acknowledged_record_is_on_the_topic_in_order_with_key_value_and_headers() {
        Topic<LifecycleEvent> topic = new Topics("publisher-order.").event();
        env.createTopic(topic.name(), 1);
        List<CompletableFuture<RecordMetadata>> outcomes = new ArrayList<>();
        try (Publisher publisher = open(topic.name())) {
            await().atMost(PATIENCE).until(publisher::ready);
            for (int i = 0; i < 2000; i++) {
                outcomes.add(publisher
                        .publish(
                                topic,
                                "key-" + i,
                                event(i),
                                List.of(new RecordHeader("traceparent", "00-x".getBytes(StandardCharsets.UTF_8))))
                        .toCompletableFuture());
            }
            outcomes.forEach(CompletableFuture::join);
        }

        List<ConsumerRecord<byte[], byte[]>> read = read(topic.name(), 2000);
        RecordSerdes serdes = kafka.serdes();

        for (int i = 0; i < 2000; i++) {
            ConsumerRecord<byte[], byte[]> record = read.get(i);
            assertThat(outcomes.get(i).join().offset()).isEqualTo(record.offset());
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("key-" + i);
            assertThat(serdes.read(topic, record.value())).isEqualTo(event(i));
            assertThat(record.headers().lastHeader("traceparent").value())
                    .isEqualTo("00-x".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void a_topic_nobody_created_fails_within_bounded_time_and_harms_no_other() {
        Topic<LifecycleEvent> absent = new Topics("publisher-absent.").event();
        Topic<LifecycleEvent> present = new Topics("publisher-present.").event();
        env.createTopic(present.name(), 1);
        try (Publisher publisher = open(present.name(), absent.name())) {
            CompletionStage<RecordMetadata> failing = publisher.publish(absent, "key", event(1));
            CompletionStage<RecordMetadata> behind = publisher.publish(present, "key", event(2));

            assertThat(failing.toCompletableFuture())
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withMessageContaining("a record was not published to publisher-absent.sms.event");
            assertThat(behind.toCompletableFuture()).succeedsWithin(PATIENCE);
            assertThat(publisher.ready()).isFalse();
        }
    }

    @Test
    void a_record_too_large_for_the_client_fails_with_the_reason() {
        Topic<LifecycleEvent> topic = new Topics("publisher-large.").event();
        env.createTopic(topic.name(), 1);
        LifecycleEvent large = event(1);
        large.setMessageId("x".repeat(2_000_000));
        try (Publisher publisher = open(topic.name())) {
            assertThat(publisher.publish(topic, "key", large).toCompletableFuture())
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withMessageContaining("max.request.size");
        }
    }

    @Test
    void a_broker_that_is_away_fails_records_within_the_timeout_and_blocks_nobody() {
        KafkaSettings away = KafkaSettings.at("127.0.0.1:1", env.registryUrl());
        Topic<LifecycleEvent> topic = new Topics("publisher-away.").event();
        try (Publisher publisher = Publisher.open(
                away,
                "away",
                new PublishLimits(Duration.ofSeconds(1), 100),
                List.of(topic.name()),
                new SimpleMeterRegistry())) {
            List<CompletableFuture<RecordMetadata>> outcomes = new ArrayList<>();
            long before = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                outcomes.add(publisher.publish(topic, "key", event(i)).toCompletableFuture());
            }
            Duration offered = Duration.ofNanos(System.nanoTime() - before);

            assertThat(offered).isLessThan(Duration.ofMillis(900));
            outcomes.forEach(outcome -> assertThat(outcome).failsWithin(PATIENCE));
            assertThat(publisher.unacknowledged()).isZero();
            assertThat(publisher.ready()).isFalse();
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
        List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
        Map<String, Object> properties = new HashMap<>(kafka.consumer("reader"));
        properties.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(read::add);
                return read.size() >= count;
            });
        }
        assertThat(read).hasSize(count);
        return read;
    }
}
