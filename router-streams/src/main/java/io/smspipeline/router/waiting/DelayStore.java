package io.smspipeline.router.waiting;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Holds values until they are due, in a persistent store ordered by due time: what waits costs no heap, what is due is found
 * without a scan, and both survive a restart. For the stream thread of its task.
 */
public final class DelayStore {
    /** So many at a time: others wait for the same thread. */
    private static final int BATCH = 2_000;

    private final ProcessorContext<?, ?> context;
    private final KeyValueStore<Bytes, byte[]> store;
    private final BiConsumer<byte[], Long> release;
    private final Alarm alarm;
    /** Nothing lies before this instant. Without it each look would step over the traces of all that was released. */
    private long floor;

    /**
     * @param name of the store, which {@link #store} built
     * @param release is given a value and the wall clock time in epoch milliseconds, in order of due time
     */
    public DelayStore(ProcessorContext<?, ?> context, String name, BiConsumer<byte[], Long> release) {
        this.context = context;
        this.store = context.getStateStore(name);
        this.release = release;
        this.alarm = new Alarm(context, this::releaseDue);
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            if (all.hasNext()) {
                alarm.at(dueOf(all.peekNextKey()));
            }
        }
    }

    /** The store to add to the topology under this name. */
    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }

    /**
     * Holds a value.
     *
     * @param due epoch milliseconds
     * @param id tells values due at the same instant apart; the same id at the same instant replaces the value
     * @return where it lies, for {@link #withdraw}: {@code due}, or an instant shortly after it
     */
    public long hold(long due, String id, byte[] value) {
        if (context.currentSystemTimeMs() < floor) {
            // The clock went back: what is due before the old time would else wait until that comes round again.
            floor = 0;
        }
        long from = Math.max(due, floor);
        store.put(key(from, id), value);
        alarm.at(from);
        return from;
    }

    /**
     * Takes a value back, which is then not released.
     *
     * @param from what {@link #hold} returned
     * @return null when it was released already, or withdrawn
     */
    public byte @Nullable [] withdraw(long from, String id) {
        return store.delete(key(from, id));
    }

    private void releaseDue(long now) {
        List<KeyValue<Bytes, byte[]>> due = new ArrayList<>();
        long next = Long.MAX_VALUE;
        try (KeyValueIterator<Bytes, byte[]> waiting = store.range(key(floor, ""), null)) {
            while (waiting.hasNext() && next == Long.MAX_VALUE) {
                long at = dueOf(waiting.peekNextKey());
                if (at <= now && due.size() < BATCH) {
                    due.add(waiting.next());
                } else {
                    next = at;
                }
            }
        }
        // What is put while we release comes with this instant at the earliest, hence is not missed.
        floor = Math.min(next, now);
        for (KeyValue<Bytes, byte[]> value : due) {
            store.delete(value.key);
            release.accept(value.value, now);
        }
        alarm.at(next);
    }

    private static Bytes key(long due, String id) {
        byte[] name = id.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + name.length)
                .putLong(due)
                .put(name)
                .array());
    }

    private static long dueOf(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong();
    }
}
