package io.smspipeline.router.provider;

import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Keeps the last value of each key, as the topic says it. For the one thread that reads tables. */
final class Kept implements Processor<String, byte[], Void, Void> {
    private final String name;
    private @Nullable KeyValueStore<String, byte[]> store;

    Kept(String name) {
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
