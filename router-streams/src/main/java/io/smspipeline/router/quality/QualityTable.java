package io.smspipeline.router.quality;

import io.smspipeline.record.ProviderQuality;
import io.smspipeline.router.wire.StreamSerdes;
import io.smspipeline.router.wire.Unreadable;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was measured, read whole by every instance into a small table in memory, and looked up by the tasks. For the stream
 * thread of its task.
 */
public final class QualityTable implements Measured {
    private static final Logger LOG = LoggerFactory.getLogger(QualityTable.class);
    private static final String STORE = "provider-quality";

    /** Decoding at each message would cost more than choosing does. */
    private static final long LOOK_EVERY = 1_000;

    private final Topic<ProviderQuality> topic;
    private final StreamSerdes serdes;
    private final ProcessorContext<?, ?> context;
    private final ReadOnlyKeyValueStore<String, byte[]> store;
    private final Map<String, Quality> looked = new HashMap<>();
    private long lookedAt;

    /** Over the table that {@link #addTo} added to the topology of this task. */
    public QualityTable(Topics topics, StreamSerdes serdes, ProcessorContext<?, ?> context) {
        this.topic = topics.providerQuality();
        this.serdes = serdes;
        this.context = context;
        this.store = context.getStateStore(STORE);
    }

    /** Adds the table, as octets: one that cannot be read must not end the thread that reads for all tasks. */
    public static void addTo(Topology topology, Topics topics) {
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                STORE + "-source",
                Serdes.String().deserializer(),
                Serdes.ByteArray().deserializer(),
                topics.providerQuality().name(),
                STORE + "-keep",
                Keeping::new);
    }

    @Override
    public Quality of(String alias, String country) {
        long now = context.currentSystemTimeMs();
        if (now - lookedAt >= LOOK_EVERY || now < lookedAt) {
            lookedAt = now;
            looked.clear();
        }
        return looked.computeIfAbsent(alias + "|" + country + "|", prefix -> look(prefix, now));
    }

    private Quality look(String prefix, long now) {
        Measurement all = new Measurement(0, 0, 0, now);
        try (KeyValueIterator<String, byte[]> entries = store.prefixScan(prefix, new StringSerializer())) {
            while (entries.hasNext()) {
                ProviderQuality one = read(entries.next());
                if (one != null) {
                    all = all.plus(Measurement.of(one));
                }
            }
        }
        return all.quality();
    }

    private @Nullable ProviderQuality read(KeyValue<String, byte[]> entry) {
        try {
            return serdes.read(topic, entry.value);
        } catch (KafkaException unreadable) {
            if (Unreadable.registryUnreachable(unreadable)) {
                throw unreadable;
            }
            LOG.warn("decode outcome=ignored topic={} key={}: {}", topic.name(), entry.key, unreadable.getMessage());
            return null;
        }
    }

    /** For the one thread that reads tables. */
    private static final class Keeping implements Processor<String, byte[], Void, Void> {
        private @Nullable KeyValueStore<String, byte[]> store;

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            store = context.getStateStore(STORE);
        }

        @Override
        public void process(Record<String, byte[]> record) {
            Objects.requireNonNull(store).put(record.key(), record.value());
        }
    }
}
