package io.smspipeline.router.waiting;

import io.smspipeline.router.state.StateReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries of a store whose deadline has passed. An index by time would cost two more appends for every entry; this
 * walks the store instead, a bounded number of entries at a time, reads nothing of an entry but its deadline, begins only
 * when something may be due, and rests between two walks. For the stream thread of its task.
 */
public final class Sweep {
    private static final int BATCH = 1_000;
    private static final long FIRST_REST = 60_000;

    private final KeyValueStore<String, byte[]> store;
    private final Consumer<Due> due;
    private final ProcessorContext<?, ?> context;
    private final Alarm alarm;
    private final long rest;
    private @Nullable String cursor;
    private boolean walking;
    private long earliest = Long.MAX_VALUE;
    private long notBefore;

    /**
     * An entry that is due.
     *
     * @param now wall clock time, epoch milliseconds
     */
    public record Due(String key, byte[] value, long now) {}

    /**
     * @param store values written with {@link io.smspipeline.router.state.StateWriter}
     * @param shortest the shortest time any entry is kept, in milliseconds: a twentieth of it is how late a deadline may be
     *     noticed, and how long it rests. After a start it waits a quarter of it, at most a minute, so that what came while
     *     nobody was running is read before anything is declared overdue
     * @param due must delete the entry or write it with a later deadline
     */
    public Sweep(
            ProcessorContext<?, ?> context, KeyValueStore<String, byte[]> store, long shortest, Consumer<Due> due) {
        this.context = context;
        this.store = store;
        this.due = due;
        this.alarm = new Alarm(context, this::step);
        this.rest = Math.max(Alarm.TICK, shortest / 20);
        this.notBefore = context.currentSystemTimeMs() + Math.min(FIRST_REST, shortest / 4);
        alarm.at(notBefore);
    }

    /** To be told of each entry that is written, or the walk that should find it may never begin. */
    public void expect(long deadline) {
        if (deadline < earliest) {
            earliest = deadline;
            if (!walking) {
                long now = context.currentSystemTimeMs();
                if (notBefore - now > Math.max(rest, FIRST_REST)) {
                    // The clock went back: the rest is over.
                    notBefore = now;
                }
                alarm.at(Math.max(deadline, notBefore));
            }
        }
    }

    private void step(long now) {
        if (!walking) {
            walking = true;
            cursor = null;
            earliest = Long.MAX_VALUE;
        }
        List<Due> found = new ArrayList<>();
        boolean more = false;
        int seen = 0;
        try (KeyValueIterator<String, byte[]> entries = store.range(cursor, null)) {
            while (entries.hasNext()) {
                if (seen == BATCH) {
                    more = true;
                    break;
                }
                KeyValue<String, byte[]> entry = entries.next();
                if (entry.key.equals(cursor)) {
                    continue;
                }
                seen++;
                long deadline = StateReader.deadlineOf(entry.value);
                if (deadline <= now) {
                    found.add(new Due(entry.key, entry.value, now));
                } else {
                    earliest = Math.min(earliest, deadline);
                }
                if (seen == BATCH) {
                    cursor = entry.key;
                }
            }
        }
        if (!more) {
            walking = false;
            cursor = null;
            notBefore = now + rest;
        }
        // May write entries again, which comes back to expect().
        found.forEach(due);
        if (more) {
            alarm.at(now);
        } else if (earliest != Long.MAX_VALUE) {
            alarm.at(Math.max(earliest, notBefore));
        }
    }
}
