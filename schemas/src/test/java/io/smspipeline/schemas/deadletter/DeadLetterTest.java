package io.smspipeline.schemas.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    @Test
    void the_original_is_kept_and_the_headers_say_where_it_lay_and_why() {
        ConsumerRecord<byte[], byte[]> original =
                new ConsumerRecord<>("sms.mo", 3, 17, bytes("+447700900123"), new byte[] {1, 2, 3});
        original.headers().add("traceparent", bytes("00-abc"));

        ProducerRecord<byte[], byte[]> letter = new DeadLetter(
                        "inbound", "no record", 2, Instant.parse("2026-11-21T09:00:00Z"))
                .of(original, "sms.dead-letter");

        assertThat(letter.key()).isEqualTo(original.key());
        assertThat(letter.value()).isEqualTo(original.value());
        assertThat(DeadLetter.header(letter.headers(), "traceparent")).isEqualTo("00-abc");
        assertThat(DeadLetter.header(letter.headers(), DeadLetter.GROUP)).isEqualTo("inbound");
        assertThat(DeadLetter.header(letter.headers(), DeadLetter.REASON)).isEqualTo("no record");
        assertThat(DeadLetter.header(letter.headers(), DeadLetter.ATTEMPTS)).isEqualTo("2");
        assertThat(DeadLetter.header(letter.headers(), DeadLetter.TOPIC)).isEqualTo("sms.mo");
        assertThat(DeadLetter.header(letter.headers(), DeadLetter.PARTITION)).isEqualTo("3");
        assertThat(DeadLetter.header(letter.headers(), DeadLetter.OFFSET)).isEqualTo("17");
        assertThat(DeadLetter.header(original.headers(), DeadLetter.REASON))
                .as("the original is not touched")
                .isNull();
    }

    @Test
    void what_is_too_large_to_lie_twice_is_set_aside_by_its_place() {
        ConsumerRecord<byte[], byte[]> original =
                new ConsumerRecord<>("sms.mo", 3, 17, bytes("+447700900123"), new byte[10 << 20]);
        original.headers().add("large", new byte[1 << 20]);

        ProducerRecord<byte[], byte[]> letter =
                new DeadLetter("inbound", "too large", 1, Instant.EPOCH).withoutOctets(original, "sms.dead-letter");

        assertThat(DeadLetter.sizeOf(original)).isGreaterThan(11 << 20);
        assertThat(letter.value()).isEmpty();
        assertThat(letter.key()).isEqualTo(original.key());
        assertThat(letter.headers().lastHeader("large")).isNull();
        assertThat(DeadLetter.header(letter.headers(), DeadLetter.OFFSET)).isEqualTo("17");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
