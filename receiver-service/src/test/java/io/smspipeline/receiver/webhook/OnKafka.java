package io.smspipeline.receiver.webhook;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smspipeline.provider.InboundSink;
import io.smspipeline.provider.InboundTopics;
import io.smspipeline.provider.twilio.TwilioWebhooks;
import io.smspipeline.record.MoPart;
import io.smspipeline.record.Receipt;
import io.smspipeline.schemas.registry.RegistrySettings;
import io.smspipeline.schemas.registry.RestSchemaRegistry;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.TopicScale;
import io.smspipeline.schemas.topic.TopicSetup;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.service.publish.PublishLimits;
import io.smspipeline.service.publish.Publisher;
import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;

/** A webhook server of one Twilio account over a real broker, which tells what Kafka acknowledged and when. */
final class OnKafka implements AutoCloseable {
    private final Map<String, Object> kafka;
    private final Topics topics;
    private final RecordSerdes serdes;
    private final Publisher publisher;
    private final WebhookServer server;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Consumer<String> acknowledged;

    /** @param acknowledged told the provider's id of each record once Kafka has it, before the provider is */
    OnKafka(String bootstrapServers, String registryUrl, String prefix, Consumer<String> acknowledged) {
        this.acknowledged = acknowledged;
        kafka = Map.of("bootstrap.servers", bootstrapServers, "schema.registry.url", registryUrl);
        topics = new Topics(prefix);
        serdes = RecordSerdes.from(Map.of("schema.registry.url", registryUrl));
        try (Admin admin = Admin.create(kafka)) {
            new TopicSetup(admin, new RestSchemaRegistry(RegistrySettings.from(kafka)), topics, TopicScale.LOCAL)
                    .apply(List.of("us"));
        }
        Settings settings = Settings.parse(
                "kafka: {bootstrap.servers: \"%s\"}\nschema-registry: {url: \"%s\"}"
                        .formatted(bootstrapServers, registryUrl),
                Map.of(),
                ServiceSettings.TOP_LEVEL);
        publisher = Publisher.open(
                ServiceSettings.read(settings.root()).kafka(),
                "webhooks",
                PublishLimits.PROMPT,
                List.of(topics.receipt().name(), topics.mo().name()),
                meters);
        Awaitility.await("connected to Kafka").atMost(Duration.ofSeconds(60)).until(publisher::ready);
        server = WebhookServer.start(
                new HttpSettings("127.0.0.1", 0, "s3cret", Optional.empty(), List.of(), 65_536),
                List.of(new TwilioWebhooks("us", TwilioCalls.TOKEN, Clock.systemUTC())),
                noting(new InboundTopics(topics, publisher::publish)),
                meters);
    }

    private InboundSink noting(InboundSink next) {
        return new InboundSink() {
            @Override
            public CompletionStage<Void> receipt(Receipt receipt, String correlationId) {
                return next.receipt(receipt, correlationId)
                        .thenRun(() -> acknowledged.accept(receipt.getProviderMessageId()));
            }

            @Override
            public CompletionStage<Void> mo(MoPart part) {
                return next.mo(part).thenRun(() -> acknowledged.accept(part.getId()));
            }
        };
    }

    String url(String kind) {
        return "http://127.0.0.1:" + server.port() + "/s3cret/us/" + kind;
    }

    int port() {
        return server.port();
    }

    /** How many calls ended so, by the word the metric has for it. */
    double counted(String result) {
        return meters.get("sms.receiver.webhooks")
                .tag("provider", "us")
                .tag("result", result)
                .counter()
                .count();
    }

    /** How often each id lies on the topic of receipts. */
    Map<String, Integer> receipts() {
        Map<String, Integer> ids = new HashMap<>();
        read(
                topics.receipt(),
                record -> ids.merge(serdes.read(topics.receipt(), record).getProviderMessageId(), 1, Integer::sum));
        return ids;
    }

    /** How often each id lies on the topic of messages from handsets. */
    Map<String, Integer> parts() {
        Map<String, Integer> ids = new HashMap<>();
        read(topics.mo(), record -> ids.merge(serdes.read(topics.mo(), record).getId(), 1, Integer::sum));
        return ids;
    }

    private <V extends SpecificRecord> void read(Topic<V> topic, Consumer<byte[]> each) {
        List<TopicPartition> partitions = IntStream.range(0, TopicScale.LOCAL.partitions())
                .mapToObj(number -> new TopicPartition(topic.name(), number))
                .toList();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> each.accept(record.value()));
            }
        }
    }

    @Override
    public void close() {
        server.close();
        publisher.close();
    }
}
