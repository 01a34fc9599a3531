package io.smspipeline.sender.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smspipeline.provider.Plan;
import io.smspipeline.record.EventKind;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.ReturnedMessage;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.schemas.deadletter.DeadLetter;
import io.smspipeline.schemas.registry.MemoryRegistry;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.sender.dispatch.Dispatch;
import io.smspipeline.sender.fixture.Broker;
import io.smspipeline.sender.fixture.HandClock;
import io.smspipeline.sender.fixture.Ledger;
import io.smspipeline.sender.fixture.Messages;
import io.smspipeline.sender.fixture.ScriptedProvider;
import io.smspipeline.sender.lane.Attempt;
import io.smspipeline.sender.lane.Handover;
import io.smspipeline.sender.lane.Past;
import io.smspipeline.sender.lane.Tenures;
import io.smspipeline.sender.lane.Unrecorded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written of what happened, and what follows once Kafka has it. */
class RecorderTest {
    private static final TopicPartition PARTITION = new TopicPartition("sms.submit.acme.normal", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Topics topics = new Topics("");
    private final Broker broker = new Broker();
    private final Ledger ledger = new Ledger();
    private final MemoryRegistry registry = new MemoryRegistry();
    private final RecordSerdes serdes = RecordSerdes.over(registry);
    private final HandClock clock = new HandClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Tenures tenures = new Tenures();
    private final Unrecorded unrecorded = new Unrecorded(100);
    private final List<Attempt> again = new CopyOnWriteArrayList<>();
    private final List<Attempt> intended = new CopyOnWriteArrayList<>();
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final Recorder recorder = new Recorder(
            "acme",
            1_000,
            new Dispatch("acme", topics, true),
            new DeadLetters("acme", "sender-acme", "sms.dead-letter", clock, meters),
            ledger,
            broker::producer,
            serdes,
            clock,
            meters,
            new Recorder.Listener() {
                @Override
                public void again(Attempt attempt, Duration delay) {
                    again.add(attempt);
                }

                @Override
                public void onRecord(Attempt attempt) {
                    intended.add(attempt);
                }

                @Override
                public void recorded() {}
            },
            faults::add);

    @BeforeEach
    void hold() {
        tenures.begin(List.of(PARTITION));
    }

    @AfterEach
    void close() {
        recorder.close();
        assertThat(faults).isEmpty();
    }

    private Attempt submitted(RoutedMessage routed) {
        Handover handover = Messages.handover(routed, Lane.NORMAL, tenures.of(PARTITION), unrecorded);
        handover.claim();
        handover.count();
        return Attempt.first(handover);
    }

    private static Happening accepted(Attempt attempt) {
        return new Happening.Answered(attempt, ScriptedProvider.accepted(attempt.submission()));
    }

    private void awaitWritten(int count) {
        await().atMost(PATIENCE).until(() -> broker.written().size() >= count);
    }

    private LifecycleEvent event(ProducerRecord<byte[], byte[]> record) {
        return serdes.read(record.topic(), LifecycleEvent.class, record.value());
    }

    @Test
    void an_outcome_and_the_offset_it_finishes_are_one_transaction() {
        Attempt attempt = submitted(Messages.routed("m"));
        recorder.start();

        recorder.tell(accepted(attempt));

        awaitWritten(1);
        assertThat(event(broker.written().get(0)).getKind()).isEqualTo(EventKind.ACCEPTED);
        assertThat(broker.positions().get(0).get(PARTITION).offset())
                .isEqualTo(attempt.handover().offset() + 1);
        await().atMost(PATIENCE).until(() -> unrecorded.count() == 0 && tenures.underWay() == 0);
    }

    @Test
    void a_part_that_is_done_is_noted_in_the_transaction_that_tells_it() {
        Attempt first = submitted(Messages.parts(2, "m"));
        recorder.start();

        recorder.tell(accepted(first));

        awaitWritten(1);
        assertThat(ledger.pieces(first.handover().offset())).containsExactly(0);
        assertThat(ledger.committed(PARTITION)).isZero();
    }

    @Test
    void what_is_told_at_once_is_one_transaction() {
        for (int i = 0; i < 500; i++) {
            recorder.tell(accepted(submitted(Messages.routed("m" + i))));
        }

        recorder.start();

        awaitWritten(500);
        assertThat(broker.positions()).hasSize(1);
    }

    @Test
    void a_message_is_finished_with_the_last_of_its_parts() {
        Attempt first = submitted(Messages.parts(2, "m"));
        first.handover().claim();
        recorder.start();

        recorder.tell(accepted(first.following()));
        awaitWritten(1);
        assertThat(broker.positions().get(0)).isEmpty();
        assertThat(unrecorded.count()).isEqualTo(2);
        recorder.tell(accepted(first));

        awaitWritten(2);
        assertThat(broker.positions().get(1)).containsKey(PARTITION);
        await().atMost(PATIENCE).until(() -> unrecorded.count() == 0);
    }

    @Test
    void what_is_to_be_tried_again_is_neither_written_nor_finished() {
        Attempt attempt = submitted(Messages.routed("m"));
        recorder.start();

        recorder.tell(new Happening.Answered(attempt, ScriptedProvider.throttled()));

        await().atMost(PATIENCE).until(() -> again.size() == 1);
        assertThat(broker.written()).isEmpty();
        assertThat(unrecorded.count()).isEqualTo(1);
        assertThat(tenures.underWay()).isEqualTo(1);
    }

    @Test
    void an_uncertain_outcome_is_written_before_the_part_is_sent_again() {
        Attempt attempt = submitted(Messages.routed("m"));
        recorder.start();

        recorder.tell(new Happening.Answered(attempt, ScriptedProvider.uncertain()));

        await().atMost(PATIENCE).until(() -> again.size() == 1);
        assertThat(event(broker.written().get(0)).getKind()).isEqualTo(EventKind.UNCERTAIN);
        assertThat(broker.positions().get(0)).isEmpty();
        assertThat(again.get(0).number()).isEqualTo(2);
    }

    @Test
    void a_hand_back_its_event_and_its_offset_are_one_transaction() {
        Attempt attempt = submitted(Messages.routed(Messages.message("m"), "other"));
        recorder.start();

        recorder.tell(new Happening.Answered(attempt, ScriptedProvider.rejected(FailureCode.CREDIT)));

        awaitWritten(2);
        ProducerRecord<byte[], byte[]> returned = broker.written().get(0);
        assertThat(returned.topic()).isEqualTo("sms.returned");
        assertThat(serdes.read(returned.topic(), ReturnedMessage.class, returned.value())
                        .getMessage()
                        .getId())
                .isEqualTo("m");
        assertThat(event(broker.written().get(1)).getKind()).isEqualTo(EventKind.RETURNED);
        assertThat(broker.positions().get(0)).containsKey(PARTITION);
    }

    @Test
    void a_message_of_which_a_part_was_refused_waits_for_the_answers_to_the_others() {
        Attempt first = submitted(Messages.parts(2, "m"));
        first.handover().claim();
        recorder.start();

        recorder.tell(new Happening.Answered(first, ScriptedProvider.rejected(FailureCode.GENERIC)));
        awaitWritten(1);
        assertThat(broker.positions().get(0)).isEmpty();
        recorder.tell(accepted(first.following()));

        awaitWritten(2);
        assertThat(event(broker.written().get(1)).getKind()).isEqualTo(EventKind.ACCEPTED);
        assertThat(broker.positions().get(1)).containsKey(PARTITION);
    }

    @Test
    void the_intention_and_the_end_of_the_record_are_durable_before_a_held_message_may_go() {
        Attempt attempt = submitted(Messages.held("m"));
        recorder.start();

        recorder.tell(new Happening.Intended(attempt));

        await().atMost(PATIENCE).until(() -> intended.size() == 1);
        assertThat(event(broker.written().get(0)).getKind()).isEqualTo(EventKind.SUBMITTING);
        assertThat(broker.positions().get(0)).containsKey(PARTITION);
        assertThat(attempt.handover().isOnRecord()).isTrue();
        assertThat(tenures.underWay()).as("still to be seen through").isEqualTo(1);
    }

    @Test
    void a_held_message_whose_partition_went_is_not_submitted_here() {
        Attempt attempt = submitted(Messages.held("m"));
        ledger.lose(PARTITION);
        recorder.start();

        recorder.tell(new Happening.Intended(attempt));

        await().atMost(PATIENCE).until(() -> intended.size() == 1);
        assertThat(attempt.handover().isOnRecord()).isFalse();
        assertThat(broker.written()).isEmpty();
    }

    @Test
    void a_record_that_cannot_be_read_is_set_aside_and_finished() {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), 7, new byte[] {1}, new byte[] {2, 3});
        tenures.of(PARTITION).take(0);
        recorder.start();

