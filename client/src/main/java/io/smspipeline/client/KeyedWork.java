package io.smspipeline.client;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Works on records of different keys at once and on those of one key in order. A record that must wait holds back its key
 * alone. Safe for use by many threads: every field is guarded by this object's lock, and the work itself is done outside it.
 */
final class KeyedWork {
    private final ScheduledExecutorService pool;
    private final Function<Item, Optional<Duration>> work;
    private final Consumer<ConsumerRecord<byte[], byte[]>> done;
    private final Map<LineName, Line> lines = new HashMap<>();
    /** Records of each partition that are not behind one that waits. */
    private final Map<TopicPartition, Integer> flowing = new HashMap<>();

    private final Set<Line> busy = new HashSet<>();

    /**
     * @param pool where work is done; its threads bound how much at once
     * @param work does it, and answers how long to wait before the same item is tried again; empty when it is done
     * @param done told of each record that is
     */
    KeyedWork(
            ScheduledExecutorService pool,
            Function<Item, Optional<Duration>> work,
            Consumer<ConsumerRecord<byte[], byte[]>> done) {
        this.pool = pool;
        this.work = work;
        this.done = done;
    }

    /** Takes a record in, behind others of its key. */
    synchronized void add(ConsumerRecord<byte[], byte[]> record) {
        LineName name = LineName.of(record);
        Line line = lines.get(name);
        if (line == null) {
            line = new Line(name);
            lines.put(name, line);
            submit(line);
        }
        line.items.add(new Item(record));
        if (!line.waits) {
            count(line, 1);
        }
    }

    /** How many records of a partition are here and not behind one that waits. */
    synchronized int flowing(TopicPartition partition) {
        return flowing.getOrDefault(partition, 0);
    }

    /** Forgets what is not being worked on of these partitions. */
    synchronized void drop(Collection<TopicPartition> partitions) {
        lines.values().removeIf(line -> {
            line.dropped |= partitions.contains(line.name.partition);
            return line.dropped;
        });
        flowing.keySet().removeAll(Set.copyOf(partitions));
    }

    /** Waits until nothing of these partitions is being worked on; false when {@code patience} is over before. */
    synchronized boolean awaitIdle(Collection<TopicPartition> partitions, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (busy.stream().anyMatch(line -> partitions.contains(line.name.partition))) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private void submit(Line line) {
        pool.execute(() -> turn(line));
    }

    private void turn(Line line) {
        Item item = begin(line);
        if (item != null) {
            Optional<Duration> again = work.apply(item);
            if (again.isEmpty()) {
                done.accept(item.record);
            }
            end(line, again);
        }
    }

    private synchronized @Nullable Item begin(Line line) {
        if (line.dropped) {
            return null;
        }
        if (line.waits) {
            line.waits = false;
            count(line, line.items.size());
        }
        busy.add(line);
        return line.items.element();
    }

    private synchronized void end(Line line, Optional<Duration> again) {
        busy.remove(line);
        notifyAll();
        if (line.dropped) {
            return;
        }
        if (again.isPresent()) {
            line.waits = true;
            count(line, -line.items.size());
            pool.schedule(() -> turn(line), again.get().toNanos(), TimeUnit.NANOSECONDS);
            return;
        }
        line.items.remove();
        count(line, -1);
        if (line.items.isEmpty()) {
            lines.remove(line.name);
        } else {
            // To the end of the queue, so that a key with many records does not keep others waiting.
            submit(line);
        }
    }

    private void count(Line line, int more) {
        flowing.merge(line.name.partition, more, Integer::sum);
    }

    /** A record and what was tried with it. Its fields belong to whoever works on it. */
    static final class Item {
        final ConsumerRecord<byte[], byte[]> record;
        /** How often its handler failed. */
        int failures;
        /** Why it is to be set aside; null while it is not. */
        @Nullable
        String verdict;

        Item(ConsumerRecord<byte[], byte[]> record) {
            this.record = record;
        }
    }

    /** The records of one key, first come first. Not empty, but for the moment in which it is made. */
    private static final class Line {
        final LineName name;
        final Deque<Item> items = new ArrayDeque<>();
        boolean waits;
        boolean dropped;

        Line(LineName name) {
            this.name = name;
        }
    }

    /**
     * @param key of the records; their offset for one without a key, which nothing needs to follow
     */
    private record LineName(TopicPartition partition, ByteBuffer key) {
        static LineName of(ConsumerRecord<byte[], byte[]> record) {
            ByteBuffer key = record.key() == null
                    ? ByteBuffer.allocate(Long.BYTES).putLong(0, record.offset())
                    : ByteBuffer.wrap(record.key());
            return new LineName(new TopicPartition(record.topic(), record.partition()), key);
        }
    }
}
