package io.smspipeline.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.record.MoPart;
import io.smspipeline.schemas.registry.RegistrySettings;
import io.smspipeline.schemas.registry.RestSchemaRegistry;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.TopicScale;
import io.smspipeline.schemas.topic.TopicSetup;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.service.drain.Service;
import io.smspipeline.service.health.HealthChecks;
import io.smspipeline.service.metrics.ProcessMetrics;
import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.service.start.SharedParts;
import io.smspipeline.settings.Settings;
import io.smspipeline.simulator.smsc.SimulatedSmsc;
import io.smspipeline.simulator.smsc.SmscSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole receiver between an SMSC on TCP and a real broker. */
@ExtendWith(KafkaEnvExtension.class)
class ReceiverOnBrokerTest {
    private final HealthChecks health = new HealthChecks();
    private final Service service = Service.named("receiver", health);
    private final Topics topics = new Topics("receiver-test.");
    private SimulatedSmsc smsc;
    private ServiceSettings shared;

    @BeforeEach
    void everything_runs(KafkaEnv env) throws IOException {
        Map<String, Object> kafka =
                Map.of("bootstrap.servers", env.bootstrapServers(), "schema.registry.url", env.registryUrl());
        try (Admin admin = Admin.create(kafka)) {
            new TopicSetup(admin, new RestSchemaRegistry(RegistrySettings.from(kafka)), topics, TopicScale.LOCAL)
                    .apply(List.of("primary"));
        }
        smsc = SimulatedSmsc.start(SmscSettings.forTests());
        Settings settings = Settings.parse(
                """
                kafka: {bootstrap.servers: "%s"}
                schema-registry: {url: "%s"}
                topics: {prefix: receiver-test.}
                providers:
                  - {alias: primary, type: smpp, host: 127.0.0.1, port: %d, system-id: demo, password: secret, from: "12345"}
                """.formatted(env.bootstrapServers(), env.registryUrl(), smsc.port()),
                Map.of(),
                ServiceSettings.TOP_LEVEL);
        ReceiverBlueprint blueprint = new ReceiverBlueprint();
        ReceiverBlueprint.Settings own = blueprint.read(settings.root());
        shared = ServiceSettings.read(settings.root());
        settings.faults().throwIfAny();
        ProcessMetrics metrics = service.add("metrics", new ProcessMetrics());
        blueprint.start(
                service,
                own,
                new SharedParts(
                        shared,
                        shared.kafka().serdes(),
                        health,
                        metrics.registry(),
                        Clock.systemUTC(),
                        Path.of("target")));
        service.started();
        Awaitility.await("bound and connected to Kafka")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(health.readiness().values()).allMatch(check -> check.up()));
    }

    @AfterEach
    void everything_ends_in_order() {
        service.close();
        smsc.close();
    }

    @Test
    void a_message_from_a_handset_is_on_its_topic_under_the_handset_before_the_smsc_hears_ok() {
        smsc.sendFromHandset("447700900123", "12345", "Hello from outside");

        Awaitility.await("the SMSC's message is answered")
                .atMost(Duration.ofSeconds(30))
                .until(() -> smsc.figures().mosAcked() == 1);
        List<ConsumerRecord<byte[], byte[]>> records = all(topics.mo());
        assertThat(records).hasSize(1);
        MoPart part = shared.kafka().serdes().read(topics.mo(), records.get(0).value());
        assertThat(part.getText()).isEqualTo("Hello from outside");
        assertThat(part.getTo()).isEqualTo("12345");
        assertThat(new String(records.get(0).key(), StandardCharsets.UTF_8)).isEqualTo(part.getFrom());
        assertThat(all(topics.receipt())).isEmpty();
    }

    private List<ConsumerRecord<byte[], byte[]>> all(Topic<?> topic) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                shared.kafka().consumer("test"), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        return found;
    }
}
