package io.smspipeline.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final TopicPartition HIGH_0 = new TopicPartition("high", 0);
    private static final TopicPartition HIGH_1 = new TopicPartition("high", 1);
    private static final TopicPartition LOW_0 = new TopicPartition("low", 0);

    private final IntakeSettings settings =
            IntakeSettings.of(Set.of("high", "low")).inHand(100, 60).span(1_000);
    private final Limits limits = new Limits(settings, 10);

    @Test
    void a_topic_with_enough_in_hand_pauses_and_others_do_not() {
        assertThat(limits.full(Map.of(LOW_0, load(50), HIGH_0, load(46), HIGH_1, load(45))))
                .containsExactlyInAnyOrder(HIGH_0, HIGH_1);
    }

    @Test
    void a_topic_goes_on_when_half_of_the_limit_is_free() {
        limits.full(Map.of(HIGH_0, load(46), HIGH_1, load(45)));

        assertThat(limits.full(Map.of(HIGH_0, load(26), HIGH_1, load(25)))).containsExactlyInAnyOrder(HIGH_0, HIGH_1);
        assertThat(limits.full(Map.of(HIGH_0, load(25), HIGH_1, load(25)))).isEmpty();
    }

    @Test
    void a_partition_with_enough_in_hand_pauses_alone() {
        assertThat(limits.full(Map.of(HIGH_0, load(51), HIGH_1, load(10)))).containsExactly(HIGH_0);
        assertThat(limits.full(Map.of(HIGH_0, load(31), HIGH_1, load(10)))).containsExactly(HIGH_0);
        assertThat(limits.full(Map.of(HIGH_0, load(30), HIGH_1, load(10)))).isEmpty();
    }

    @Test
    void a_partition_too_far_ahead_of_its_first_unfinished_record_pauses_until_the_gap_closes() {
        assertThat(limits.full(Map.of(HIGH_0, new Load(1, 991), HIGH_1, new Load(1, 990))))
                .containsExactly(HIGH_0);
        assertThat(limits.full(Map.of(HIGH_0, new Load(1, 501)))).containsExactly(HIGH_0);
        assertThat(limits.full(Map.of(HIGH_0, new Load(0, 0)))).isEmpty();
    }

    @Test
    void a_partition_that_went_and_came_back_starts_afresh() {
        limits.full(Map.of(HIGH_0, load(60)));
        limits.full(Map.of());

        assertThat(limits.full(Map.of(HIGH_0, load(40)))).isEmpty();
    }

    @Test
    void one_record_at_a_time_is_possible() {
        Limits one = new Limits(IntakeSettings.of(Set.of("high")).inHand(1, 1), 1);

        assertThat(one.full(Map.of(HIGH_0, load(0)))).isEmpty();
        assertThat(one.full(Map.of(HIGH_0, load(1)))).containsExactly(HIGH_0);
        assertThat(one.full(Map.of(HIGH_0, load(0)))).isEmpty();
    }

    @Test
    void one_poll_never_exceeds_a_limit() {
        assertThat(Limits.perPoll(settings, 500)).isEqualTo(30);
        assertThat(Limits.perPoll(settings, 5)).isEqualTo(5);
        assertThat(Limits.perPoll(settings.inHand(1, 1), 500)).isEqualTo(1);
    }

    @Test
    void settings_that_cannot_work_are_refused() {
        assertThatThrownBy(() -> IntakeSettings.of(Set.of())).hasMessageContaining("no topics");
        assertThatThrownBy(() -> settings.inHand(0, 0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> settings.inHand(10, 11)).hasMessageContaining("no more than the first");
        assertThatThrownBy(() -> settings.span(20_001)).hasMessageContaining("20001");
        assertThatThrownBy(() -> settings.patience(Duration.ofSeconds(-1))).hasMessageContaining("negative");
        assertThatThrownBy(() -> Commit.plain(Duration.ZERO)).hasMessageContaining("more than zero");
    }

    private static Load load(int open) {
        return new Load(open, open);
    }
}
