package io.smspipeline.sender;

import io.micrometer.core.instrument.MeterRegistry;
import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.InboundSink;
import io.smspipeline.provider.InboundSource;
import io.smspipeline.provider.Instance;
import io.smspipeline.provider.Pace;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.Replica;
import io.smspipeline.provider.Wiring;
import io.smspipeline.record.MoPart;
import io.smspipeline.record.Receipt;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.schemas.registry.RegistrySettings;
import io.smspipeline.schemas.registry.RestSchemaRegistry;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.schemas.topic.TopicScale;
import io.smspipeline.schemas.topic.TopicSetup;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.sender.control.BreakerSettings;
import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker with topics of one test's own, for senders of provider {@code acme}. */
final class Cluster implements AutoCloseable {
    static final String ALIAS = "acme";
    private static final int PARTITIONS = 3;

    final Topics topics = new Topics("t" + UUID.randomUUID() + ".");
    final RecordSerdes serdes;
    private final KafkaEnv env;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> router;

    Cluster(KafkaEnv env) {
        this.env = env;
        Map<String, Object> kafka = Map.of("bootstrap.servers", env.bootstrapServers());
        Map<String, Object> registry = Map.of("schema.registry.url", env.registryUrl());
        serdes = RecordSerdes.from(registry);
        admin = Admin.create(kafka);
        router = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
        new TopicSetup(
                        admin,
                        new RestSchemaRegistry(RegistrySettings.from(registry)),
                        topics,
                        new TopicScale(PARTITIONS, PARTITIONS, 1, 1))
                .apply(List.of(ALIAS));
    }

    /** What a process would read of its configuration. A sender that is gone is missed after a second. */
    String yaml() {
        return """
                kafka:
                  bootstrap.servers: %s
                  consumer.session.timeout.ms: "1500"
                  consumer.heartbeat.interval.ms: "300"
                schema-registry: {url: "%s"}
                topics: {prefix: "%s"}
                """.formatted(env.bootstrapServers(), env.registryUrl(), topics.prefix());
    }

    ServiceSettings settings() {
        return ServiceSettings.read(
                Settings.parse(yaml(), Map.of(), ServiceSettings.TOP_LEVEL).root());
    }

    /** A sender as the number-th process, started. */
    SenderService sender(
            int number,
            Provider provider,
            Pace pace,
            Duration drain,
            MeterRegistry meters,
            Consumer<Throwable> failed) {
        SenderService sender = new SenderService(
                new SenderSettings(new Instance(number, Replica.ONLY), drain, BreakerSettings.DEFAULT),
                settings(),
                serdes,
                List.of(new Account(provider, pace)),
                new Nothing(),
                meters,
                Clock.systemUTC(),
                failed);
        sender.start();
        sender.feed();
        return sender;
    }

    private record Account(Provider provider, Pace pace) implements ConfiguredProvider {
        @Override
        public String alias() {
            return provider.alias();
        }

        @Override
        public String type() {
            return "scripted";
        }

        @Override
        public Provider open(Wiring wiring) {
            return provider;
        }

        @Override
        public Optional<InboundSource> openInbound(Wiring wiring) {
            return Optional.empty();
        }
    }

    private static final class Nothing implements InboundSink {
        @Override
        public CompletionStage<Void> receipt(Receipt receipt, String correlationId) {
            throw new AssertionError("nothing comes in here");
        }

        @Override
        public CompletionStage<Void> mo(MoPart part) {
            return CompletableFuture.failedFuture(new AssertionError("nothing comes in here"));
        }
    }

    /** Publishes as routing does; returns when Kafka has everything. */
    void route(Lane lane, List<RoutedMessage> messages) {
        String topic = topics.submit(ALIAS, lane).name();
        publish(
                topic,
                messages.stream().map(message -> serdes.write(topic, message)).toList());
    }

    /** Publishes octets, over the partitions in turn. */
    void publish(String topic, List<byte[]> values) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            byte[] key = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
            sent.add(router.send(new ProducerRecord<>(topic, i % PARTITIONS, key, values.get(i))));
        }
        sent.forEach(Cluster::got);
    }

    /** Everything committed on a topic by now. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        Map<String, Object> settings =
                new HashMap<>(Map.of("bootstrap.servers", env.bootstrapServers(), "isolation.level", "read_committed"));
        List<TopicPartition> partitions = partitions(topic);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    /** As records of ours. */
    <T> List<T> read(String topic, Function<byte[], T> reading) {
        return read(topic).stream().map(record -> reading.apply(record.value())).toList();
    }

    private static List<TopicPartition> partitions(String topic) {
        return Stream.iterate(0, number -> number + 1)
                .limit(PARTITIONS)
                .map(number -> new TopicPartition(topic, number))
                .toList();
    }

    /** Whether the group has finished everything on the submit topics, up to their very ends. */
    boolean allCommitted() {
        Map<TopicPartition, OffsetAndMetadata> committed =
                got(admin.listConsumerGroupOffsets(topics.prefix() + "sender-" + ALIAS)
                        .partitionsToOffsetAndMetadata());
        for (Lane lane : Lane.values()) {
            for (TopicPartition partition :
                    partitions(topics.submit(ALIAS, lane).name())) {
                long end = got(admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                                .partitionResult(partition))
                        .offset();
                OffsetAndMetadata position = committed.get(partition);
                if (end > 0 && (position == null || position.offset() < end)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static <T> T got(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        router.close();
        admin.close();
    }
}
