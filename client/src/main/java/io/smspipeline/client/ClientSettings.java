package io.smspipeline.client;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * One Kafka configuration as an application has it, turned into that of each client made from it. What a promise rests on is
 * set whatever was configured. Immutable.
 */
final class ClientSettings {
    private final Map<String, Object> configured;

    ClientSettings(Map<String, ?> configured) {
        this.configured = Map.copyOf(configured);
    }

    /** Those of a properties object, its defaults included. */
    static Map<String, String> of(Properties properties) {
        Map<String, String> map = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            map.put(name, properties.getProperty(name));
        }
        return map;
    }

    /** As configured, for serializers. */
    Map<String, Object> all() {
        return configured;
    }

    /** For a producer whose acknowledgement means replicated, and which neither repeats nor reorders. */
    Map<String, Object> producer(String purpose) {
        Map<String, Object> settings = new HashMap<>(configured);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        settings.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 2);
        return named(settings, purpose);
    }

    /** For the member of a group. */
    Map<String, Object> member(String group) {
        Map<String, Object> settings = new HashMap<>(configured);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        return named(settings, group);
    }

    /** For an administrator of topics. */
    Map<String, Object> admin(String group) {
        return named(new HashMap<>(configured), group);
    }

    /** For a consumer that belongs to no group and begins where the topic ends. */
    Map<String, Object> follower(String purpose) {
        Map<String, Object> settings = new HashMap<>(configured);
        settings.keySet().removeIf(key -> key.startsWith("group."));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // Interceptors are of one kind of client; those configured beside a publisher are a producer's.
        settings.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
        return named(settings, purpose);
    }

    private static Map<String, Object> named(Map<String, Object> settings, String purpose) {
        settings.merge(CommonClientConfigs.CLIENT_ID_CONFIG, purpose, (given, ours) -> given + "-" + ours);
        return settings;
    }
}
