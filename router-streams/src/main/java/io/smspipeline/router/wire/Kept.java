package io.smspipeline.router.wire;

import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last octets of each key in a store, as the topic says them: what cannot be read must not end the thread that reads
 * for others. For the thread that runs it.
 */
public final class Kept implements Processor<String, byte[], Void, Void> {
    private final String name;
    private @Nullable KeyValueStore<String, byte[]> store;

    /** @param name of the store */
    public Kept(String name) {
        this.name = name;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(name);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        // Kafka Streams passes on tombstones, whatever the type says.
        Objects.requireNonNull(store).put(record.key(), record.value());
    }
}
