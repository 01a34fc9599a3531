package io.smspipeline.sender.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.record.ControlMode;
import io.smspipeline.record.ProviderControl;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.service.start.StartUpFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators want, over a real broker. */
@ExtendWith(KafkaEnvExtension.class)
class ControlTableTest {
    private final KafkaEnv env;
    private final Topic<ProviderControl> topic = new Topics("t" + UUID.randomUUID() + ".").providerControl();
    private final RecordSerdes serdes;
    private final KafkaProducer<byte[], byte[]> operator;
    private final Map<String, ControlMode> obeyed = new ConcurrentHashMap<>();

    ControlTableTest(KafkaEnv env) {
        this.env = env;
        this.serdes = RecordSerdes.from(Map.of("schema.registry.url", env.registryUrl()));
        this.operator = new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", env.bootstrapServers());
    }

    @AfterEach
    void close() {
        operator.close();
    }

    private void wants(String alias, @Nullable ControlMode mode) {
        byte[] value = mode == null
                ? null
                : serdes.write(topic.name(), new ProviderControl(alias, mode, "test", Instant.EPOCH));
        operator.send(new ProducerRecord<>(topic.name(), alias.getBytes(StandardCharsets.UTF_8), value));
        operator.flush();
    }

    private ControlTable open() {
        return ControlTable.open(kafka(), topic, serdes, obeyed::put);
    }

    @Test
    void what_was_wanted_before_is_obeyed_before_anything_begins_and_what_is_wanted_later_soon() {
        env.createTopic(topic.name(), 1);
        wants("acme", ControlMode.DRAIN);
        wants("acme", ControlMode.PAUSE);

        try (ControlTable table = open()) {
            assertThat(obeyed).containsExactly(Map.entry("acme", ControlMode.PAUSE));
            wants("acme", null);
            wants("other", ControlMode.DRAIN);

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> obeyed.equals(Map.of("acme", ControlMode.RUN, "other", ControlMode.DRAIN)));
        }
    }

    @Test
    void a_wish_that_cannot_be_read_is_passed_over() {
        env.createTopic(topic.name(), 1);
        operator.send(
                new ProducerRecord<>(topic.name(), "acme".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3}));
        wants("other", ControlMode.PAUSE);

        try (ControlTable table = open()) {
            assertThat(obeyed).containsExactly(Map.entry("other", ControlMode.PAUSE));
        }
    }

    @Test
    void a_topic_that_is_missing_is_said_to_be_missing() {
        assertThatThrownBy(this::open)
                .isInstanceOf(StartUpFault.class)
                .hasMessageContaining(topic.name())
                .hasMessageContaining("./sms topics apply");
    }
}
