package io.smspipeline.router.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** How many are let through in a time. */
class QuotaTest {
    private static final long MINUTE = 60_000;
    private static final long NOW = 1_790_000_000_000L;

    private Quota quota = Quota.UNUSED;

    private long admit(long now, int most) {
        Quota.Admission admission = quota.admit(now, MINUTE, most);
        quota = admission.after();
        return admission.due();
    }

    @Test
    void so_many_may_go_at_once_and_the_next_a_whole_time_later() {
        assertThat(List.of(admit(NOW, 3), admit(NOW, 3), admit(NOW, 3))).containsOnly(NOW);

        assertThat(admit(NOW, 3)).isBetween(NOW + MINUTE, NOW + MINUTE + 1_000);
        assertThat(admit(NOW, 3)).isBetween(NOW + MINUTE, NOW + MINUTE + 1_000);
    }

    @Test
    void what_waits_has_its_place_before_what_comes_later() {
        admit(NOW, 1);
        long waits = admit(NOW, 1);

        assertThat(admit(NOW + 30_000, 1)).isGreaterThanOrEqualTo(waits + MINUTE);
    }

    @Test
    void a_time_later_all_of_it_is_free_again() {
        admit(NOW, 2);
        admit(NOW, 2);

        assertThat(admit(NOW + MINUTE + 1_000, 2)).isEqualTo(NOW + MINUTE + 1_000);
        assertThat(quota.slots()).hasSize(1);
    }

    @RepeatedTest(50)
    void in_no_such_time_are_there_more_and_its_memory_is_bounded() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int most = 1 + random.nextInt(20);
        List<Long> due = new ArrayList<>();
        long now = NOW;
        for (int i = 0; i < 300; i++) {
            now += random.nextInt(3) == 0 ? 0 : random.nextInt(6_000);
            due.add(admit(now, most));
            assertThat(due.get(i)).as("seed %d", seed).isGreaterThanOrEqualTo(now - 1_000);
            assertThat(quota.slots().size()).as("seed %d", seed).isLessThanOrEqualTo(61);
        }
        for (int i = 0; i < due.size(); i++) {
            long from = due.get(i);
            assertThat(due.stream()
                            .filter(at -> at >= from && at < from + MINUTE)
                            .count())
                    .as("seed %d from %d", seed, i)
                    .isLessThanOrEqualTo(most);
        }
    }
}
