package io.smspipeline.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {
    private final PartitionProgress progress = PartitionProgress.fresh();

    @Test
    void nothing_is_committed_before_anything_is_known() {
        assertThat(progress.committable()).isEmpty();
        assertThat(progress.uncommitted(CommitNote.BUDGET)).isEmpty();
    }

    @Test
    void the_position_is_the_first_unfinished_offset_and_the_rest_goes_along() {
        deliver(10, 11, 12, 13, 14);

        progress.finish(11);
        progress.finish(13);

        assertThat(position()).isEqualTo(10);
        assertThat(finishedBeyond())
                .isEqualTo(new FinishedSet.Builder().add(11, 12).add(13, 14).build());
        assertThat(progress.openCount()).isEqualTo(3);
        assertThat(progress.span()).isEqualTo(5);

        progress.finish(10);

        assertThat(position()).isEqualTo(12);
        assertThat(finishedBeyond())
                .isEqualTo(new FinishedSet.Builder().add(13, 14).build());
        assertThat(progress.span()).isEqualTo(3);
    }

    @Test
    void offsets_that_kafka_never_delivers_hold_nothing_up() {
        deliver(10, 15, 90);
        progress.finish(10);
        progress.finish(90);

        assertThat(position()).isEqualTo(15);
        assertThat(finishedBeyond())
                .isEqualTo(new FinishedSet.Builder().add(16, 91).build());
        assertThat(progress.isFinished(12)).isTrue();

        progress.finish(15);
        progress.passTo(95);

        assertThat(position()).isEqualTo(95);
        assertThat(progress.span()).isZero();
    }

    @Test
    void a_restored_partition_does_not_take_what_was_finished_before() {
        deliver(10, 11, 12, 13, 14);
        progress.finish(11);
        progress.finish(14);

        PartitionProgress restored =
                PartitionProgress.restore(progress.committable().orElseThrow());

        assertThat(restored.isFinished(14)).isTrue();
        assertThat(restored.isFinished(12)).isFalse();
        assertThat(List.of(10L, 11L, 12L, 13L, 14L, 15L).stream()
                        .filter(offset -> restored.deliver(offset, Optional.empty())))
                .containsExactly(10L, 12L, 13L, 15L);
    }

    @Test
    void what_is_done_of_a_record_is_known_where_it_is_read_again() {
        deliver(10, 11, 12);
        progress.finishPiece(10, 0);
        progress.finishPiece(11, 0);
        progress.finishPiece(12, 1);
        progress.finish(11);

        PartitionProgress restored =
                PartitionProgress.restore(progress.committable().orElseThrow());
        restored.deliver(10, Optional.empty());

        assertThat(restored.finishedPieces(10).stream()).containsExactly(0);
        assertThat(restored.finishedPieces(11).stream()).isEmpty();
        assertThat(restored.finishedPieces(12).stream()).as("before it is read").containsExactly(1);
        restored.finishPiece(10, 2);
        PartitionProgress third =
                PartitionProgress.restore(restored.committable().orElseThrow());
        assertThat(third.finishedPieces(10).stream()).containsExactly(0, 2);
        assertThat(third.finishedPieces(12).stream()).containsExactly(1);
    }

    private static PartitionProgress successor(PartitionProgress of) {
        return PartitionProgress.restore(of.committable().orElseThrow());
    }

    private static List<Long> suspects(PartitionProgress of, long from, long to) {
        List<Long> suspects = new ArrayList<>();
        for (long offset = from; offset <= to; offset++) {
            if (of.deliver(offset, Optional.empty()) && of.suspicions(offset) > 0) {
                suspects.add(offset);
            }
        }
        return suspects;
    }

    @Test
    void after_a_kill_what_was_begun_and_the_next_few_may_be_repeats() {
        deliver(10, 11, 12, 13, 14, 15, 16, 17);
        progress.undertake(2);
        progress.begun(13);
        progress.finish(10);
        progress.finish(12);

        assertThat(suspects(successor(progress), 11, 20)).containsExactly(11L, 13L, 14L, 15L);
    }

    @Test
    void after_an_orderly_hand_over_nothing_may_be_a_repeat() {
        deliver(10, 11, 12);
        progress.undertake(100);
        progress.begun(11);
        progress.finish(10);
        progress.finish(11);
        progress.conclude();

        assertThat(suspects(successor(progress), 12, 20)).isEmpty();
        assertThat(progress.committable().orElseThrow().metadata()).isEmpty();
    }

    @Test
    void nothing_is_suspected_of_a_partition_nobody_had() {
        assertThat(suspects(progress, 0, 20)).isEmpty();
    }

    @Test
    void a_suspicion_outlives_owners_that_hand_over_in_order_before_they_read_so_far() {
        deliver(10, 11, 12, 13, 14, 15);
        progress.undertake(3);
        progress.begun(11);
        PartitionProgress second = successor(progress);
        second.deliver(10, Optional.empty());
        second.undertake(3);
        second.begun(10);
        second.finish(10);
        second.conclude();

        PartitionProgress third = successor(second);

        assertThat(suspects(third, 11, 20)).containsExactly(11L, 12L, 13L, 14L);
        third.finish(11);
        third.finish(12);
        assertThat(suspects(successor(third), 13, 20)).containsExactly(13L, 14L);
    }

    @Test
    void pieces_of_records_that_are_gone_are_forgotten() {
        deliver(10, 11);
        progress.finishPiece(11, 0);
        PartitionProgress restored =
                PartitionProgress.restore(progress.committable().orElseThrow());

        restored.deliver(10, Optional.empty());
        restored.passTo(20);

        assertThat(CommitNote.read(10, restored.committable().orElseThrow().metadata())
                        .orElseThrow()
                        .pieces()
                        .isEmpty())
                .isTrue();
        assertThat(progress.finishPiece(9, 0)).as("not in hand").isFalse();
    }

    @Test
    void what_was_finished_beyond_stays_known_in_commits_made_before_it_is_read_again() {
        PartitionProgress restored = PartitionProgress.restore(committed(10, 12, 20));
        restored.deliver(10, Optional.empty());

        assertThat(restored.committable().map(OffsetAndMetadata::offset)).contains(10L);
        assertThat(restored.committable().map(OffsetAndMetadata::metadata))
                .contains(committed(10, 12, 20).metadata());

        restored.finish(10);
        restored.deliver(11, Optional.empty());
        restored.finish(11);

        assertThat(restored.committable().map(OffsetAndMetadata::offset)).contains(20L);
        assertThat(restored.deliver(12, Optional.empty())).isFalse();
        assertThat(restored.deliver(20, Optional.empty())).isTrue();
    }

    @Test
    void metadata_that_somebody_else_wrote_is_no_finished_set() {
        PartitionProgress restored = PartitionProgress.restore(new OffsetAndMetadata(7, "left by another tool"));

        assertThat(restored.deliver(7, Optional.empty())).isTrue();
        assertThat(restored.deliver(8, Optional.empty())).isTrue();
    }

    @Test
    void a_log_that_was_cut_short_is_worked_on_again_from_there() {
        PartitionProgress restored = PartitionProgress.restore(committed(10, 12, 20));
        restored.deliver(10, Optional.empty());
        restored.deliver(11, Optional.empty());

        assertThat(restored.deliver(3, Optional.empty())).isTrue();
        assertThat(restored.deliver(12, Optional.empty())).isTrue();
        restored.finish(12);

        assertThat(restored.committable().map(OffsetAndMetadata::offset)).contains(3L);
        assertThat(restored.openCount()).isEqualTo(1);
    }

    @Test
    void the_leader_epoch_goes_along() {
        progress.deliver(4, Optional.of(17));
        progress.finish(4);

        assertThat(progress.committable().orElseThrow().leaderEpoch()).contains(17);
    }

    @Test
    void a_commit_is_due_when_something_was_finished_since_the_last_one() {
        deliver(1, 2);
        assertThat(progress.uncommitted(CommitNote.BUDGET)).isEmpty();

        progress.finish(2);
        OffsetAndMetadata first = progress.uncommitted(CommitNote.BUDGET).orElseThrow();
        progress.finish(1);
        progress.committed(first);
        OffsetAndMetadata second = progress.uncommitted(CommitNote.BUDGET).orElseThrow();
        progress.committed(second);

        assertThat(second.offset()).isEqualTo(3);
        assertThat(progress.uncommitted(CommitNote.BUDGET)).isEmpty();
        assertThat(progress.finish(2)).isFalse();
        assertThat(progress.uncommitted(CommitNote.BUDGET)).isEmpty();
    }

    @Test
    void over_any_number_of_lives_nothing_is_lost_and_only_what_was_not_committed_is_repeated() {
        Random random = Seeds.random("over_any_number_of_lives");
        for (int round = 0; round < 200; round++) {
            new Lives(random).run();
        }
    }

    private void deliver(long... offsets) {
        for (long offset : offsets) {
            progress.deliver(offset, Optional.empty());
        }
    }

    private long position() {
        return progress.committable().orElseThrow().offset();
    }

    private FinishedSet finishedBeyond() {
        OffsetAndMetadata committed = progress.committable().orElseThrow();
        return CommitNote.read(committed.offset(), committed.metadata())
                .orElseThrow()
                .finished();
    }

    private static OffsetAndMetadata committed(long position, long finishedFrom, long finishedTo) {
        FinishedSet finished =
                new FinishedSet.Builder().add(finishedFrom, finishedTo).build();
        return new OffsetAndMetadata(position, new CommitNote(0, finished).text(position, CommitNote.BUDGET));
    }

    /** A log with holes, worked on in random order by readers that die and are followed by others. */
    private static final class Lives {
        private final Random random;
        private final TreeSet<Long> log = new TreeSet<>();
        private final TreeSet<Long> done = new TreeSet<>();
        private final TreeSet<Long> doneInThisLife = new TreeSet<>();
        private final TreeSet<Long> doneAndCommitted = new TreeSet<>();
        private OffsetAndMetadata committed;

        Lives(Random random) {
            this.random = random;
            long offset = random.nextInt(50);
            for (int i = 0; i < 1 + random.nextInt(300); i++) {
                log.add(offset);
                offset += random.nextInt(6) == 0 ? 1 + random.nextInt(10) : 1;
            }
        }

        void run() {
            for (int life = 0; life < 4; life++) {
                live(random.nextInt(log.size() * 4));
            }
            live(Integer.MAX_VALUE);
            assertThat(done).isEqualTo(log);
            assertThat(committed.offset()).isEqualTo(log.last() + 1);
        }

        private void live(int steps) {
            PartitionProgress progress =
                    committed == null ? PartitionProgress.fresh() : PartitionProgress.restore(committed);
            List<Long> unread = new ArrayList<>(committed == null ? log : log.tailSet(committed.offset()));
            List<Long> inHand = new ArrayList<>();
            doneInThisLife.clear();
            for (int step = 0; step < steps && !(unread.isEmpty() && inHand.isEmpty()); step++) {
                switch (random.nextInt(5)) {
                    case 0, 1 -> {
                        if (!unread.isEmpty()) {
                            long offset = unread.remove(0);
                            boolean taken = progress.deliver(offset, Optional.empty());
                            assertThat(taken)
                                    .as("offset %s, committed %s", offset, committed)
                                    .isEqualTo(!doneAndCommitted.contains(offset));
                            if (taken) {
                                inHand.add(offset);
                            }
                        }
                    }
                    case 2, 3 -> {
                        if (!inHand.isEmpty()) {
                            long offset = inHand.remove(random.nextInt(inHand.size()));
                            assertThat(progress.finish(offset)).isTrue();
                            done.add(offset);
                            doneInThisLife.add(offset);
                        }
                    }
                    default -> commit(progress);
                }
                assertThat(progress.openCount()).isEqualTo(inHand.size());
            }
            if (steps == Integer.MAX_VALUE) {
                commit(progress);
            }
        }

        private void commit(PartitionProgress progress) {
            progress.uncommitted(CommitNote.BUDGET).ifPresent(snapshot -> {
                committed = snapshot;
                progress.committed(snapshot);
                doneAndCommitted.addAll(doneInThisLife);
            });
        }
    }
}
