package io.smspipeline.sender.record;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smspipeline.schemas.deadletter.DeadLetter;
import io.smspipeline.sender.dispatch.Output;
import io.smspipeline.sender.lane.Handover;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets aside what can be neither handed over nor written, so that it is seen and keeps nothing else. Each is counted in
 * {@code sms.sender.set.aside{provider}} and logged. Safe for use by many threads.
 */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final String group;
    private final String topic;
    private final Clock clock;
    private final Counter counter;

    /**
     * @param group consumer group of the submit topics, named in each letter
     * @param topic name of the topic for dead letters
     */
    public DeadLetters(String alias, String group, String topic, Clock clock, MeterRegistry meters) {
        this.group = group;
        this.topic = topic;
        this.clock = clock;
        this.counter = Counter.builder("sms.sender.set.aside")
                .description("Records put on the dead-letter topic")
                .tag("provider", alias)
                .register(meters);
    }

    /** For a record of a submit topic. */
    Entry letter(ConsumerRecord<byte[], byte[]> record, String why) {
        counter.increment();
        LOG.error("set aside record={}-{}@{} reason=\"{}\"", record.topic(), record.partition(), record.offset(), why);
        return new Entry(
                new DeadLetter(group, why, 1, clock.instant()).of(record, topic),
                new TopicPartition(record.topic(), record.partition()),
                record.offset());
    }

    /** For an outcome that cannot be encoded. */
    Entry letter(Output output, Handover because, String why) {
        return withoutOctets(
                because.partition(),
                because.offset(),
                output.key().getBytes(StandardCharsets.UTF_8),
                "what became of message " + because.messageId() + " cannot be written to " + output.topic() + ": "
                        + why);
    }

    /** For what Kafka will never take. Empty when that is a letter which says no more than it must. */
    Optional<Entry> insteadOf(Entry refused, String why) {
        byte[] octets = refused.record().value();
        if (refused.record().topic().equals(topic) && (octets == null || octets.length == 0)) {
            LOG.error(
                    "dropped a dead letter that Kafka refuses record={}@{} reason=\"{}\"",
                    refused.partition(),
                    refused.offset(),
                    why);
            return Optional.empty();
        }
        return Optional.of(withoutOctets(
                refused.partition(),
                refused.offset(),
                refused.record().key(),
                "Kafka refuses what was to be written to " + refused.record().topic() + ": " + why));
    }

    /** The octets are left out, as they may be what was refused; the headers say where the message still lies. */
    private Entry withoutOctets(TopicPartition partition, long offset, byte[] key, String why) {
        return letter(new ConsumerRecord<>(partition.topic(), partition.partition(), offset, key, new byte[0]), why);
    }
}
