package io.smspipeline.service.settings;

import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.settings.Section;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Section {@code kafka}, passed through verbatim to every client, and the registry that goes with it. A key that begins with
 * {@code producer.}, {@code consumer.}, {@code admin.} or {@code streams.} reaches that kind of client alone and wins over the
 * same key without it. Keys the promises rest on are refused: see {@link #read}. Immutable.
 *
 * @param properties as written; {@code bootstrap.servers} is among them
 */
public record KafkaSettings(Map<String, String> properties, SchemaRegistrySettings registry) {
    /** The environment variable that names the brokers, for messages. */
    public static final String BOOTSTRAP_VARIABLE = "SMS_KAFKA__BOOTSTRAP_SERVERS";

    private static final String SECTION = "kafka";
    private static final Pattern BROKER = Pattern.compile("(?:[A-Z_]+://)?(?:\\[[^\\]]+\\]|[^:,\\s]+):\\d{1,5}");
    private static final List<String> KINDS = List.of("producer.", "consumer.", "admin.", "streams.");
    /** Each process sets these itself; a value for all of them would break every one but one. */
    private static final Set<String> OURS = Set.of(
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            "application.id",
            "application.server",
            "processing.guarantee",
            "state.dir");

    public KafkaSettings {
        properties = Map.copyOf(properties);
    }

    /** The brokers at these addresses and the registry at this one, everything else as Kafka has it. */
    public static KafkaSettings at(String bootstrapServers, String registryUrl) {
        return new KafkaSettings(
                Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new SchemaRegistrySettings(List.of(URI.create(registryUrl)), Optional.empty(), true));
    }

    /**
     * Reads sections {@code kafka} and {@code schema-registry}. Faults are recorded for what would break a promise:
     * {@code acks} other than all, idempotence or {@code read_committed} off, automatic commits, and the ids and key
     * serializers each process sets itself.
     */
    public static KafkaSettings read(Section root) {
        Map<String, String> properties =
                root.map(SECTION, Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092"));
        String brokers = properties.getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "");
        for (String broker : brokers.split(",", -1)) {
            if (!BROKER.matcher(broker.strip()).matches()) {
                root.fault(
                        "kafka.bootstrap.servers",
                        (broker.isBlank() ? "an empty address" : broker.strip()) + " is not host:port",
                        "write addresses such as localhost:9092, separated by commas, or set " + BOOTSTRAP_VARIABLE);
            }
        }
        properties.forEach((key, value) -> refuse(root, key, value));
        return new KafkaSettings(properties, SchemaRegistrySettings.read(root));
    }

    private static void refuse(Section root, String key, String value) {
        String name = withoutKind(key);
        String given = value.strip().toLowerCase(Locale.ROOT);
        String because = switch (name) {
            case ProducerConfig.ACKS_CONFIG ->
                given.equals("all") || given.equals("-1")
                        ? ""
                        : "is " + value + ", but an acknowledgement must mean that the record is replicated";
            case ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG ->
                given.equals("false") ? "is false, but a retry of the client must not write a record twice" : "";
            case ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG ->
                given.equals("true") ? "is true, but an offset is committed only when its record is done" : "";
            case ConsumerConfig.ISOLATION_LEVEL_CONFIG ->
                given.equals("read_committed")
                        ? ""
                        : "is " + value + ", but an aborted transaction's records must not be read";
            default -> OURS.contains(name) ? "is set by each process itself" : "";
        };
        if (!because.isEmpty()) {
            root.fault(SECTION + "." + key, because, "remove it");
        }
    }

    public String bootstrapServers() {
        return properties.getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "");
    }

    /** Properties of an admin client. */
    public Map<String, Object> admin(String clientId) {
        return of("admin.", clientId);
    }

    /**
     * Properties of a producer without serializers: idempotent, acks from all in-sync replicas, lz4 unless configured.
     *
     * @param clientId shown in the broker's logs and metrics
     */
    public Map<String, Object> producer(String clientId) {
        Map<String, Object> producer = of("producer.", clientId);
        producer.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        producer.put(ProducerConfig.ACKS_CONFIG, "all");
        producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return producer;
    }

    /** Properties of a consumer without group and deserializers: reads committed records, commits nothing by itself. */
    public Map<String, Object> consumer(String clientId) {
        Map<String, Object> consumer = of("consumer.", clientId);
        consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return consumer;
    }

    /** Properties of a Streams application; {@code producer.}, {@code consumer.} and {@code admin.} keys stay as Streams knows them. */
    public Map<String, Object> streams(String applicationId) {
        Map<String, Object> streams = of("streams.", applicationId);
        properties.forEach((key, value) -> {
            if (!key.equals(withoutKind(key)) && !key.startsWith("streams.")) {
                streams.put(key, value);
            }
        });
        streams.put("application.id", applicationId);
        return streams;
    }

    /** The serializer and deserializer of the configuration, ours unless it names others. */
    public RecordSerdes serdes() {
        Map<String, Object> configuration = of("", "serdes");
        configuration.remove(CommonClientConfigs.CLIENT_ID_CONFIG);
        return RecordSerdes.from(configuration);
    }

    private Map<String, Object> of(String kind, String clientId) {
        Map<String, Object> chosen = new HashMap<>(registry.properties());
        properties.forEach((key, value) -> {
            if (key.equals(withoutKind(key))) {
                chosen.put(key, value);
            }
        });
        if (!kind.isEmpty()) {
            properties.forEach((key, value) -> {
                if (key.startsWith(kind)) {
                    chosen.put(key.substring(kind.length()), value);
                }
            });
        }
        chosen.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        return chosen;
    }

    private static String withoutKind(String key) {
        for (String kind : KINDS) {
            if (key.startsWith(kind)) {
                return key.substring(kind.length());
            }
        }
        return key;
    }

    /** Only the addresses: the properties hold passwords. */
    @Override
    public String toString() {
        return "KafkaSettings[" + bootstrapServers() + ", registry " + registry.urls() + "]";
    }
}
