package io.smspipeline.benchmark.peer;

import io.smspipeline.quickstart.tail.TopicTail;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.schemas.registry.SchemaRegistryException;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads {@code sms.status} from now on, on a thread of its own, and keeps of each message how often it ended and in which state.
 * When a record could be read is noted at once; what it says is looked at when nothing more comes or much has come, since whoever
 * watches takes the CPU of those that are watched. Safe for use by many threads.
 */
final class Fates implements AutoCloseable {
    private static final int MUCH = 100_000;
    private static final long QUIET_MILLIS = 300;

    private final RecordSerdes serdes;
    private final TopicTail tail;
    private final List<Arrived> arrived = new ArrayList<>();
    private final Map<String, Integer> ends = new HashMap<>();
    private final Map<MessageState, Integer> states = new HashMap<>();
    private final Thread thread;
    private volatile boolean closed;
    private long lastMillis;

    /** @param at when it could be read, in milliseconds since 1970 */
    private record Arrived(String topic, byte[] value, long at) {}

    /** @param kafka of a consumer, the registry's address included */
    Fates(Map<String, Object> kafka, Topics topics) {
        this.serdes = RecordSerdes.from(kafka);
        Map<String, Object> frugal = new HashMap<>(kafka);
        frugal.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 64 * 1024);
        frugal.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        this.tail = TopicTail.fromNow(frugal, List.of(topics.status().name()));
        this.thread = new Thread(this::read, "fates");
        thread.start();
    }

    private void read() {
        try (tail) {
            while (!closed) {
                tail.until(Duration.ofMillis(200), this::note);
            }
        }
    }

    private synchronized boolean note(ConsumerRecord<byte[], byte[]> record) {
        arrived.add(new Arrived(record.topic(), record.value(), System.currentTimeMillis()));
        if (arrived.size() >= MUCH) {
            look();
        }
        return !closed;
    }

    private void look() {
        int looked = 0;
        try {
            for (; looked < arrived.size(); looked++) {
                Arrived one = arrived.get(looked);
                look(serdes.read(one.topic(), MessageStatus.class, one.value()), one.at());
            }
        } catch (SchemaRegistryException e) {
            // The registry is killed with the pipeline it belongs to: the rest is looked at when it is back.
        }
        arrived.subList(0, looked).clear();
    }

    private void look(MessageStatus status, long at) {
        if (status.getFinal$()) {
            states.merge(status.getState(), 1, Integer::sum);
            if (ends.merge(status.getMessageId(), 1, Integer::sum) == 1) {
                lastMillis = at;
            }
        }
    }

    /** Returns when so many messages have ended, or {@code patience} is over. */
    synchronized void await(int messages, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        int seen = -1;
        while (System.nanoTime() < deadline) {
            if (seen == arrived.size()) {
                look();
                if (ends.size() >= messages) {
                    return;
                }
            }
            seen = arrived.size();
            wait(QUIET_MILLIS);
        }
        look();
    }

    /** How many messages have ended. */
    synchronized int ended() {
        return ends.size();
    }

    /** How many ended more than once. */
    synchronized long endedAgain() {
        return ends.values().stream().filter(times -> times > 1).count();
    }

    /** In which states. */
    synchronized Map<MessageState, Integer> states() {
        return Map.copyOf(states);
    }

    /** When the last end could be read, in milliseconds since 1970. */
    synchronized long lastMillis() {
        return lastMillis;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
