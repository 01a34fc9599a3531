package io.smspipeline.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.record.InboundMessage;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The example runs as it is, against a broker behind which this test plays the pipeline. */
@ExtendWith(KafkaEnvExtension.class)
class PublishAndListenTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaEnv env;
    private final Topics topics = new Topics("");
    private final Map<String, Object> kafka = new HashMap<>();
    private final RecordSerdes serdes;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    PublishAndListenTest(KafkaEnv env) {
        this.env = env;
        kafka.put("bootstrap.servers", env.bootstrapServers());
        kafka.put("schema.registry.url", env.registryUrl());
        serdes = RecordSerdes.from(kafka);
    }

    @Test
    void it_prints_the_states_of_its_message_and_the_reply() throws Exception {
        create(
                topics.outgoing().name(),
                topics.status().name(),
                topics.inbound().name(),
                topics.deadLetter());
        PrintStream stdout = System.out;
        System.setOut(new PrintStream(printed, true, UTF_8));
        String id;
        try {
            Thread pipeline = new Thread(this::answer, "pipeline");
            pipeline.start();
            PublishAndListen.main(new String[] {"+447700900123", env.bootstrapServers(), env.registryUrl()});
            pipeline.join();
            id = published().getId();
        } finally {
            System.setOut(stdout);
        }

        assertThat(printed.toString(UTF_8).lines())
                .contains(
                        "published " + id,
                        id + " is ACCEPTED",
                        id + " is DELIVERED",
                        "\"Yes\" in reply to " + id,
                        "done");
    }

    private void answer() {
        OutgoingMessage message = published();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (MessageState state : List.of(MessageState.ACCEPTED, MessageState.DELIVERED)) {
                MessageStatus status = MessageStatus.newBuilder()
                        .setMessageId(message.getId())
                        .setTo(message.getTo())
                        .setState(state)
                        .setFinal$(state == MessageState.DELIVERED)
                        .setAt(Instant.now())
                        .build();
                String topic = topics.status().name();
                producer.send(
                        new ProducerRecord<>(topic, message.getId().getBytes(UTF_8), serdes.write(topic, status)));
            }
            producer.flush();
            // The example ends at the reply: what has not reached it by then it does not print.
            await().atMost(PATIENCE).until(() -> printed.toString(UTF_8).contains("DELIVERED"));
            InboundMessage reply = InboundMessage.newBuilder()
                    .setId("mo-1")
                    .setProvider("primary")
                    .setFrom(message.getTo())
                    .setTo("12345")
                    .setText("Yes")
                    .setInReplyTo(message.getId())
                    .setReceivedAt(Instant.now())
                    .build();
            String topic = topics.inbound().name();
            producer.send(new ProducerRecord<>(topic, message.getTo().getBytes(UTF_8), serdes.write(topic, reply)));
        }
    }

    /** The first message on the outgoing topic, once there is one. */
    private OutgoingMessage published() {
        TopicPartition only = new TopicPartition(topics.outgoing().name(), 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            ConsumerRecords<byte[], byte[]> records = await().atMost(PATIENCE)
                    .until(() -> consumer.poll(Duration.ofMillis(200)), found -> !found.isEmpty());
            ConsumerRecord<byte[], byte[]> first = records.iterator().next();
            return serdes.read(topics.outgoing(), first.value());
        }
    }

    private void create(String... names) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (String name : names) {
            env.createTopic(name, 1);
            ends.put(new TopicPartition(name, 0), OffsetSpec.latest());
        }
        try (Admin admin = Admin.create(kafka)) {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> admin.listOffsets(ends).all().get().size() == ends.size());
        }
    }
}
