package io.smspipeline.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.router.fixture.Live;
import io.smspipeline.router.fixture.Messages;
import io.smspipeline.schemas.deadletter.DeadLetter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Records that a topic takes and that no other would: what follows from them could not be written. */
@ExtendWith(KafkaEnvExtension.class)
class LargeRecordTest {
    private static final int TEN_MEGABYTES = 10 * 1024 * 1024;

    @Test
    void a_record_of_ten_megabytes_and_one_of_nearly_one_are_set_aside_by_their_place_and_stop_nothing(KafkaEnv env)
            throws Exception {
        try (Live live = Live.start(env, "providers: [{alias: primary, type: smpp}]")) {
            String outgoing = live.topics().outgoing().name();
            allowLarge(env, outgoing);
            OutgoingMessage sound = message("m1");
            OutgoingMessage large = message("m2");
            large.setLabels(Map.of("large", "x".repeat(1_000_000)));

            try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", env.bootstrapServers(), "max.request.size", 2 * TEN_MEGABYTES),
                    new StringSerializer(),
                    new ByteArraySerializer())) {
                producer.send(new ProducerRecord<>(outgoing, 0, "k", new byte[TEN_MEGABYTES]))
                        .get();
            }
            live.publish(live.topics().outgoing(), 0, "k", large);
            live.publish(live.topics().outgoing(), "+447700900123", sound);
            live.flush();

            List<ConsumerRecord<String, byte[]>> letters =
                    live.raw(live.topics().deadLetter(), 2);
            assertThat(letters).hasSize(2).allSatisfy(letter -> {
                assertThat(letter.value()).isEmpty();
                assertThat(DeadLetter.header(letter.headers(), DeadLetter.TOPIC))
                        .isEqualTo(outgoing);
                assertThat(DeadLetter.header(letter.headers(), DeadLetter.REASON))
                        .contains("octets: at most 524288 are taken");
            });
            Live.Reader<MessageStatus> statuses =
                    live.reader(List.of(live.topics().status()));
            statuses.until(all -> all.size() == 1);
            assertThat(live.app().trouble()).isEmpty();
        }
    }

    private static OutgoingMessage message(String id) {
        OutgoingMessage message = Messages.message(id, "+447700900123");
        message.setCreatedAt(Instant.now());
        return message;
    }

    private static void allowLarge(KafkaEnv env, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", env.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry(
                                            TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(2 * TEN_MEGABYTES)),
                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }
}
