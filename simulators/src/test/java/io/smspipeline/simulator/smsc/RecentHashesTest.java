package io.smspipeline.simulator.smsc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecentHashesTest {
    @Test
    void it_knows_what_a_set_knows_while_all_are_recent() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        RecentHashes hashes = new RecentHashes(100_000);
        Set<Long> set = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            long hash = 1L + random.nextInt(60_000);
            assertThat(hashes.add(hash)).as("seed %s round %s", seed, i).isEqualTo(set.add(hash));
        }
    }

    @Test
    void the_latest_are_remembered_and_old_ones_forgotten() {
        RecentHashes hashes = new RecentHashes(1000);
        for (long hash = 1; hash <= 10_000; hash++) {
            assertThat(hashes.add(hash)).isTrue();
        }

        assertThat(hashes.add(9001)).isFalse();
        assertThat(hashes.add(10_000)).isFalse();
        assertThat(hashes.add(1)).isTrue();
    }

    @Test
    void zero_is_a_hash_too() {
        RecentHashes hashes = new RecentHashes(10);

        assertThat(hashes.add(0)).isTrue();
        assertThat(hashes.add(0)).isFalse();
    }
}
