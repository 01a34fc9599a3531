package io.smspipeline.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.localkafka.broker.BrokerSettings;
import io.smspipeline.localkafka.broker.LocalBroker;
import io.smspipeline.localkafka.registry.LocalRegistry;
import io.smspipeline.record.MoPart;
import io.smspipeline.schemas.registry.RegistrySettings;
import io.smspipeline.schemas.registry.RestSchemaRegistry;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.TopicScale;
import io.smspipeline.schemas.topic.TopicSetup;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.service.drain.Service;
import io.smspipeline.service.health.Check;
import io.smspipeline.service.health.HealthChecks;
import io.smspipeline.service.metrics.ProcessMetrics;
import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.service.start.SharedParts;
import io.smspipeline.settings.Settings;
import io.smspipeline.simulator.smsc.Behaviour;
import io.smspipeline.simulator.smsc.SimulatedSmsc;
import io.smspipeline.simulator.smsc.SmscSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker stops and comes back while an SMSC has messages to deliver. A broker of its own, as others would miss theirs. */
class KafkaAwayTest {
    private static final int WHILE_AWAY = 200;

    private final Topics topics = new Topics("");
    private final HealthChecks health = new HealthChecks();
    private final Service service = Service.named("receiver", health);

    @AfterEach
    void close() {
        service.close();
    }

    private static ConditionFactory eventually() {
        return await().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofSeconds(90));
    }

    @Test
    void nothing_is_answered_ok_while_kafka_is_away_and_nothing_is_missing_when_it_is_back(@TempDir Path data)
            throws Exception {
        LocalBroker broker = LocalBroker.start(BrokerSettings.in(data.resolve("kafka")));
        BrokerSettings again = broker.settings().withPort(broker.port());
        try (SimulatedSmsc smsc = SimulatedSmsc.start(SmscSettings.forTests()
                        .withBehaviour(Behaviour.prompt()
                                .with()
                                .redeliveryDelay(Duration.ofMillis(500))
                                .build()));
                LocalRegistry registry = LocalRegistry.start(broker.bootstrapServers(), 0)) {
            start(broker, registry, smsc, data);
            smsc.sendFromHandset("447700900000", "12345", "before");
            eventually().until(() -> smsc.figures().mosAcked() == 1);

            broker.close();
            for (int i = 1; i <= WHILE_AWAY; i++) {
                smsc.sendFromHandset("447700900" + (100 + i), "12345", "while away");
            }
            eventually().until(() -> smsc.figures().mosRefused() >= WHILE_AWAY);
            assertThat(smsc.figures().mosAcked()).isEqualTo(1);
            assertThat(health.readiness().get("receiver to Kafka").up()).isFalse();

            broker = LocalBroker.start(again);
            eventually().until(() -> smsc.figures().mosAcked() == 1 + WHILE_AWAY);

            assertThat(handsets(broker, registry)).hasSize(1 + WHILE_AWAY);
            eventually().until(() -> health.readiness().values().stream().allMatch(Check::up));
            service.close();
        } finally {
            broker.close();
        }
    }

    private void start(LocalBroker broker, LocalRegistry registry, SimulatedSmsc smsc, Path data) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        RegistrySettings subjects = RegistrySettings.from(Map.of("schema.registry.url", registry.url()));
        try (Admin admin = Admin.create(kafka)) {
            new TopicSetup(admin, new RestSchemaRegistry(subjects), topics, TopicScale.LOCAL).apply(List.of("primary"));
        }
        Settings settings = Settings.parse(
                """
                kafka: {bootstrap.servers: "%s"}
                schema-registry: {url: "%s"}
                providers:
                  - {alias: primary, type: smpp, host: 127.0.0.1, port: %d, system-id: demo, password: secret,
                     from: "12345"}
                """.formatted(broker.bootstrapServers(), registry.url(), smsc.port()),
                Map.of(),
                ServiceSettings.TOP_LEVEL);
        ReceiverBlueprint blueprint = new ReceiverBlueprint();
        ReceiverBlueprint.Settings own = blueprint.read(settings.root());
        ServiceSettings shared = ServiceSettings.read(settings.root());
        settings.faults().throwIfAny();
        ProcessMetrics metrics = service.add("metrics", new ProcessMetrics());
        blueprint.start(
                service,
                own,
                new SharedParts(shared, shared.kafka().serdes(), health, metrics.registry(), Clock.systemUTC(), data));
        service.started();
        eventually().until(() -> health.readiness().values().stream().allMatch(Check::up));
    }

    /** Who wrote, each once. */
    private Set<String> handsets(LocalBroker broker, LocalRegistry registry) {
        RecordSerdes serdes = RecordSerdes.from(Map.of("schema.registry.url", registry.url()));
        String topic = topics.mo().name();
        List<TopicPartition> partitions = IntStream.range(0, TopicScale.LOCAL.partitions())
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
        Set<String> handsets = new TreeSet<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> handsets.add(
                                serdes.read(topic, MoPart.class, record.value()).getFrom()));
            }
        }
        return handsets;
    }
}
