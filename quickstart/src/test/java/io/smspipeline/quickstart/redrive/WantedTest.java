package io.smspipeline.quickstart.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.schemas.deadletter.DeadLetter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WantedTest {
    private final ConsumerRecord<byte[], byte[]> letter = letter();

    @Test
    void topic_and_group_are_those_of_the_letter_or_any() {
        assertThat(holds(null, null)).isTrue();
        assertThat(holds("sms.status", "orders")).isTrue();
        assertThat(holds("sms.inbound", "orders")).isFalse();
        assertThat(holds("sms.status", "another")).isFalse();
    }

    @Test
    void a_reason_contains_the_value_and_all_else_is_the_value() {
        assertThat(holds("reason=out of order")).isTrue();
        assertThat(holds("reason=in order")).isFalse();
        assertThat(holds("key=k-1")).isTrue();
        assertThat(holds("key=k")).isFalse();
        assertThat(holds("messageId=m-1")).isTrue();
        assertThat(holds("attempts=3")).isTrue();
        assertThat(holds("partition=2")).isTrue();
        assertThat(holds("offset=17")).isTrue();
        assertThat(holds("at=2026-11-21T09:00:00Z")).isTrue();
        assertThat(holds("at=2026-11-21T09:00:01Z")).isFalse();
    }

    @Test
    void any_other_word_is_the_name_of_a_header() {
        assertThat(holds("traceparent=00-abc")).isTrue();
        assertThat(holds("traceparent=00-abd")).isFalse();
        assertThat(holds(DeadLetter.GROUP + "=orders")).isTrue();
        assertThat(holds("nobody-set-this=")).isFalse();
    }

    @Test
    void all_that_is_said_must_hold() {
        assertThat(holds("reason=out of order", "key=k-1", "traceparent=00-abc"))
                .isTrue();
        assertThat(holds("reason=out of order", "key=k-2", "traceparent=00-abc"))
                .isFalse();
    }

    private boolean holds(@Nullable String topic, @Nullable String group) {
        return new Wanted(topic, group, List.of()).holds(letter, any -> "m-1");
    }

    private boolean holds(String... conditions) {
        List<Wanted.Condition> all = Arrays.stream(conditions)
                .map(said -> said.split("=", 2))
                .map(said -> new Wanted.Condition(said[0], said[1]))
                .toList();
        return new Wanted(null, null, all).holds(letter, any -> "m-1");
    }

    private static ConsumerRecord<byte[], byte[]> letter() {
        ConsumerRecord<byte[], byte[]> original =
                new ConsumerRecord<>("sms.status", 2, 17, "k-1".getBytes(UTF_8), new byte[] {1});
        original.headers().add("traceparent", "00-abc".getBytes(UTF_8));
        ProducerRecord<byte[], byte[]> set = new DeadLetter(
                        "orders", "the shop is out of order", 3, Instant.parse("2026-11-21T09:00:00Z"))
                .of(original, "sms.dead-letter");
        ConsumerRecord<byte[], byte[]> read = new ConsumerRecord<>("sms.dead-letter", 0, 5, set.key(), set.value());
        set.headers().forEach(read.headers()::add);
        return read;
    }
}
