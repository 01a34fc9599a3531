package io.smspipeline.schemas.deadletter;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter on its way back: the original key, octets and headers. What is brought to a group says in its headers which
 * letter it was, the letter's own headers included; what is put back where it lay looks as it did there.
 *
 * @param partition of the dead letter, in the topic for dead letters
 * @param offset of the dead letter
 * @param number how often this letter was brought back, this time counted; more than 1 when somebody insisted
 */
public record Redriven(int partition, long offset, int number) {
    /** Header: which letter it was, {@code partition@offset}. */
    public static final String LETTER = "sms-redrive-letter";

    /** Header: {@link #number}, decimal. */
    public static final String NUMBER = "sms-redrive-number";

    private static final List<String> OURS = List.of("sms-dead-letter-", "sms-redrive-");
    private static final String TOPIC = "sms.redrive.";

    /** The record for the group's own topic. */
    public ProducerRecord<byte[], byte[]> forGroup(ConsumerRecord<byte[], byte[]> letter, String topic) {
        ProducerRecord<byte[], byte[]> copy =
                new ProducerRecord<>(topic, null, letter.key(), letter.value(), letter.headers());
        DeadLetter.set(copy.headers(), LETTER, name());
        DeadLetter.set(copy.headers(), NUMBER, Integer.toString(number));
        return copy;
    }

    /** The record as it was, for the topic it lay in. */
    public static ProducerRecord<byte[], byte[]> asItWas(
            ConsumerRecord<byte[], byte[]> letter, String topic, @Nullable Integer partition) {
        ProducerRecord<byte[], byte[]> copy = new ProducerRecord<>(topic, partition, letter.key(), letter.value());
        for (Header header : letter.headers()) {
            if (OURS.stream().noneMatch(header.key()::startsWith)) {
                copy.headers().add(header);
            }
        }
        return copy;
    }

    /** The letter, as header {@link #LETTER} names it. */
    public String name() {
        return partition + "@" + offset;
    }

    /** Where a record lay when it was first read: for one brought to a group what its headers say, else its own topic. */
    public static String origin(ConsumerRecord<byte[], byte[]> record) {
        String said = isCopyForGroup(record) ? DeadLetter.header(record.headers(), DeadLetter.TOPIC) : null;
        return said == null ? record.topic() : said;
    }

    /**
     * Only in a group's own topic do the headers speak of the record itself: elsewhere they may have come along with the
     * message whose story it tells.
     */
    static boolean isCopyForGroup(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        return record.topic().contains(TOPIC)
                && DeadLetter.header(headers, LETTER) != null
                && DeadLetter.header(headers, DeadLetter.TOPIC) != null;
    }
}
