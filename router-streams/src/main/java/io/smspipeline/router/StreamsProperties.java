package io.smspipeline.router;

import io.smspipeline.router.wire.Unreadable;
import io.smspipeline.service.settings.ServiceSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Properties of each application. What is put first may be overridden by section {@code kafka} of the configuration; what is
 * put last may not, since promises rest on it.
 */
final class StreamsProperties {
    private static final int MIB = 1024 * 1024;

    /** Of records in the heap; what is not in it is in the memory that the stores share. Each octet counted here costs three. */
    private static final int CACHE = 6 * MIB;

    private final RouterSettings router;
    private final ServiceSettings service;
    private final int replicas;
    private final Path data;
    private final StoreMemory memory;
    private final Clock clock;

    /** @param replicas copies of each partition of the topics the applications make for themselves */
    StreamsProperties(
            RouterSettings router, ServiceSettings service, int replicas, Path data, StoreMemory memory, Clock clock) {
        this.router = router;
        this.service = service;
        this.replicas = replicas;
        this.data = data;
        this.memory = memory;
        this.clock = clock;
    }

    Properties of(Application application) {
        String id = application.id(service.topics().topics());
        Map<String, Object> all = new HashMap<>(shared());
        all.putAll(
                switch (application) {
                    case ROUTER_HIGH -> prompt(25);
                    case ROUTER_BULK -> prompt(100);
                    case STATUS -> busiest();
                    case INBOUND -> lazy();
                });
        all.putAll(service.kafka().streams(id));
        all.putAll(ours(id));
        Properties properties = new Properties();
        properties.putAll(all);
        return properties;
    }

    private Map<String, Object> shared() {
        Map<String, Object> shared = new HashMap<>();
        shared.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, router.threads());
        // What goes wrong in a global store is handled like what goes wrong elsewhere.
        shared.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        // The assignor reads it of the consumer, and else warns of its absence at each start.
        shared.put(
                StreamsConfig.consumerPrefix(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG), true);
        shared.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replicas);
        shared.put(
                StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
                Math.min(replicas, service.topics().scale().minInSyncReplicas()));
        shared.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        // The next transaction begins while brokers still write the markers of the last: refused then, it asks again.
        shared.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 20);
        // With a backlog the buffers are full, of four applications: the defaults come to hundreds of MiB of heap.
        shared.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), 8 * MIB);
        shared.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), 4 * MIB);
        shared.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), MIB / 4);
        // No topology of ours depends on the order between two topics. Waiting for it would cost a tenth of the CPU.
        shared.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        // A classic member that was killed is waited for: with its static id it takes its place again at once.
        int session = (int) router.sessionTimeout().toMillis();
        shared.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), session);
        shared.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), session / 4);
        return shared;
    }

    /**
     * A message waits for the commit before its sender may read it, so commits are short; but each writes markers to every
     * partition it touched and all their replicas, so not shorter than the messages need: where three brokers take a third of a
     * second for a commit, an interval of 50 ms leaves a seventh of the time for messages. At low rates a commit should not wait
     * long for an idle poll either, though each look costs an idle process its time. A commit sends what still lingers: batches
     * that wait for company delay nobody.
     */
    private static Map<String, Object> prompt(int commitMillis) {
        return Map.of(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                commitMillis,
                StreamsConfig.POLL_MS_CONFIG,
                25,
                StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
                commitMillis / 2);
    }

    /** A status may be a fifth of a second late, and costs much less for it: most of the brokers' work is its commits. */
    private static Map<String, Object> lazy() {
        return Map.of(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                200,
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG),
                64 * 1024,
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG),
                50,
                StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
                50,
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                CACHE);
    }

    /** Most of the router's work: it would end after the rest of it, on one CPU. */
    private Map<String, Object> busiest() {
        Map<String, Object> busiest = new HashMap<>(lazy());
        busiest.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2 * router.threads());
        return busiest;
    }

    private Map<String, Object> ours(String id) {
        Map<String, Object> ours = new HashMap<>();
        ours.put(StreamsConfig.APPLICATION_ID_CONFIG, id);
        ours.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        ours.put(StreamsConfig.STATE_DIR_CONFIG, data.toString());
        ours.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        // "streams" and a static id exclude each other.
        ours.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        ours.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id + "-" + router.replica());
        // A group that is new begins with what is there already.
        ours.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        ours.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoreMemory.Shared.class);
        ours.put(StoreMemory.PROPERTY, memory);
        ours.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, Unreadable.class);
        ours.put(Unreadable.TOPIC, service.topics().topics().deadLetter());
        ours.put(Unreadable.CLOCK, clock);
        return ours;
    }
}
