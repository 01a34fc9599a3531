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
            if (next.isSuspect(offset)) {
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
                    assertThat(afterOrder && progress.isSuspect(offset))
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
                    assertThat(progress.isSuspect(offset))
                            .as("begun twice: %s", offset)
                            .isTrue();
                }
                progress.begun(offset);
                begun.add(offset);
            }
        }
    }
}
