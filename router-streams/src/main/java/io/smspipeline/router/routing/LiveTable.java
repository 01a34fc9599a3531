package io.smspipeline.router.routing;

import io.smspipeline.router.wire.StreamSerdes;
import io.smspipeline.router.wire.Unreadable;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.settings.SettingsException;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serdes;
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
 * The table in force: the highest version of {@code sms.routes} that is sound, or the file's while there is none. Every
 * instance reads all versions before it decides the first message; a version that comes later is in force from the next
 * message on. Safe for use by many threads.
 */
final class LiveTable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTable.class);
    private static final String STORE = "routes";

    private final Topic<io.smspipeline.record.RouteTable> topic;
    private final StreamSerdes serdes;
    private final AtomicLong heard = new AtomicLong();
    private volatile long looked;
    private volatile RouteTable current;

    /** @param file what the configuration file says, in force until a version is published */
    LiveTable(RouteTable file, Topics topics, StreamSerdes serdes) {
        this.current = file;
        this.topic = topics.routes();
        this.serdes = serdes;
    }

    /** Adds the versions, as octets: one that cannot be read must not end the thread that reads for all tasks. */
    void addTo(Topology topology) {
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                STORE + "-source",
                Serdes.String().deserializer(),
                Serdes.ByteArray().deserializer(),
                topic.name(),
                STORE + "-keep",
                Keeping::new);
    }

    /**
     * To be asked once for each decision.
     *
     * @param context of the task that asks
     */
    RouteTable current(ProcessorContext<?, ?> context) {
        long now = heard.get();
        if (now != looked) {
            look(context.getStateStore(STORE), now);
        }
        return current;
    }

    private synchronized void look(ReadOnlyKeyValueStore<String, byte[]> store, long now) {
        if (now == looked) {
            return;
        }
        TreeMap<Long, io.smspipeline.record.RouteTable> newer = new TreeMap<>();
        try (KeyValueIterator<String, byte[]> versions = store.all()) {
            while (versions.hasNext()) {
                KeyValue<String, byte[]> entry = versions.next();
                io.smspipeline.record.RouteTable version = read(entry);
                if (version != null && version.getVersion() > current.version()) {
                    newer.put(version.getVersion(), version);
                }
            }
        }
        newer.descendingMap().values().stream()
                .map(this::sound)
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(table -> {
                    LOG.info(
                            "routes version={} rules={} outcome=in-force",
                            table.version(),
                            table.rules().size());
                    current = table;
                });
        looked = now;
    }

    private io.smspipeline.record.@Nullable RouteTable read(KeyValue<String, byte[]> entry) {
        try {
            return serdes.read(topic, entry.value);
        } catch (KafkaException unreadable) {
            if (Unreadable.registryUnreachable(unreadable)) {
                throw unreadable;
            }
            LOG.error("routes key={} outcome=ignored: {}", entry.key, unreadable.getMessage());
            return null;
        }
    }

    private Optional<RouteTable> sound(io.smspipeline.record.RouteTable version) {
        try {
            return Optional.of(RouteTable.parse(
                    version.getVersion(), version.getContent(), current.providers(), current.policy()));
        } catch (SettingsException e) {
            LOG.error(
                    "routes version={} outcome=refused, version {} stays in force: {}",
                    version.getVersion(),
                    current.version(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** For the one thread that reads tables. */
    private final class Keeping implements Processor<String, byte[], Void, Void> {
        private @Nullable KeyValueStore<String, byte[]> store;

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            store = context.getStateStore(STORE);
        }

        @Override
        public void process(Record<String, byte[]> record) {
            Objects.requireNonNull(store).put(record.key(), record.value());
            heard.incrementAndGet();
        }
    }
}
