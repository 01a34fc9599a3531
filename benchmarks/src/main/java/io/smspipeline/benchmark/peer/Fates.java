package io.smspipeline.benchmark.peer;

import io.smspipeline.quickstart.tail.TopicTail;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads {@code sms.status} from now on, on a thread of its own, as an application would, and keeps of each message how often it ended and in
 * which state. Safe for use by many threads.
 */
final class Fates implements AutoCloseable {
    private final RecordSerdes serdes;
    private final TopicTail tail;
    private final Map<String, Integer> ends = new HashMap<>();
    private final Map<MessageState, Integer> states = new HashMap<>();
    private final Thread thread;
    private volatile boolean closed;
    private long lastMillis;

    /** @param kafka of a consumer, the registry's address included */
    Fates(Map<String, Object> kafka, Topics topics) {
        this.serdes = RecordSerdes.from(kafka);
        this.tail = TopicTail.fromNow(kafka, List.of(topics.status().name()));
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

    private boolean note(ConsumerRecord<byte[], byte[]> record) {
        MessageStatus status = serdes.read(record.topic(), MessageStatus.class, record.value());
        if (status.getFinal$()) {
            ended(status);
        }
        return !closed;
    }

    private synchronized void ended(MessageStatus status) {
        ends.merge(status.getMessageId(), 1, Integer::sum);
        states.merge(status.getState(), 1, Integer::sum);
        lastMillis = System.currentTimeMillis();
        notifyAll();
    }

    /** Returns when so many messages have ended, or {@code patience} is over. */
    synchronized void await(int messages, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (ends.size() < messages) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
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
