package io.smspipeline.schemas.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record set aside: the original key, octets and headers, and in further headers who set it aside, why, and where it lay.
 *
 * @param group consumer group or application that could not process it
 * @param reason one sentence
 * @param attempts how often it was tried, at least 1
 * @param at when it was set aside
 */
public record DeadLetter(String group, String reason, int attempts, Instant at) {
    /** Header: {@link #group}. */
    public static final String GROUP = "sms-dead-letter-group";

    /** Header: {@link #reason}. */
    public static final String REASON = "sms-dead-letter-reason";

    /** Header: {@link #attempts}, decimal. */
    public static final String ATTEMPTS = "sms-dead-letter-attempts";

    /** Header: {@link #at}, ISO-8601. */
    public static final String AT = "sms-dead-letter-at";

    /** Header: topic it lay in. */
    public static final String TOPIC = "sms-dead-letter-topic";

    /** Header: partition it lay in, decimal. */
    public static final String PARTITION = "sms-dead-letter-partition";

    /** Header: offset it lay at, decimal. */
    public static final String OFFSET = "sms-dead-letter-offset";

    /**
     * Octets of a record that any topic takes as it is, half of a broker's usual limit. Nothing of ours comes near: 255 parts are
     * 40 KB of text.
     */
    public static final int LARGEST = 512 * 1024;

    private static final int LONGEST_REASON = 1000;
    private static final int LONGEST_KEY = 1000;

    /**
     * The record to publish to {@code topic} for {@code original}. One that was redriven and failed again keeps the place it
     * first lay in, so that it is found under the same topic.
     */
    public ProducerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> original, String topic) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(topic, null, original.key(), original.value(), original.headers());
        Headers headers = letter.headers();
        set(headers, GROUP, group);
        set(headers, REASON, reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason);
        set(headers, ATTEMPTS, Integer.toString(attempts));
        set(headers, AT, at.toString());
        if (Redriven.isCopyForGroup(original)) {
            return letter;
        }
        set(headers, TOPIC, original.topic());
        set(headers, PARTITION, Integer.toString(original.partition()));
        set(headers, OFFSET, Long.toString(original.offset()));
        return letter;
    }

    /**
     * As {@link #of}, without the octets, headers and long key of the original: for one that is too large to lie anywhere
     * twice. The headers say where it still lies.
     */
    public ProducerRecord<byte[], byte[]> withoutOctets(ConsumerRecord<byte[], byte[]> original, String topic) {
        byte[] key = original.key();
        ConsumerRecord<byte[], byte[]> bare = new ConsumerRecord<>(
                original.topic(),
                original.partition(),
                original.offset(),
                key == null || key.length > LONGEST_KEY ? null : key,
                new byte[0]);
        return of(bare, topic);
    }

    /** Octets of a record with its key and headers. */
    public static long sizeOf(ConsumerRecord<byte[], byte[]> record) {
        long size = length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            size += header.key().length() + length(header.value());
        }
        return size;
    }

    private static long length(byte @Nullable [] octets) {
        return octets == null ? 0 : octets.length;
    }

    /** The text of a header of ours; null when it is absent. */
    public static @Nullable String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    static void set(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
