package io.smspipeline.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the intake does when Kafka or the taker misbehaves; the rest is shown on a broker. */
class PollLoopTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Deque<FakeConsumer> consumers = new ArrayDeque<>(List.of(new FakeConsumer(), new FakeConsumer()));
    private final FakeConsumer first = consumers.getFirst();
    private final RecordingTaker taker = new RecordingTaker();
    private final Intake intake = new Intake(
            IntakeSettings.of(Set.of("orders")),
            this::nextConsumer,
            100,
            taker,
            Commit.plain(Duration.ofMillis(1)),
            System::nanoTime);

    @AfterEach
    void close() {
        intake.close();
    }

    @Test
    void a_fault_that_passes_is_tried_again() {
        first.setPollException(new TimeoutException("no answer"));
        first.holds(3);

        intake.start();

        await().atMost(PATIENCE).until(() -> taker.taken.size() == 3);
        assertThat(intake.failed()).isEmpty();
        await().atMost(PATIENCE).until(intake::ready);
    }

    @Test
    void a_fault_that_stays_stops_the_intake_visibly() {
        first.holds(1);
        intake.start();
        await().atMost(PATIENCE).until(() -> taker.taken.size() == 1);

        first.setPollException(new TopicAuthorizationException("orders"));

        await().atMost(PATIENCE).until(() -> !taker.failures.isEmpty());
        assertThat(taker.failures.element()).isInstanceOf(TopicAuthorizationException.class);
        assertThat(intake.failed()).containsInstanceOf(TopicAuthorizationException.class);
        assertThat(intake.ready()).isFalse();
        assertThat(intake.owned()).isEmpty();
        assertThat(taker.lost).containsExactly(ORDERS);
        assertThat(first.closed()).isTrue();
    }

    @Test
    void an_exception_of_the_taker_stops_the_intake_and_nothing_is_committed_for_its_record() {
        taker.refuses = 1;
        first.holds(3);

        intake.start();

        await().atMost(PATIENCE).until(() -> !taker.failures.isEmpty());
        assertThat(intake.failed().orElseThrow()).hasMessage("no room for 1");
        assertThat(first.committed.values().stream().map(OffsetAndMetadata::offset))
                .allMatch(offset -> offset <= 1);
    }

    @Test
    void a_place_still_held_by_its_former_life_is_waited_for() {
        FakeConsumer second = consumers.getLast();
        second.holds(1);
        first.setPollException(new UnreleasedInstanceIdException("held until the session ends"));

        intake.start();

        await().atMost(PATIENCE).until(() -> taker.taken.size() == 1);
        assertThat(first.closed()).isTrue();
        assertThat(intake.failed()).isEmpty();
    }

    @Test
    void a_broker_that_refuses_notes_gets_commits_without_them() {
        first.holds(3);
        first.longestNote = 5;
        intake.start();
        await().atMost(PATIENCE).until(() -> taker.taken.size() == 3);

        intake.finish(ORDERS, 2);
        await().atMost(PATIENCE).until(() -> first.refused > 0);
        intake.finish(ORDERS, 0);

        await().atMost(PATIENCE).until(() -> new OffsetAndMetadata(1, "").equals(first.committed.get(ORDERS)));
    }

    @Test
    void what_is_finished_when_it_closes_is_committed() {
        first.holds(4);
        intake.start();
        await().atMost(PATIENCE).until(() -> taker.taken.size() == 4);
        taker.finishesAtRevocation = 4;

        intake.close();

        assertThat(first.committed.get(ORDERS).offset()).isEqualTo(4);
        assertThat(taker.revoked).containsExactly(ORDERS);
        assertThat(first.closed()).isTrue();
    }

    @Test
    void a_configuration_that_kafka_refuses_is_refused_at_once() {
        IntakeSettings settings = IntakeSettings.of(Set.of("orders"));

        assertThatThrownBy(() -> new Intake(settings, Map.of("max.poll.records", "many"), taker, Commit.byTaker()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("max.poll.records");
        assertThatThrownBy(() -> new Intake(settings, Map.of("bootstrap.servers", ""), taker, Commit.byTaker()))
                .isInstanceOf(org.apache.kafka.common.KafkaException.class);
    }

    @Test
    void members_with_a_name_of_their_own_use_the_classic_protocol_and_others_the_newer_one() {
        IntakeSettings settings = IntakeSettings.of(Set.of("orders"));

        assertThat(ConsumerSettings.from(Map.of(), settings)).containsEntry("group.protocol", "consumer");
        assertThat(ConsumerSettings.from(Map.of("group.instance.id", "one"), settings))
                .containsEntry("group.protocol", "classic");
        assertThat(ConsumerSettings.from(Map.of("group.instance.id", "one", "group.protocol", "consumer"), settings))
                .containsEntry("group.protocol", "consumer")
                .doesNotContainKey("partition.assignment.strategy");
    }

    private Consumer<byte[], byte[]> nextConsumer() {
        return consumers.removeFirst();
    }

    private final class RecordingTaker implements Taker {
        final Queue<Long> taken = new ConcurrentLinkedQueue<>();
        final Queue<TopicPartition> lost = new ConcurrentLinkedQueue<>();
        final Queue<TopicPartition> revoked = new ConcurrentLinkedQueue<>();
        final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        volatile long refuses = -1;
        volatile long finishesAtRevocation;

        @Override
        public void take(ConsumerRecord<byte[], byte[]> record) {
            if (record.offset() == refuses) {
                throw new IllegalStateException("no room for " + record.offset());
            }
            taken.add(record.offset());
        }

        @Override
        public void revoking(Collection<TopicPartition> partitions, Duration patience) {
            revoked.addAll(partitions);
            for (long offset = 0; offset < finishesAtRevocation; offset++) {
                intake.finish(ORDERS, offset);
            }
        }

        @Override
        public void lost(Collection<TopicPartition> partitions) {
            lost.addAll(partitions);
        }

        @Override
        public void failed(Throwable cause) {
            failures.add(cause);
        }
    }

    /** Kafka's own fake, assigned one partition at its first poll. */
    private static final class FakeConsumer extends MockConsumer<byte[], byte[]> {
        volatile Map<TopicPartition, OffsetAndMetadata> committed = Map.of();
        volatile int longestNote = Integer.MAX_VALUE;
        volatile int refused;

        FakeConsumer() {
            super("earliest");
            updateBeginningOffsets(Map.of(ORDERS, 0L));
            schedulePollTask(() -> rebalance(List.of(ORDERS)));
        }

        void holds(int records) {
            schedulePollTask(() -> {
                for (int offset = 0; offset < records; offset++) {
                    addRecord(new ConsumerRecord<>("orders", 0, offset, new byte[0], new byte[0]));
                }
            });
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            if (offsets.values().stream().anyMatch(each -> each.metadata().length() > longestNote)) {
                refused++;
                callback.onComplete(offsets, new OffsetMetadataTooLarge("too large"));
            } else {
                committed = Map.copyOf(offsets);
                super.commitAsync(offsets, callback);
            }
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            committed = Map.copyOf(offsets);
            super.commitSync(offsets, timeout);
        }
    }
}
