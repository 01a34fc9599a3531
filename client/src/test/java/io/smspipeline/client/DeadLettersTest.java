package io.smspipeline.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.schemas.deadletter.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaEnvExtension.class)
class DeadLettersTest {
    @Test
    void a_record_of_ten_megabytes_is_set_aside_by_its_place_and_holds_up_nobody(KafkaEnv env) throws Exception {
        try (TestPipeline pipeline = new TestPipeline(env);
                DeadLetters letters = new DeadLetters(
                        new KafkaProducer<>(pipeline.kafka, new ByteArraySerializer(), new ByteArraySerializer()),
                        pipeline.topics.deadLetter(),
                        "orders",
                        Clock.systemUTC())) {
            ConsumerRecord<byte[], byte[]> large = new ConsumerRecord<>(
                    pipeline.topics.status().name(),
                    1,
                    17,
                    "m-1".getBytes(StandardCharsets.UTF_8),
                    new byte[10 * 1024 * 1024]);

            assertThat(letters.take(large, "cannot be read", 1)).isTrue();

            assertThat(pipeline.contents(pipeline.topics.deadLetter()))
                    .singleElement()
                    .satisfies(letter -> {
                        assertThat(letter.value()).isEmpty();
                        assertThat(letter.key()).isEqualTo(large.key());
                        assertThat(DeadLetter.header(letter.headers(), DeadLetter.TOPIC))
                                .isEqualTo(pipeline.topics.status().name());
                        assertThat(DeadLetter.header(letter.headers(), DeadLetter.OFFSET))
                                .isEqualTo("17");
                        assertThat(DeadLetter.header(letter.headers(), DeadLetter.REASON))
                                .isEqualTo("cannot be read");
                    });
        }
    }
}