        recorder.tell(new Happening.Unreadable(record, tenures.of(PARTITION), "no record of ours"));

        awaitWritten(1);
        ProducerRecord<byte[], byte[]> letter = broker.written().get(0);
        assertThat(letter.topic()).isEqualTo("sms.dead-letter");
        assertThat(letter.key()).containsExactly(1);
        assertThat(letter.value()).containsExactly(2, 3);
        assertThat(DeadLetter.header(letter.headers(), DeadLetter.REASON)).isEqualTo("no record of ours");
        assertThat(DeadLetter.header(letter.headers(), DeadLetter.OFFSET)).isEqualTo("7");
        assertThat(broker.positions().get(0).get(PARTITION).offset()).isEqualTo(8);
        await().atMost(PATIENCE).until(() -> tenures.underWay() == 0);
    }

    @Test
    void a_fault_of_ours_sets_the_record_aside_and_refuses_the_message() {
        Attempt attempt = submitted(Messages.routed("m"));
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                PARTITION.topic(), PARTITION.partition(), attempt.handover().offset(), new byte[0], new byte[] {2});
        recorder.start();

        recorder.tell(new Happening.Faulty(record, attempt, "a bug"));

        awaitWritten(2);
        assertThat(broker.written()).extracting(ProducerRecord::topic).containsExactly("sms.event", "sms.dead-letter");
        assertThat(event(broker.written().get(0)).getKind()).isEqualTo(EventKind.REFUSED);
        assertThat(broker.positions().get(0)).containsKey(PARTITION);
        assertThat(meters.counter("sms.sender.set.aside", "provider", "acme").count())
                .isEqualTo(1);
    }

    @Test
    void what_kafka_never_takes_is_set_aside_without_its_octets_and_nothing_waits_for_it() {
        OutgoingMessage message = Messages.message("large");
        message.setClientReference("too long ".repeat(1_000));
        Attempt large = submitted(Messages.routed(message));
        broker.refuses(record -> record.value().length > 5_000);
        recorder.tell(accepted(large));
        recorder.tell(accepted(submitted(Messages.routed("small"))));

        recorder.start();

        awaitWritten(2);
        ProducerRecord<byte[], byte[]> letter = broker.written().get(0);
        assertThat(letter.topic()).isEqualTo("sms.dead-letter");
        assertThat(key(letter)).isEqualTo("acme|id-large/1");
        assertThat(letter.value()).isEmpty();
        assertThat(DeadLetter.header(letter.headers(), DeadLetter.REASON))
                .contains("sms.accepted")
                .contains("larger than the broker takes");
        assertThat(DeadLetter.header(letter.headers(), DeadLetter.OFFSET))
                .isEqualTo(Long.toString(large.handover().offset()));
        assertThat(broker.positions().get(0)).containsKey(PARTITION);
    }

    private static String key(ProducerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    @Test
    void outcomes_wait_for_a_registry_that_is_away() {
        registry.away(true);
        recorder.start();
        recorder.tell(accepted(submitted(Messages.routed("m"))));
        await().atMost(PATIENCE).until(() -> recorder.trouble().isPresent());

        registry.away(false);

        awaitWritten(1);
        await().atMost(PATIENCE).until(() -> recorder.trouble().isEmpty());
    }

    @Test
    void positions_that_move_while_nothing_happens_are_committed() {
        recorder.start();

        ledger.finish(PARTITION, 9);

        await().atMost(PATIENCE).until(() -> ledger.committed(PARTITION) == 10);
    }

    @Test
    void the_trace_of_a_message_goes_on_in_everything_written_of_it() {
        byte[] trace = "00-1-2-01".getBytes(StandardCharsets.US_ASCII);
        RoutedMessage routed = Messages.routed("m");
        Handover handover = new Handover(
                tenures.of(PARTITION),
                unrecorded,
                0,
                0,
                trace,
                routed,
                Lane.NORMAL,
                ((Plan.Submissions) Messages.plan(routed.getMessage())).all(),
                Past.NONE);
        handover.claim();
        recorder.start();

        recorder.tell(accepted(Attempt.first(handover)));

        awaitWritten(1);
        assertThat(broker.written().get(0).headers().lastHeader("traceparent").value())
                .isEqualTo(trace);
    }

    @Test
    void closing_writes_what_was_told() {
        recorder.start();
        for (int i = 0; i < 100; i++) {
            recorder.tell(accepted(submitted(Messages.routed("m" + i))));
        }

        recorder.close();

        assertThat(broker.written()).hasSize(100);
        assertThat(broker.closed()).isEqualTo(1);
    }

    @Test
    void a_process_that_is_gone_writes_nothing_more() {
        for (int i = 0; i < 1_000; i++) {
            broker.failsToCommit(new KafkaException("away"));
        }
        recorder.start();
        recorder.tell(accepted(submitted(Messages.routed("m"))));
        await().atMost(PATIENCE).until(() -> recorder.trouble().isPresent());

        recorder.abandon();

        assertThat(broker.written()).isEmpty();
    }

    @Test
    void outcomes_are_counted_by_kind() {
        recorder.start();
        recorder.tell(accepted(submitted(Messages.routed("a"))));
        recorder.tell(new Happening.Answered(submitted(Messages.routed("b")), ScriptedProvider.throttled()));

        await().atMost(PATIENCE).until(() -> count("accepted") == 1 && count("throttled") == 1);
    }

    private double count(String outcome) {
        return meters.counter("sms.sender.outcomes", "provider", "acme", "outcome", outcome)
                .count();
    }
}
