package io.smspipeline.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.intake.FilledTopic.Place;
import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(KafkaEnvExtension.class)
class IntakeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaEnv env;
    private final FilledTopic topic;
    private final List<Member> members = new ArrayList<>();

    IntakeTest(KafkaEnv env) {
        this.env = env;
        this.topic = new FilledTopic(env, 4);
    }

    @AfterEach
    void close() {
        members.forEach(member -> {
            member.crew.hurry();
            member.intake.close(Duration.ofSeconds(1));
            member.crew.close();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void partitions_go_to_a_new_member_without_a_record_lost_or_repeated(String protocol) throws Exception {
        Set<Place> published = topic.fill(4_000);
        Map<String, Object> config = topic.consumer();
        config.put("group.protocol", protocol);
        Member first = member(config, settings(), 30);
        await().atMost(PATIENCE).until(() -> first.finished.size() > 200);

        Member second = member(config, settings(), 30);

        await().atMost(PATIENCE).until(() -> second.intake.owned().size() == 2 && second.intake.ready());
        first.crew.hurry();
        second.crew.hurry();
        await().atMost(PATIENCE).until(() -> first.finished.size() + second.finished.size() >= published.size());
        assertThat(first.revoked).hasSize(2);
        List<Place> all = new ArrayList<>(first.finished);
        all.addAll(second.finished);
        assertThat(all).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(published);
        assertThat(first.violations).isEmpty();
        assertThat(second.violations).isEmpty();
    }

    @Test
    void a_topic_that_is_wanted_whole_begins_with_its_oldest_record_whatever_the_reset_is() throws Exception {
        Set<Place> published = topic.fill(40);
        FilledTopic other = new FilledTopic(env, 1);
        other.fill(40);
        Map<String, Object> config = topic.consumer();
        config.put("auto.offset.reset", "latest");
        IntakeSettings both = new IntakeSettings(Set.of(topic.name, other.name), 100, 100, 1_000, PATIENCE);
        Member member = member(config, both.whole(Set.of(topic.name)), Integer.MAX_VALUE);

        await().atMost(PATIENCE).until(() -> member.intake.owned().size() == 5 && member.intake.ready());
        member.crew.hurry();

        await().atMost(PATIENCE).until(() -> member.finished.size() == published.size());
        assertThat(member.finished).containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void a_wait_longer_than_the_poll_interval_does_not_cost_the_membership() throws Exception {
        topic.fill(400);
        Map<String, Object> config = topic.consumer();
        config.put("max.poll.interval.ms", 1_000);
        Member member = member(config, settings().inHand(20, 20), Integer.MAX_VALUE);
        await().atMost(PATIENCE).until(() -> member.taken.size() >= 11);
        String identity = member.intake.groupMetadata().memberId();

        await().during(Duration.ofSeconds(4))
                .atMost(PATIENCE)
                .until(() -> member.lost.isEmpty() && member.revoked.isEmpty() && member.taken.size() <= 20);

        assertThat(member.intake.ready()).isTrue();
        assertThat(member.intake.groupMetadata().memberId()).isEqualTo(identity);
        assertThat(member.intake.backlog().values()).allMatch(Intake.Backlog::paused);
        member.crew.hurry();
        await().atMost(PATIENCE).until(() -> member.finished.size() == 400);
        assertThat(member.lost).isEmpty();
    }

    @Test
    void a_partition_too_far_ahead_of_its_first_unfinished_record_waits_and_others_go_on() throws Exception {
        Set<Place> published = topic.fill(4_000);
        CountDownLatch stuck = new CountDownLatch(1);
        Member member = member(topic.consumer(), settings().span(100), 1, record -> {
            if (record.partition() == 0 && record.offset() == 0) {
                awaitQuietly(stuck);
            }
        });

        await().atMost(PATIENCE).until(() -> member.finished.size() >= 3_000);
        assertThat(member.finished).filteredOn(place -> place.partition() == 0).hasSizeLessThan(100);
        assertThat(member.intake.backlog().get(topic.partition(0)).paused()).isTrue();

        stuck.countDown();
        await().atMost(PATIENCE).until(() -> member.finished.size() == published.size());
    }

    @Test
    void what_is_held_is_not_read_until_it_is_released() throws Exception {
        topic.fill(400);
        Member member = new Member(topic.consumer(), settings(), 1, record -> {});
        member.intake.hold(List.of(topic.partition(2), topic.partition(3)));
        member.intake.start();

        await().atMost(PATIENCE).until(() -> member.finished.size() == 200);
        await().during(Duration.ofMillis(300))
                .atMost(PATIENCE)
                .until(() -> member.taken.stream().allMatch(place -> place.partition() < 2));

        member.intake.release();
        await().atMost(PATIENCE).until(() -> member.finished.size() == 400);
    }

    @Test
    void what_is_finished_behind_a_gap_is_not_repeated_by_the_next_reader() throws Exception {
        topic.fill(400);
        CountDownLatch stuck = new CountDownLatch(1);
        Member first = member(topic.consumer(), settings().patience(Duration.ZERO), 1, record -> {
            if (record.partition() == 1 && record.offset() == 7) {
                awaitQuietly(stuck);
            }
        });
        await().atMost(PATIENCE).until(() -> first.finished.size() == 399);
        first.intake.close(Duration.ZERO);
        assertThat(topic.committed().positions().get(topic.partition(1)).offset())
                .isEqualTo(7);

        Member second = member(topic.consumer(), settings(), 1);

        await().atMost(PATIENCE).until(() -> second.finished.size() == 1);
        stuck.countDown();
        await().atMost(PATIENCE)
                .until(() ->
                        topic.committed().positions().get(topic.partition(1)).offset() == 100);
        assertThat(second.taken).containsExactly(new Place(1, 7));
    }

    @Test
    void metadata_that_another_tool_left_is_ignored_and_its_position_is_not() throws Exception {
        topic.fill(40);
        topic.commit(Map.of(topic.partition(0), new OffsetAndMetadata(4, "moved by hand")));

        Member member = member(topic.consumer(), settings(), 1);

        await().atMost(PATIENCE).until(() -> member.finished.size() == 36);
        assertThat(member.taken).doesNotContain(new Place(0, 3)).contains(new Place(0, 4));
    }

    @Test
    void the_position_passes_over_the_marks_of_transactions_so_that_no_lag_stays() throws Exception {
        topic.fillWithHoles(200, Seeds.random("the_position_passes_over_the_marks"));
        Member member = member(topic.consumer(), settings(), 1);

        await().atMost(PATIENCE).until(() -> {
            Map<TopicPartition, OffsetAndMetadata> committed = topic.committed().positions();
            return endOffsets().entrySet().stream().allMatch(end -> {
                OffsetAndMetadata position = committed.get(end.getKey());
                return position != null && position.offset() == end.getValue();
            });
        });
        assertThat(member.violations).isEmpty();
    }

    @Test
    void a_reader_of_several_topics_lets_none_take_room_from_another() throws Exception {
        FilledTopic other = new FilledTopic(env, 1);
        topic.fill(400);
        Member member = new Member(
                topic.consumer(),
                new IntakeSettings(Set.of(topic.name, other.name), 40, 40, 1_000, PATIENCE),
                Integer.MAX_VALUE,
                record -> {});
        member.intake.start();
        await().atMost(PATIENCE).until(() -> member.taken.size() > 20);

        other.fill(5);

        await().atMost(PATIENCE)
                .until(() -> member.intake
                                .backlog()
                                .getOrDefault(other.partition(0), NOTHING)
                                .open()
                        == 5);
    }

    private static final Intake.Backlog NOTHING = new Intake.Backlog(0, 0, false);

    private IntakeSettings settings() {
        return IntakeSettings.of(Set.of(topic.name));
    }

    private Member member(Map<String, Object> config, IntakeSettings settings, int shuffled) {
        return member(config, settings, shuffled, record -> {});
    }

    private Member member(
            Map<String, Object> config,
            IntakeSettings settings,
            int shuffled,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> work) {
        Member member = new Member(config, settings, shuffled, work);
        member.intake.start();
        return member;
    }

    private Map<TopicPartition, Long> endOffsets() {
        try (var consumer = new org.apache.kafka.clients.consumer.KafkaConsumer<>(
                topic.consumer(),
                new org.apache.kafka.common.serialization.ByteArrayDeserializer(),
                new org.apache.kafka.common.serialization.ByteArrayDeserializer())) {
            return consumer.endOffsets(
                    List.of(topic.partition(0), topic.partition(1), topic.partition(2), topic.partition(3)));
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An intake and those who work for it. */
    private final class Member implements Taker {
        final Queue<Place> taken = new ConcurrentLinkedQueue<>();
        final Queue<Place> finished = new ConcurrentLinkedQueue<>();
        final Queue<TopicPartition> revoked = new ConcurrentLinkedQueue<>();
        final Queue<TopicPartition> lost = new ConcurrentLinkedQueue<>();
        final Queue<String> violations = new ConcurrentLinkedQueue<>();
        final Crew crew;
        final Intake intake;
        private final java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> work;

        Member(
                Map<String, Object> config,
                IntakeSettings settings,
                int shuffled,
                java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> work) {
            this.work = work;
            crew = new Crew(4, shuffled, members.size(), this::work);
            intake = new Intake(settings, config, this, Commit.plain(Duration.ofMillis(10)));
            members.add(this);
        }

        private void work(ConsumerRecord<byte[], byte[]> record) {
            work.accept(record);
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            finished.add(new Place(record.partition(), record.offset()));
            intake.finish(partition, record.offset());
        }

        @Override
        public void take(ConsumerRecord<byte[], byte[]> record) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (!intake.owns(partition) || intake.isFinished(partition, record.offset())) {
                violations.add("took " + partition + "/" + record.offset());
            }
            taken.add(new Place(record.partition(), record.offset()));
            crew.give(record);
        }

        @Override
        public void revoking(Collection<TopicPartition> partitions, Duration patience) {
            revoked.addAll(partitions);
            if (!patience.isZero()) {
                // What is left of these partitions is worked off, as a sender empties its window.
                crew.hurry();
                await().atMost(patience)
                        .until(() -> partitions.stream()
                                .allMatch(partition ->
                                        intake.backlog().get(partition).open() == 0));
            }
        }

        @Override
        public void lost(Collection<TopicPartition> partitions) {
            lost.addAll(partitions);
        }
    }
}
