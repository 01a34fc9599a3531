package io.smspipeline.router.provider;

import io.smspipeline.record.ControlMode;
import io.smspipeline.record.ProviderControl;
import io.smspipeline.record.ProviderState;
import io.smspipeline.router.wire.Kept;
import io.smspipeline.router.wire.StreamSerdes;
import io.smspipeline.router.wire.Unreadable;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What senders and operators say of providers, read whole by every instance into two small tables in memory, and looked at by
 * the tasks. For the stream thread of its task.
 */
public final class ProviderTables {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderTables.class);
    private static final String STATE = "provider-state";
    private static final String CONTROL = "provider-control";

    /** Decoding at each message would cost more than choosing does. */
    private static final long LOOK_EVERY = 100;

    private final Topics topics;
    private final StreamSerdes serdes;
    private final ProviderView.Times times;
    private final ProcessorContext<?, ?> context;
    private final ReadOnlyKeyValueStore<String, byte[]> state;
    private final ReadOnlyKeyValueStore<String, byte[]> control;
    private ProviderView view = ProviderView.UNWATCHED;
    private long lookedAt;

    /** Over the tables that {@link #addTo} added to the topology of this task. */
    public ProviderTables(
            Topics topics, StreamSerdes serdes, ProviderView.Times times, ProcessorContext<?, ?> context) {
        this.topics = topics;
        this.serdes = serdes;
        this.times = times;
        this.context = context;
        this.state = context.getStateStore(STATE);
        this.control = context.getStateStore(CONTROL);
    }

    /** Adds both tables. */
    public static void addTo(Topology topology, Topics topics) {
        add(topology, STATE, topics.providerState());
        add(topology, CONTROL, topics.providerControl());
    }

    /** Octets, since a record that cannot be read must not end the thread that reads for all tasks. */
    private static void add(Topology topology, String name, Topic<?> topic) {
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                name + "-source",
                Serdes.String().deserializer(),
                Serdes.ByteArray().deserializer(),
                topic.name(),
                name + "-keep",
                () -> new Kept(name));
    }

    /** As it was a tenth of a second ago, or later. */
    public ProviderView view() {
        long now = context.currentSystemTimeMs();
        if (now - lookedAt >= LOOK_EVERY || now < lookedAt) {
            lookedAt = now;
            view = ProviderView.of(said(), modes(), times, Instant.ofEpochMilli(now));
        }
        return view;
    }

    private List<ProviderState> said() {
        List<ProviderState> said = new ArrayList<>();
        each(state, topics.providerState(), said::add);
        return said;
    }

    private Map<String, ControlMode> modes() {
        Map<String, ControlMode> modes = new HashMap<>();
        each(
                control,
                topics.providerControl(),
                (ProviderControl wanted) -> modes.put(wanted.getAlias(), wanted.getMode()));
        return modes;
    }

    private <V extends SpecificRecord> void each(
            ReadOnlyKeyValueStore<String, byte[]> store, Topic<V> topic, Consumer<V> take) {
        try (KeyValueIterator<String, byte[]> entries = store.all()) {
            while (entries.hasNext()) {
                KeyValue<String, byte[]> entry = entries.next();
                try {
                    take.accept(serdes.read(topic, entry.value));
                } catch (KafkaException unreadable) {
                    if (Unreadable.registryUnreachable(unreadable)) {
                        throw unreadable;
                    }
                    LOG.warn(
                            "decode outcome=ignored topic={} key={}: {}",
                            topic.name(),
                            entry.key,
                            unreadable.getMessage());
                }
            }
        }
    }
}
