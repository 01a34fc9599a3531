package io.smspipeline.proving.ledger;

import io.smspipeline.quickstart.tail.TopicTail;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads what the pipeline publishes into the ledger, on a thread of its own, from the beginning and until it is closed. */
public final class TopicReader implements AutoCloseable {
    private final Topics topics = new Topics("");
    private final Ledger ledger;
    private final RecordSerdes serdes;
    private final TopicTail tail;
    private final Thread thread;
    private volatile boolean closed;

    /** @param kafka of a consumer, the registry's address included */
    public TopicReader(Map<String, Object> kafka, Ledger ledger) {
        this.ledger = ledger;
        this.serdes = RecordSerdes.from(kafka);
        this.tail = TopicTail.fromBeginning(
                kafka,
                List.of(
                        topics.status().name(),
                        topics.event().name(),
                        topics.accepted().name()));
        this.thread = new Thread(this::read, "ledger-reader");
        thread.start();
    }

    private void read() {
        try (tail) {
            while (!closed) {
                tail.until(Duration.ofSeconds(1), this::note);
            }
        }
    }

    private boolean note(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(topics.status().name())) {
            ledger.read(serdes.read(record.topic(), MessageStatus.class, record.value()));
        } else {
            ledger.read(serdes.read(record.topic(), LifecycleEvent.class, record.value()));
        }
        return !closed;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
