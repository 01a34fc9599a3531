package io.smspipeline.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FinishedSetTest {
    @Test
    void runs_that_touch_become_one() {
        FinishedSet set = new FinishedSet.Builder()
                .add(5, 7)
                .add(7, 7)
                .add(7, 9)
                .add(11, 12)
                .build();

        assertThat(set.runs()).containsExactly(new FinishedSet.Run(5, 9), new FinishedSet.Run(11, 12));
        assertThat(set.size()).isEqualTo(5);
    }

    @Test
    void runs_are_added_in_order() {
        FinishedSet.Builder builder = new FinishedSet.Builder().add(5, 7);

        assertThatThrownBy(() -> builder.add(6, 8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.add(9, 8)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void it_contains_exactly_what_was_added_and_a_tail_of_it_the_same() {
        Random random = Seeds.random("it_contains_exactly_what_was_added");
        for (int round = 0; round < 300; round++) {
            BitSet expected = new BitSet();
            int reach = 1 + random.nextInt(200);
            for (int i = 0; i < reach; i++) {
                expected.set(i, random.nextInt(3) > 0);
            }
            FinishedSet.Builder builder = new FinishedSet.Builder();
            expected.stream().forEach(i -> builder.add(i, i + 1L));
            FinishedSet set = builder.build();
            int cut = random.nextInt(reach + 2);

            for (int i = 0; i <= reach + 1; i++) {
                assertThat(set.contains(i)).as("offset %s", i).isEqualTo(expected.get(i));
                assertThat(set.from(cut).contains(i))
                        .as("offset %s from %s", i, cut)
                        .isEqualTo(i >= cut && expected.get(i));
            }
            assertThat(set.size()).isEqualTo(expected.cardinality());
        }
    }
}
