package io.smspipeline.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

/** Which records whoever had a partition before may have begun without telling. */
class SuspicionTest {
    private static final int UNTOLD = 10;

    private static PartitionProgress restored(OffsetAndMetadata committed, long logEnd) {
        PartitionProgress progress = PartitionProgress.restore(committed);
        progress.newFrom(logEnd);
        return progress;
    }

    private static OffsetAndMetadata commit(PartitionProgress progress) {
        OffsetAndMetadata snapshot = progress.uncommitted(CommitNote.BUDGET).orElseThrow();
        progress.committed(snapshot);
        return snapshot;
    }

    @Test
    void what_came_after_the_last_owner_is_not_suspect() {
        PartitionProgress last = PartitionProgress.fresh();
        last.deliver(0, Optional.empty());
        last.deliver(1, Optional.empty());
        last.undertake(UNTOLD);

        PartitionProgress next = restored(commit(last), 2);

        assertThat(next.isLeftOpen()).isTrue();
        List<Long> suspects = new ArrayList<>();
        for (long offset = 0; offset < 5; offset++) {
            next.deliver(offset, Optional.empty());
            if (next.suspicions(offset) > 0) {
                suspects.add(offset);
            }
        }
        assertThat(suspects).containsExactly(0L, 1L);
    }

    @Test
    void whatever_happens_what_is_begun_twice_was_suspect_the_second_time() {
        Random random = Seeds.random("begun_twice");
        for (int round = 0; round < 300; round++) {
            Owners owners = new Owners(random);
            for (int owner = 0; owner < 5; owner++) {
                owners.work(random.nextBoolean());
            }
        }
    }

    @Test
    void what_owner_after_owner_leaves_unfinished_is_counted_and_what_comes_later_is_not() {
        OffsetAndMetadata committed = new OffsetAndMetadata(0);
        for (int owner = 0; owner < 30; owner++) {
            long logEnd = 5 + 3L * owner;
            PartitionProgress progress = restored(committed, logEnd);
            for (long offset = committed.offset(); offset < logEnd; offset++) {
                progress.deliver(offset, Optional.empty());
            }
            assertThat(progress.suspicions(0)).isEqualTo(owner);
            assertThat(progress.suspicions(logEnd - 1)).isLessThanOrEqualTo(1);
            progress.undertake(UNTOLD);
            progress.begun(0);
            committed = commit(progress);
        }
        PartitionProgress last = restored(committed, 1_000);
        last.deliver(0, Optional.empty());
        last.deliver(1, Optional.empty());
        last.deliver(2, Optional.empty());
        assertThat(last.suspicions(1)).as("among the oldest").isEqualTo(30);
        last.finish(0);
        last.finish(1);
        last.finish(2);
        last.undertake(UNTOLD);
        PartitionProgress next = restored(commit(last), 1_000);
        for (long offset = 3; offset < 12; offset++) {
            next.deliver(offset, Optional.empty());
        }

        assertThat(next.suspicions(11)).as("counted from now on").isEqualTo(1);
    }

    /** Owners of one partition after each other, who begin at most {@link #UNTOLD} records between two commits. */
    private static final class Owners {
        private final Random random;
        private final Set<Long> begunEver = new HashSet<>();
        private OffsetAndMetadata committed = new OffsetAndMetadata(0);
        private long logEnd = 200;

        Owners(Random random) {
            this.random = random;
        }

        void work(boolean inOrder) {
            PartitionProgress progress = restored(committed, logEnd);
            boolean afterOrder = !progress.isLeftOpen();
            logEnd += random.nextInt(50);
            List<Long> open = new ArrayList<>();
            for (long offset = committed.offset(); offset < logEnd; offset++) {
                if (progress.deliver(offset, Optional.empty())) {
                    open.add(offset);
                    assertThat(afterOrder && progress.suspicions(offset) > 0)
                            .as("suspect after a hand-over in order: %s", offset)
                            .isFalse();
                }
            }
            progress.undertake(UNTOLD);
            committed = commit(progress);
            List<Long> begun = new ArrayList<>();
            for (int step = random.nextInt(40); step > 0; step--) {
                beginSome(progress, open, begun);
                while (!begun.isEmpty() && random.nextInt(4) > 0) {
                    progress.finish(begun.remove(random.nextInt(begun.size())));
                }
                if (random.nextInt(5) > 0 && step > 1) {
                    progress.uncommitted(CommitNote.BUDGET).ifPresent(snapshot -> committed = snapshot);
                }
            }
            if (inOrder) {
                begun.forEach(progress::finish);
                progress.conclude();
                committed = commit(progress);
                begunEver.clear();
            }
        }

        /** In their order, as a lane does; the next ones wait until what was begun is finished or told. */
        private void beginSome(PartitionProgress progress, List<Long> open, List<Long> begun) {
            progress.uncommitted(CommitNote.BUDGET).ifPresent(snapshot -> committed = snapshot);
            for (int i = 0; i < UNTOLD && begun.size() < UNTOLD && !open.isEmpty(); i++) {
                long offset = open.remove(0);
                if (!begunEver.add(offset)) {
                    assertThat(progress.suspicions(offset) > 0)
                            .as("begun twice: %s", offset)
                            .isTrue();
                }
                progress.begun(offset);
                begun.add(offset);
            }
        }
    }
}
