package io.smspipeline.quickstart.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.client.Redelivery;
import io.smspipeline.client.SmsHandlers;
import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.quickstart.command.Answer;
import io.smspipeline.quickstart.command.CommandLineTree;
import io.smspipeline.quickstart.command.InputLines;
import io.smspipeline.quickstart.tail.TopicTail;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.schemas.deadletter.DeadLetter;
import io.smspipeline.schemas.deadletter.Redriven;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ./sms redrive} on a real broker, with handlers that failed. */
@ExtendWith(KafkaEnvExtension.class)
class RedriveTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] NONSENSE = {0, 0, 0, 9, 9, 1, 2};

    private final Topics topics = new Topics(UUID.randomUUID() + ".");
    private final String group = "orders-" + UUID.randomUUID();
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean broken = new AtomicBoolean(true);
    private final List<SmsHandlers> started = new ArrayList<>();
    private final StringWriter err = new StringWriter();
    private final Map<String, Object> kafka;
    private final RecordSerdes serdes;
    private final KafkaProducer<byte[], byte[]> producer;

    @TempDir
    private Path directory;

    private Path configuration;

    RedriveTest(KafkaEnv env) {
        kafka = Map.of("bootstrap.servers", env.bootstrapServers(), "schema.registry.url", env.registryUrl());
        serdes = RecordSerdes.from(kafka);
        Stream.of(topics.status().name(), topics.inbound().name(), topics.mo().name(), topics.deadLetter())
                .forEach(name -> env.createTopic(name, 3));
        producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @BeforeEach
    void configure() throws IOException {
        configuration = Files.writeString(directory.resolve("sms.yaml"), """
                kafka: {bootstrap.servers: "%s"}
                schema-registry: {url: "%s"}
                topics: {prefix: "%s"}
                """.formatted(
                        kafka.get("bootstrap.servers"), kafka.get("schema.registry.url"), topics.prefix()));
    }

    @AfterEach
    void close() {
        started.forEach(SmsHandlers::close);
        producer.close();
    }

    @Test
    void what_failed_comes_again_once_in_order_with_its_octets_and_headers_and_to_its_group_alone() throws Exception {
        Queue<String> others = new ConcurrentLinkedQueue<>();
        start(group, handled, true);
        start("other-" + group, others, false);
        for (int i = 0; i < 3; i++) {
            tell("m-1", i);
            tell("m-2", i);
        }
        List<ConsumerRecord<byte[], byte[]>> letters = letters(6);
        broken.set(false);

        assertThat(redriven("--where", "key=m-1", "--dry-run")).isEqualTo("{\"redriven\":3}");
        assertThat(contents(topics.redrive(group))).isEmpty();
        assertThat(redriven("--where", "key=m-1")).isEqualTo("{\"redriven\":3}");
        await().atMost(PATIENCE).until(() -> handled.size() == 3);
        assertThat(handled).containsExactly("m-1 0", "m-1 1", "m-1 2");

        assertThat(redriven()).isEqualTo("{\"redriven\":3}");
        assertThat(err.toString()).contains("3 more were brought back before");
        assertThat(redriven()).isEqualTo("{\"redriven\":0}");
        await().atMost(PATIENCE).until(() -> handled.size() == 6);
        assertThat(others).hasSize(6);
        assertThat(contents(topics.redrive(group))).hasSize(6).allSatisfy(copy -> {
            ConsumerRecord<byte[], byte[]> letter = letters.stream()
                    .filter(each -> (each.partition() + "@" + each.offset())
                            .equals(DeadLetter.header(copy.headers(), Redriven.LETTER)))
                    .findFirst()
                    .orElseThrow();
            assertThat(copy.value()).isEqualTo(letter.value());
            assertThat(copy.key()).isEqualTo(letter.key());
            assertThat(DeadLetter.header(copy.headers(), "traceparent")).isEqualTo("00-trace");
            assertThat(DeadLetter.header(copy.headers(), Redriven.NUMBER)).isEqualTo("1");
        });

        assertThat(redriven("--where", "messageId=m-2", "--where", "traceparent=00-trace", "--again"))
                .isEqualTo("{\"redriven\":3}");
        assertThat(contents(topics.redrive(group)))
                .filteredOn(copy -> "2".equals(DeadLetter.header(copy.headers(), Redriven.NUMBER)))
                .hasSize(3);
    }

    @Test
    void what_cannot_be_meant_is_refused_in_one_sentence() {
        assertThat(exitCode("redrive", "--topic", "sms.status", "--where", "reason"))
                .isEqualTo(2);
        assertThat(exitCode("redrive")).isEqualTo(2);

        assertThat(err.toString()).contains("--where is 'reason'", "--topic");
    }

    @Test
    void what_a_group_could_not_read_comes_again_too() throws Exception {
        start(group, handled, false);
        producer.send(new ProducerRecord<>(topics.status().name(), "m-1".getBytes(UTF_8), NONSENSE))
                .get();
        letters(1);

        assertThat(sms("redrive", "--topic", topics.deadLetter(), "--where", "reason=cannot be read"))
                .isEqualTo("{\"redriven\":1}");

        assertThat(contents(topics.redrive(group)))
                .singleElement()
                .satisfies(copy -> assertThat(copy.value()).isEqualTo(NONSENSE));
        assertThat(letters(2))
                .as("it is read, and still nonsense")
                .allSatisfy(letter -> assertThat(DeadLetter.header(letter.headers(), DeadLetter.TOPIC))
                        .isEqualTo(topics.status().name()));
    }

    @Test
    void what_a_service_of_the_pipeline_could_not_read_goes_back_where_it_lay_as_it_was() throws Exception {
        ConsumerRecord<byte[], byte[]> original =
                new ConsumerRecord<>(topics.mo().name(), 2, 17, "+447700900123".getBytes(UTF_8), NONSENSE);
        original.headers().add("traceparent", "00-trace".getBytes(UTF_8));
        for (String reader : List.of("inbound", "another-reader")) {
            producer.send(new DeadLetter(reader, "no record", 1, Instant.now()).of(original, topics.deadLetter()))
                    .get();
        }

        assertThat(sms("redrive", "--topic", topics.mo().name())).isEqualTo("{\"redriven\":1}");
        assertThat(sms("redrive", "--topic", topics.mo().name())).isEqualTo("{\"redriven\":0}");

        assertThat(contents(topics.mo().name())).singleElement().satisfies(back -> {
            assertThat(back.partition()).isEqualTo(2);
            assertThat(back.key()).isEqualTo(original.key());
            assertThat(back.value()).isEqualTo(NONSENSE);
            assertThat(back.headers().toArray())
                    .containsExactly(new RecordHeader("traceparent", "00-trace".getBytes(UTF_8)));
        });
        assertThat(contents(topics.redrive("inbound"))).hasSize(1);
    }

    private void start(String name, Queue<String> into, boolean mayFail) {
        started.add(SmsHandlers.with(kafka)
                .group(name)
                .topics(topics)
                .redelivery(Redelivery.after())
                .onStatus((status, delivery) -> {
                    if (mayFail && broken.get()) {
                        throw new IllegalStateException("the shop is out of order");
                    }
                    into.add(status.getMessageId() + " " + status.getSequence());
                })
                .start());
    }

    private void tell(String messageId, int sequence) {
        MessageStatus status = MessageStatus.newBuilder()
                .setMessageId(messageId)
                .setTo("+447700900123")
                .setState(MessageState.ROUTED)
                .setFinal$(false)
                .setAt(Instant.now())
                .setSequence(sequence)
                .build();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topics.status().name(),
                messageId.getBytes(UTF_8),
                serdes.write(topics.status().name(), status));
        record.headers().add("traceparent", "00-trace".getBytes(UTF_8));
        producer.send(record);
    }

    private List<ConsumerRecord<byte[], byte[]>> letters(int count) {
        return await().atMost(PATIENCE).until(() -> contents(topics.deadLetter()), letters -> letters.size() == count);
    }

    private List<ConsumerRecord<byte[], byte[]>> contents(String topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (TopicTail tail = TopicTail.fromBeginning(kafka, List.of(topic))) {
            assertThat(tail.toEnd(PATIENCE, all::add)).isTrue();
        }
        return all;
    }

    private String redriven(String... more) {
        String[] all = Stream.concat(
                        Stream.of("redrive", "--topic", topics.status().name()), Arrays.stream(more))
                .toArray(String[]::new);
        return sms(all);
    }

    private String sms(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(run(out, arguments)).as(err.toString()).isZero();
        return out.toString(UTF_8).strip();
    }

    private int exitCode(String... arguments) {
        return run(new ByteArrayOutputStream(), arguments);
    }

    private int run(ByteArrayOutputStream out, String... arguments) {
        CommandLine tree = CommandLineTree.of(
                new Answer(new PrintStream(out, true, UTF_8)), new InputLines(InputStream.nullInputStream()));
        tree.setErr(new PrintWriter(err, true));
        return tree.execute(Stream.concat(Arrays.stream(arguments), Stream.of("--config", configuration.toString()))
                .toArray(String[]::new));
    }
}
