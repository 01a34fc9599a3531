package io.smspipeline.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.record.TextContent;
import io.smspipeline.schemas.deadletter.DeadLetter;
import io.smspipeline.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaEnvExtension.class)
class SmsPublisherTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final String TO = "+447700900123";

    private final TestPipeline pipeline;
    private final SmsPublisher publisher;

    SmsPublisherTest(KafkaEnv env) throws Exception {
        pipeline = new TestPipeline(env);
        publisher = SmsPublisher.connect(pipeline.kafka, pipeline.topics, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        publisher.close();
        pipeline.close();
    }

    @Test
    void a_published_message_lies_under_its_recipient_when_publish_completes() throws Exception {
        String id = get(publisher.publish(Sms.to("0044 (0)7700 900-123")
                .text("Hello?")
                .label("type", "otp")
                .allowReply()));

        ConsumerRecord<byte[], byte[]> record = only(pipeline.topics.outgoing().name());
        OutgoingMessage message = pipeline.serdes.read(pipeline.topics.outgoing(), record.value());
        assertThat(new String(record.key(), UTF_8)).isEqualTo(TO);
        assertThat(message.getId()).isEqualTo(id);
        assertThat(message.getTo()).isEqualTo("0044 (0)7700 900-123");
        assertThat(message.getContent()).isEqualTo(new TextContent("Hello?"));
        assertThat(message.getLabels()).containsEntry("type", "otp");
        assertThat(message.getAllowReply()).isTrue();
        assertThat(message.getCreatedAt()).isEqualTo(NOW);
    }

    @Test
    void urgent_messages_have_a_topic_of_their_own() throws Exception {
        get(publisher.publish(Sms.to(TO).text("4711").priority(Priority.HIGH)));

        only(pipeline.topics.outgoingHigh().name());
        assertThat(pipeline.contents(pipeline.topics.outgoing().name())).isEmpty();
    }

    @Test
    void headers_travel_with_the_message() throws Exception {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        get(publisher.publish(
                publisher.draft(Sms.to(TO).text("Hello")),
                List.of(new RecordHeader("traceparent", trace.getBytes(UTF_8)))));

        assertThat(DeadLetter.header(only(pipeline.topics.outgoing().name()).headers(), "traceparent"))
                .isEqualTo(trace);
    }

    @Test
    void what_the_pipeline_would_reject_is_refused_and_can_be_published_unchecked() throws Exception {
        Sms toNobody = Sms.to("12").text("Hello");
        assertThatThrownBy(() -> publisher.publish(toNobody)).isInstanceOf(InvalidSmsException.class);
        assertThatThrownBy(() -> publisher.send(toNobody)).isInstanceOf(InvalidSmsException.class);
        assertThat(pipeline.contents(pipeline.topics.outgoing().name())).isEmpty();

        get(publisher.publishUnchecked(publisher.draft(toNobody), List.of()));

        assertThat(new String(only(pipeline.topics.outgoing().name()).key(), UTF_8))
                .isEqualTo("12");
    }

    @Test
    void send_completes_when_a_provider_took_the_message() throws Exception {
        CompletableFuture<MessageStatus> sent =
                publisher.send(Sms.to(TO).text("Hello").id("m-1")).toCompletableFuture();
        awaitPublished("m-1");
        pipeline.tells(TestPipeline.status("m-1", MessageState.ROUTED, false));
        pipeline.tells(TestPipeline.status("another", MessageState.ACCEPTED, false));
        pipeline.tells(TestPipeline.status("m-1", MessageState.ACCEPTED, false));

        assertThat(get(sent).getState()).isEqualTo(MessageState.ACCEPTED);
        assertThat(sent.get().getMessageId()).isEqualTo("m-1");
    }

    @Test
    void send_can_wait_for_the_handset() throws Exception {
        CompletableFuture<MessageStatus> delivered = send("m-1", Until.DELIVERED, PATIENCE);
        CompletableFuture<MessageStatus> withoutReceipt = send("m-2", Until.DELIVERED, PATIENCE);
        awaitPublished("m-2");
        pipeline.tells(TestPipeline.status("m-1", MessageState.ACCEPTED, false));
        pipeline.tells(TestPipeline.status("m-2", MessageState.ACCEPTED, true));

        assertThat(get(withoutReceipt).getState()).isEqualTo(MessageState.ACCEPTED);
        assertThat(delivered).isNotDone();
        pipeline.tells(TestPipeline.status("m-1", MessageState.DELIVERED, true));
        assertThat(get(delivered).getState()).isEqualTo(MessageState.DELIVERED);
    }

    @Test
    void send_fails_with_the_reason_when_the_message_ends_otherwise() throws Exception {
        CompletableFuture<MessageStatus> sent = send("m-1", Until.ACCEPTED, PATIENCE);
        awaitPublished("m-1");
        pipeline.tells(TestPipeline.rejected("m-1", FailureCode.OPTED_OUT, "the recipient said STOP"));

        assertThatThrownBy(() -> get(sent))
                .hasCauseInstanceOf(SmsFailedException.class)
                .hasMessageContaining("message m-1 is REJECTED, OPTED_OUT: the recipient said STOP")
                .satisfies(failure -> assertThat(((SmsFailedException) failure.getCause()).code())
                        .isEqualTo(FailureCode.OPTED_OUT));
    }

    @Test
    void send_waits_no_longer_than_told() throws Exception {
        CompletableFuture<MessageStatus> sent = send("m-1", Until.ACCEPTED, Duration.ofMillis(300));

        assertThatThrownBy(() -> get(sent))
                .hasCauseInstanceOf(NoStatusException.class)
                .hasMessageContaining("not ACCEPTED within PT0.3S");
        only(pipeline.topics.outgoing().name());
    }

    @Test
    void closing_tells_those_who_still_wait() throws Exception {
        CompletableFuture<MessageStatus> sent = send("m-1", Until.ACCEPTED, PATIENCE);
        awaitPublished("m-1");

        publisher.close();

        assertThatThrownBy(() -> get(sent))
                .hasCauseInstanceOf(NoStatusException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> send("m-2", Until.ACCEPTED, PATIENCE)).hasMessageContaining("closed");
    }

    @Test
    void an_id_is_waited_for_once() throws Exception {
        send("m-1", Until.ACCEPTED, PATIENCE);
        awaitPublished("m-1");

        assertThatThrownBy(() -> get(send("m-1", Until.ACCEPTED, PATIENCE))).hasMessageContaining("waited for already");
        only(pipeline.topics.outgoing().name());
    }

    @Test
    void statuses_that_cannot_be_followed_fail_send_and_leave_publish_alone() throws Exception {
        Topics missing = new Topics("nowhere.");
        Map<String, Object> hasty = pipeline.kafka;
        try (SmsPublisher lost = SmsPublisher.connect(hasty, missing, Clock.systemUTC())) {
            assertThatThrownBy(() -> get(lost.send(Sms.to(TO).text("Hello"))))
                    .hasMessageContaining("nowhere.sms.status");
        }
    }

    @Test
    void a_configuration_without_a_registry_is_refused_by_name() {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", "127.0.0.1:9092");

        assertThatThrownBy(() -> SmsPublisher.connect(properties))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
    }

    @Test
    void messages_of_many_threads_each_get_their_own_answer() throws Exception {
        int count = 2_000;
        Map<String, CompletableFuture<MessageStatus>> sent = new java.util.concurrent.ConcurrentHashMap<>();
        List<Thread> threads = new java.util.ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int from = t * count / 4;
            threads.add(new Thread(() -> {
                for (int i = from; i < from + count / 4; i++) {
                    sent.put("m-" + i, send("m-" + i, Until.ACCEPTED, PATIENCE));
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        await().atMost(PATIENCE)
                .until(() ->
                        pipeline.contents(pipeline.topics.outgoing().name()).size() == count);
        for (int i = 0; i < count; i++) {
            pipeline.tells(
                    i % 10 == 0
                            ? TestPipeline.rejected("m-" + i, FailureCode.NO_ROUTE, "nobody")
                            : TestPipeline.status("m-" + i, MessageState.ACCEPTED, false));
        }

        await().atMost(PATIENCE).until(() -> sent.values().stream().allMatch(CompletableFuture::isDone));

        assertThat(sent.values())
                .filteredOn(CompletableFuture::isCompletedExceptionally)
                .hasSize(count / 10);
        assertThat(sent.get("m-11").get().getMessageId()).isEqualTo("m-11");
    }

    private CompletableFuture<MessageStatus> send(String id, Until until, Duration patience) {
        return publisher.send(Sms.to(TO).text("Hello").id(id), until, patience).toCompletableFuture();
    }

    private void awaitPublished(String id) {
        await().atMost(PATIENCE)
                .until(() -> pipeline.contents(pipeline.topics.outgoing().name()).stream()
                        .anyMatch(record -> pipeline.serdes
                                .read(pipeline.topics.outgoing(), record.value())
                                .getId()
                                .equals(id)));
    }

    private ConsumerRecord<byte[], byte[]> only(String topic) {
        List<ConsumerRecord<byte[], byte[]>> contents = pipeline.contents(topic);
        assertThat(contents).hasSize(1);
        return contents.get(0);
    }

    private static <T> T get(java.util.concurrent.CompletionStage<T> stage)
            throws ExecutionException, InterruptedException, java.util.concurrent.TimeoutException {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
