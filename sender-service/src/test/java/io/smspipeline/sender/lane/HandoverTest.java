package io.smspipeline.sender.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.sender.fixture.Messages;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What may leave us and what must be seen through, when partitions come and go. */
class HandoverTest {
    private static final TopicPartition PARTITION = new TopicPartition("sms.submit.acme.normal", 0);
    private static final List<TopicPartition> PARTITIONS = List.of(PARTITION);

    private final Tenures tenures = new Tenures();
    private final Unrecorded unrecorded = new Unrecorded(10);

    private Handover handover(int parts) {
        return Messages.handover(Messages.parts(parts, "m"), Lane.NORMAL, tenures.of(PARTITION), unrecorded);
    }

    @Test
    void nothing_of_a_partition_that_is_given_up_is_begun() {
        tenures.begin(PARTITIONS);
        Handover waiting = handover(1);

        tenures.end(PARTITIONS);

        assertThat(waiting.claim()).isFalse();
        assertThat(waiting.giveUp()).isTrue();
        assertThat(tenures.conclude(PARTITIONS, Duration.ZERO)).containsAll(PARTITIONS);
    }

    @Test
    void what_was_begun_of_it_is_seen_through() throws Exception {
        tenures.begin(PARTITIONS);
        Handover begun = handover(2);
        assertThat(begun.claim()).isTrue();
        tenures.end(PARTITIONS);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> clean = other.submit(
                    () -> tenures.conclude(PARTITIONS, Duration.ofSeconds(30)).containsAll(PARTITIONS));
            assertThat(begun.settle(true)).isFalse();
            assertThat(begun.claim()).as("its second part").isTrue();
            assertThat(begun.settle(true)).isTrue();
            assertThat(clean.isDone()).isFalse();

            begun.seenThrough();

            assertThat(clean.get(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void nothing_more_of_it_leaves_once_patience_is_over() {
        tenures.begin(PARTITIONS);
        Handover begun = handover(2);
        begun.claim();
        begun.noteLeftUs();

        assertThat(tenures.conclude(PARTITIONS, Duration.ofMillis(1))).isEmpty();

        assertThat(begun.claim()).isFalse();
        assertThat(begun.isLive()).isFalse();
    }

    @Test
    void what_was_refused_for_now_is_left_to_the_next_owner() {
        tenures.begin(PARTITIONS);
        Handover throttled = handover(1);
        throttled.claim();
        throttled.count();
        throttled.settle(false);

        tenures.end(PARTITIONS);

        assertThat(throttled.giveUp()).isTrue();
        assertThat(unrecorded.count()).isZero();
        assertThat(tenures.conclude(PARTITIONS, Duration.ZERO)).containsAll(PARTITIONS);
    }

    @Test
    void what_may_have_been_taken_is_not_left_to_the_next_owner() {
        tenures.begin(PARTITIONS);
        Handover uncertain = handover(1);
        uncertain.claim();
        uncertain.noteLeftUs();
        uncertain.settle(false);

        tenures.end(PARTITIONS);

        assertThat(uncertain.giveUp()).isFalse();
        assertThat(uncertain.claim()).as("it is tried again").isTrue();
    }

    @Test
    void one_whose_intention_is_on_record_is_ours_whoever_has_the_partition() {
        tenures.begin(PARTITIONS);
        Handover held = Messages.handover(Messages.held("m"), Lane.NORMAL, tenures.of(PARTITION), unrecorded);
        held.claim();
        held.putOnRecord();
        held.settle(false);

        tenures.lose(PARTITIONS);

        assertThat(held.giveUp()).isFalse();
        assertThat(held.claim()).isTrue();
    }

    @Test
    void one_whose_partition_went_before_its_intention_was_on_record_is_not_submitted_here() {
        tenures.begin(PARTITIONS);
        Handover held = Messages.handover(Messages.held("m"), Lane.NORMAL, tenures.of(PARTITION), unrecorded);
        held.claim();

        tenures.lose(PARTITIONS);
        held.putOnRecord();
        held.settle(false);

        assertThat(held.claim()).isFalse();
    }

    @Test
    void only_a_message_of_which_nothing_left_and_nothing_is_leaving_is_withdrawn() {
        tenures.begin(PARTITIONS);
        Handover leaving = handover(2);
        leaving.claim();
        leaving.claim();
        assertThat(leaving.withdraw()).as("another part is under way").isFalse();
        Handover left = handover(2);
        left.claim();
        left.noteLeftUs();
        assertThat(left.withdraw()).as("a part was accepted").isFalse();
        Handover whole = handover(2);
        whole.claim();

        assertThat(whole.withdraw()).isTrue();

        assertThat(whole.claim()).as("its other part").isFalse();
        assertThat(whole.settle(false)).as("finished").isTrue();
    }

    @Test
    void the_record_of_an_ended_message_is_finished_when_its_last_part_is_answered() {
        tenures.begin(PARTITIONS);
        Handover refused = handover(3);
        refused.claim();
        refused.claim();
        assertThat(refused.end()).isTrue();

        assertThat(refused.settle(false)).isFalse();
        assertThat(refused.settle(true)).isTrue();
        assertThat(refused.end()).as("a second end").isFalse();
    }

    @Test
    void a_message_counts_as_unrecorded_with_all_its_parts_and_once() {
        tenures.begin(PARTITIONS);
        Handover handover = handover(3);
        for (int part = 0; part < 3; part++) {
            handover.claim();
            handover.count();
            handover.settle(true);
            assertThat(unrecorded.count()).isEqualTo(3);
        }

        handover.seenThrough();
        handover.seenThrough();

        assertThat(unrecorded.count()).isZero();
    }

    @Test
    void one_that_is_dropped_while_a_part_is_under_way_stops_counting_with_its_answer() {
        tenures.begin(PARTITIONS);
        Handover handover = handover(2);
        handover.claim();
        handover.count();
        tenures.lose(PARTITIONS);
        assertThat(handover.giveUp()).as("its second part").isTrue();
        assertThat(unrecorded.count()).isEqualTo(2);

        assertThat(handover.settle(true)).isFalse();

        assertThat(unrecorded.count()).isZero();
    }

    @Test
    void a_message_larger_than_the_bound_goes_alone() {
        assertThat(unrecorded.hasRoomFor(12)).isTrue();
        unrecorded.add(1);
        assertThat(unrecorded.hasRoomFor(12)).isFalse();
        assertThat(unrecorded.hasRoomFor(9)).isTrue();
        assertThat(unrecorded.hasRoomFor(10)).isFalse();
    }

    @Test
    void claiming_and_giving_up_at_the_same_time_never_disagree() throws Exception {
        ExecutorService feeder = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < 2_000; round++) {
                tenures.begin(PARTITIONS);
                Handover handover = handover(1);
                CountDownLatch go = new CountDownLatch(1);
                Future<Boolean> claimed = feeder.submit(() -> {
                    go.await();
                    return handover.claim();
                });
                go.countDown();
                tenures.end(PARTITIONS);
                boolean clean = tenures.conclude(PARTITIONS, Duration.ZERO).containsAll(PARTITIONS);
                assertThat(clean).as("given up clean").isEqualTo(!claimed.get(30, TimeUnit.SECONDS));
            }
        } finally {
            feeder.shutdownNow();
        }
    }
}
