package io.smspipeline.client;

import io.smspipeline.schemas.deadletter.DeadLetter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where events go that could not be handled. Safe for use by many threads. */
final class DeadLetters implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final String group;
    private final Clock clock;

    DeadLetters(Producer<byte[], byte[]> producer, String topic, String group, Clock clock) {
        this.producer = producer;
        this.topic = topic;
        this.group = group;
        this.clock = clock;
    }

    /**
     * Sets a record aside and waits for Kafka's acknowledgement.
     *
     * @return false when Kafka did not take it: it must not be given up then
     */
    boolean take(ConsumerRecord<byte[], byte[]> record, String reason, int attempts) {
        DeadLetter letter = new DeadLetter(group, reason, attempts, clock.instant());
        try {
            write(letter, record);
            LOG.error(
                    "handler outcome=dead-letter group={} topic={} partition={} offset={} attempts={} reason=\"{}\"",
                    group,
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    attempts,
                    reason);
            return true;
        } catch (ExecutionException | KafkaException e) {
            LOG.warn("dead-letter outcome=retry group={} reason=\"{}\"", group, e.toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void write(DeadLetter letter, ConsumerRecord<byte[], byte[]> record)
            throws ExecutionException, InterruptedException {
        try {
            producer.send(letter.of(record, topic)).get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RecordTooLargeException)) {
                throw e;
            }
            producer.send(letter.withoutOctets(record, topic)).get();
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
