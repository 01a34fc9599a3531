package io.smspipeline.service.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smspipeline.record.EventKind;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.schemas.registry.SchemaRegistry;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The publisher's side of the promise, against a producer whose answers the test decides. */
@Timeout(60)
class PublisherTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Topic<LifecycleEvent> EVENT = new Topics("").event();
    private static final LifecycleEvent VALUE = LifecycleEvent.newBuilder()
            .setMessageId("id")
            .setTo("+447700900123")
            .setKind(EventKind.NOTED)
            .setAt(Instant.EPOCH)
            .build();

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(cluster(), false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final AtomicLong nanos = new AtomicLong();
    private final CountDownLatch registryAnswers = new CountDownLatch(1);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private @Nullable Publisher open;

    private static Cluster cluster() {
        Node node = new Node(0, "localhost", 9092);
        Node[] nodes = {node};
        return new Cluster(
                "cluster",
                List.of(node),
                List.of(new PartitionInfo(EVENT.name(), 0, node, nodes, nodes)),
                java.util.Set.of(),
                java.util.Set.of());
    }

    private final SchemaRegistry promptRegistry = new SchemaRegistry() {
        @Override
        public int idOf(String subject, Schema schema) {
            return 7;
        }

        @Override
        public Schema byId(int id) {
            throw new AssertionError("a publisher reads nothing");
        }
    };

    private final SchemaRegistry silentRegistry = new SchemaRegistry() {
        @Override
        public int idOf(String subject, Schema schema) {
            try {
                registryAnswers.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 7;
        }

        @Override
        public Schema byId(int id) {
            throw new AssertionError("a publisher reads nothing");
        }
    };

    private Publisher publisher(SchemaRegistry registry, int limit, String... topics) {
        open = new Publisher(
                kafka,
                RecordSerdes.over(registry),
                "test",
                new PublishLimits(Duration.ofSeconds(1), limit),
                List.of(topics),
                metrics,
                nanos::get);
        return open;
    }

    @AfterEach
    void close() {
        registryAnswers.countDown();
        if (open != null) {
            // What Kafka was never made to answer must not keep the test waiting.
            while (kafka.errorNext(new NotEnoughReplicasException("test over"))) {
                continue;
            }
            open.close();
        }
    }

    private void awaitSent(int records) {
        await().atMost(PATIENCE).until(() -> kafka.history().size() == records);
    }

    private void awaitSentAsTimePasses(int records) {
        await().atMost(PATIENCE).until(() -> {
            nanos.addAndGet(Duration.ofMillis(10).toNanos());
            return kafka.history().size() == records;
        });
    }

    private static Throwable failureOf(CompletionStage<RecordMetadata> outcome) throws InterruptedException {
        try {
            return new AssertionError(
                    "published at " + outcome.toCompletableFuture().get());
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    @Test
    void an_outcome_is_told_at_kafkas_acknowledgement_and_not_before() throws Exception {
        Publisher publisher = publisher(promptRegistry, 10);

        CompletionStage<RecordMetadata> outcome = publisher.publish(EVENT, "key", VALUE);
        awaitSent(1);
        boolean before = outcome.toCompletableFuture().isDone();
        kafka.completeNext();

        assertThat(before).isFalse();
        assertThat(outcome.toCompletableFuture().get().topic()).isEqualTo("sms.event");
        assertThat(kafka.history().get(0).key()).isEqualTo("key".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(kafka.history().get(0).value()).startsWith(0, 0, 0, 0, 7);
        assertThat(publisher.unacknowledged()).isZero();
    }

    @Test
    void records_are_sent_in_the_order_they_were_offered() {
        Publisher publisher = publisher(promptRegistry, 100);

        for (int i = 0; i < 100; i++) {
            publisher.publish(new ProducerRecord<>(EVENT.name(), new byte[0], new byte[] {(byte) i}));
        }
        awaitSentAsTimePasses(100);

        for (int i = 0; i < 100; i++) {
            assertThat(kafka.history().get(i).value()).containsExactly(i);
        }
    }

    @Test
    void what_comes_while_records_are_with_kafka_waits_for_their_answer() throws Exception {
        Publisher publisher = publisher(promptRegistry, 10);
        publisher.publish(EVENT, "1", VALUE);
        awaitSent(1);

        publisher.publish(EVENT, "2", VALUE);
        publisher.publish(EVENT, "3", VALUE);
        await().during(Duration.ofMillis(100))
                .atMost(PATIENCE)
                .until(() -> kafka.history().size() == 1);
        kafka.completeNext();

        awaitSent(3);
    }

    @Test
    void what_comes_while_records_are_with_kafka_waits_ten_milliseconds_at_most() {
        Publisher publisher = publisher(promptRegistry, 10);
        publisher.publish(EVENT, "1", VALUE);
        awaitSent(1);

        publisher.publish(EVENT, "2", VALUE);

        awaitSentAsTimePasses(2);
    }

    @Test
    void one_record_too_many_fails_at_once_and_is_not_sent() throws Exception {
        Publisher publisher = publisher(promptRegistry, 2);
        CompletionStage<RecordMetadata> first = publisher.publish(EVENT, "1", VALUE);
        publisher.publish(EVENT, "2", VALUE);
        awaitSentAsTimePasses(2);

        CompletionStage<RecordMetadata> third = publisher.publish(EVENT, "3", VALUE);

        assertThat(third.toCompletableFuture()).isDone();
        assertThat(failureOf(third))
                .isInstanceOf(PublisherFullException.class)
                .hasMessageStartingWith("2 records await");
        assertThat(publisher.check().detail()).contains("which is the limit");
        assertThat(metrics.get("sms.publisher.refused").functionCounter().count())
                .isEqualTo(1);
        kafka.completeNext();
        first.toCompletableFuture().get();
        assertThat(publisher.publish(EVENT, "4", VALUE).toCompletableFuture())
                .as("an acknowledgement makes room")
                .isNotCompletedExceptionally();
        awaitSentAsTimePasses(3);
    }

    @Test
    void whoever_offers_the_next_record_on_hearing_finds_room() {
        Publisher publisher = publisher(promptRegistry, 1);

        CompletionStage<CompletionStage<RecordMetadata>> next =
                publisher.publish(EVENT, "1", VALUE).thenApply(place -> publisher.publish(EVENT, "2", VALUE));
        awaitSent(1);
        kafka.completeNext();

        assertThat(next.toCompletableFuture().join().toCompletableFuture()).isNotCompletedExceptionally();
        awaitSentAsTimePasses(2);
    }

    @Test
    void what_kafka_refuses_fails_with_its_reason_and_speaks_against_being_ready_for_ten_seconds() throws Exception {
        Publisher publisher = publisher(promptRegistry, 10);
        CompletionStage<RecordMetadata> outcome = publisher.publish(EVENT, "key", VALUE);
        awaitSent(1);

        kafka.errorNext(new NotEnoughReplicasException("one of two in sync"));

        assertThat(failureOf(outcome))
                .isInstanceOf(NotPublishedException.class)
                .hasMessage("a record was not published to sms.event: one of two in sync");
        assertThat(publisher.check().detail()).contains("one of two in sync");
        assertThat(metrics.get("sms.publisher.failed").functionCounter().count())
                .isEqualTo(1);
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(publisher.ready()).isTrue();
    }

    @Test
    void a_success_after_a_failure_makes_it_ready_at_once() throws Exception {
        Publisher publisher = publisher(promptRegistry, 10);
        publisher.publish(EVENT, "1", VALUE);
        CompletionStage<RecordMetadata> second = publisher.publish(EVENT, "2", VALUE);
        awaitSentAsTimePasses(2);
        kafka.errorNext(new NotEnoughReplicasException("one of two in sync"));
        boolean between = publisher.ready();

        kafka.completeNext();
        second.toCompletableFuture().get();

        assertThat(between).isFalse();
        assertThat(publisher.ready()).isTrue();
    }

    @Test
    void a_registry_that_keeps_silent_blocks_no_caller_and_no_outcome_for_longer_than_the_timeout() throws Exception {
        Publisher publisher = publisher(silentRegistry, 10);

        CompletionStage<RecordMetadata> stuck = publisher.publish(EVENT, "1", VALUE);
        CompletionStage<RecordMetadata> behind = publisher.publish(EVENT, "2", VALUE);
        nanos.addAndGet(Duration.ofMillis(1500).toNanos());

        assertThat(failureOf(stuck)).hasMessageContaining("no acknowledgement came in time");
        assertThat(failureOf(behind)).hasMessageContaining("no acknowledgement came in time");
        assertThat(publisher.unacknowledged()).isZero();
        registryAnswers.countDown();
        CompletionStage<RecordMetadata> later = publisher.publish(EVENT, "3", VALUE);
        await().atMost(PATIENCE).until(() -> {
            nanos.addAndGet(Duration.ofMillis(10).toNanos());
            return kafka.history().stream().anyMatch(record -> record.key()[0] == '3');
        });
        assertThat(kafka.history())
                .as("what waited behind and failed is not sent any more")
                .noneMatch(record -> record.key()[0] == '2');
        assertThat(later.toCompletableFuture()).isNotDone();
    }

    @Test
    void a_late_acknowledgement_changes_nothing() throws Exception {
        Publisher publisher = publisher(promptRegistry, 10);
        CompletionStage<RecordMetadata> outcome = publisher.publish(EVENT, "1", VALUE);
        awaitSent(1);
        nanos.addAndGet(Duration.ofMillis(1500).toNanos());
        Throwable failure = failureOf(outcome);

        kafka.completeNext();

        assertThat(failure).hasMessageContaining("it may still have been written");
        assertThat(publisher.unacknowledged()).isZero();
    }

    @Test
    void it_is_ready_when_kafka_told_about_every_topic() {
        Publisher publisher = publisher(promptRegistry, 10, EVENT.name());
        await().atMost(PATIENCE).until(publisher::ready);
        assertThat(publisher.check().detail()).isEqualTo("0 records await Kafka's acknowledgement");
    }

    @Test
    void it_is_not_ready_while_a_topic_is_not_known_but_writes_to_others() throws Exception {
        Publisher publisher = publisher(promptRegistry, 10, EVENT.name(), "sms.absent");
        await().atMost(PATIENCE)
                .until(() -> publisher.check().detail().equals("Kafka has not told yet about sms.absent"));

        CompletionStage<RecordMetadata> outcome = publisher.publish(EVENT, "1", VALUE);
        awaitSent(1);
        kafka.completeNext();

        assertThat(outcome.toCompletableFuture().get()).isNotNull();
        assertThat(publisher.ready()).isFalse();
    }

    @Test
    void closing_waits_for_acknowledgements_and_takes_nothing_more() throws Exception {
        Publisher publisher = publisher(promptRegistry, 10);
        CompletionStage<RecordMetadata> outcome = publisher.publish(EVENT, "1", VALUE);
        awaitSent(1);
        Thread closing = new Thread(publisher::close);
        closing.start();
        await().atMost(PATIENCE).until(() -> publisher.check().detail().equals("closed"));

        CompletionStage<RecordMetadata> late = publisher.publish(EVENT, "2", VALUE);
        boolean waited = closing.isAlive();
        kafka.completeNext();
        closing.join();

        assertThat(waited).isTrue();
        assertThat(failureOf(late)).hasMessageContaining("the publisher was closed");
        assertThat(outcome.toCompletableFuture().get()).isNotNull();
        assertThat(kafka.closed()).isTrue();
    }

    @Test
    void closing_takes_no_longer_than_the_timeout_and_leaves_no_caller_without_an_outcome() throws Exception {
        Publisher publisher = publisher(promptRegistry, 10);
        CompletionStage<RecordMetadata> outcome = publisher.publish(EVENT, "1", VALUE);
        awaitSent(1);

        publisher.close();

        assertThat(failureOf(outcome)).hasMessageContaining("closed before an acknowledgement came");
    }
}
