package io.smspipeline.sender.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.smspipeline.sender.fixture.HandClock;
import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** How many parts leave in which time. The clock goes on by a millisecond a step. */
class PacerTest {
    private static final Duration STEP = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Offset<Double> A_BIT = within(0.01);

    private final HandClock clock = new HandClock();

    /** Of a process that serves the whole account, and has done so for a while. */
    private Pacer pacer(double contract) {
        Pacer pacer = new Pacer(contract, clock);
        pacer.share(1);
        clock.pass(SECOND);
        pacer.take(1);
        clock.pass(SECOND);
        return pacer;
    }

    /** Parts that leave within a time, to a provider that takes them all. */
    private int leave(Pacer pacer, Duration duration) {
        int left = 0;
        for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plus(STEP)) {
            while (pacer.take(1) == 0) {
                left++;
                assertThat(left).isLessThan(1_000_000);
            }
            clock.pass(STEP);
        }
        return left;
    }

    @Test
    void parts_are_spread_evenly() {
        Pacer pacer = pacer(50);

        for (int slice = 0; slice < 20; slice++) {
            assertThat(leave(pacer, Duration.ofMillis(100))).as("in 100 ms").isBetween(5, 6);
        }
    }

    @Test
    void idleness_saves_nothing_up() {
        Pacer pacer = pacer(50);
        clock.pass(Duration.ofMinutes(5));

        assertThat(leave(pacer, SECOND)).isBetween(50, 51);
    }

    @Test
    void time_lost_by_waking_late_is_made_up_for() {
        Pacer pacer = pacer(1_000);
        int left = 0;
        for (int step = 0; step < 500; step++) {
            clock.pass(Duration.ofMillis(2));
            while (pacer.take(1) == 0) {
                left++;
            }
        }

        assertThat(left).as("in a second, woken each 2 ms").isBetween(999, 1_006);
    }

    @Test
    void a_submission_of_several_parts_counts_with_all_of_them() {
        Pacer pacer = pacer(100);
        int parts = 0;
        for (int step = 0; step < 1_000; step++) {
            parts += pacer.take(4) == 0 ? 4 : 0;
            clock.pass(STEP);
        }

        assertThat(parts).isBetween(100, 104);
    }

    @Test
    void it_says_how_long_to_wait() {
        Pacer pacer = pacer(10);
        assertThat(pacer.take(1)).isZero();

        long wait = pacer.take(1);

        assertThat(Duration.ofNanos(wait)).isBetween(Duration.ofMillis(90), Duration.ofMillis(100));
        clock.pass(Duration.ofNanos(wait));
        assertThat(pacer.take(1)).isZero();
    }

    @Test
    void without_a_contract_nothing_limits_it() {
        Pacer pacer = new Pacer(0, clock);

        assertThat(pacer.rate()).isZero();
        for (int i = 0; i < 100_000; i++) {
            assertThat(pacer.take(1)).isZero();
        }
    }

    @Test
    void throttling_pauses_and_lowers() {
        Pacer pacer = pacer(100);

        pacer.throttled(Duration.ZERO);

        assertThat(pacer.rate()).isCloseTo(85, A_BIT);
        assertThat(leave(pacer, SECOND)).as("in the second after").isZero();
        assertThat(leave(pacer, SECOND)).isBetween(85, 87);
    }

    @Test
    void the_provider_says_how_long_to_pause() {
        Pacer pacer = pacer(100);

        pacer.throttled(Duration.ofSeconds(3));

        assertThat(leave(pacer, Duration.ofSeconds(3))).isZero();
        assertThat(leave(pacer, SECOND)).isPositive();
    }

    @Test
    void the_refusals_of_one_burst_lower_once() {
        Pacer pacer = pacer(100);

        for (int refusal = 0; refusal < 40; refusal++) {
            pacer.throttled(Duration.ZERO);
            clock.pass(STEP);
        }

        assertThat(pacer.rate()).isCloseTo(85, A_BIT);
    }

    @Test
    void an_account_without_a_contract_is_lowered_from_what_it_did() {
        Pacer pacer = new Pacer(0, clock);
        for (int step = 0; step < 3_000; step++) {
            assertThat(pacer.take(1)).isZero();
            clock.pass(STEP);
        }

        pacer.throttled(Duration.ZERO);

        assertThat(pacer.rate()).isBetween(840.0, 860.0);
    }

    @Test
    void a_lowered_rate_rises_step_by_step_to_the_contract_and_not_beyond() {
        Pacer pacer = pacer(100);
        pacer.throttled(Duration.ZERO);
        clock.pass(SECOND);
        double before = pacer.rate();
        for (int second = 0; second < 10; second++) {
            leave(pacer, SECOND);
            assertThat(pacer.rate()).isBetween(before, before * 1.05);
            before = pacer.rate();
        }
        leave(pacer, Duration.ofSeconds(10));

        assertThat(pacer.rate()).isEqualTo(100);
    }

    @Test
    void a_rate_never_falls_so_low_that_it_cannot_rise() {
        Pacer pacer = pacer(2);

        for (int refusal = 0; refusal < 20; refusal++) {
            pacer.throttled(Duration.ZERO);
            clock.pass(Duration.ofSeconds(2));
        }

        assertThat(pacer.rate()).isBetween(1.0, 2.0);
        assertThat(leave(pacer, Duration.ofSeconds(5))).isPositive();
    }

    @Test
    void a_process_without_partitions_sends_nothing() {
        Pacer pacer = new Pacer(100, clock);
        assertThat(leave(pacer, Duration.ofSeconds(3))).isZero();
        Pacer leaving = pacer(100);
        leaving.share(0);

        assertThat(leave(leaving, Duration.ofSeconds(3))).isZero();
    }

    @Test
    void a_gained_share_is_used_after_a_second() {
        Pacer pacer = new Pacer(100, clock);
        pacer.share(0.5);

        assertThat(leave(pacer, Duration.ofMillis(999))).isZero();
        clock.pass(STEP);
        assertThat(leave(pacer, SECOND)).isBetween(50, 51);
        pacer.share(1);
        assertThat(leave(pacer, SECOND)).isBetween(49, 52);
        assertThat(leave(pacer, SECOND)).isBetween(99, 101);
    }

    @Test
    void a_lost_share_is_not_used_any_more_at_once() {
        Pacer pacer = pacer(100);

        pacer.share(0.25);

        assertThat(leave(pacer, SECOND)).isBetween(25, 26);
    }

    @Test
    void processes_that_share_an_account_never_exceed_it_together() {
        Pacer one = pacer(100);
        Pacer two = new Pacer(100, clock);
        one.share(0.5);
        two.share(0.5);
        for (int second = 0; second < 3; second++) {
            int left = 0;
            for (int step = 0; step < 1_000; step++) {
                left += (one.take(1) == 0 ? 1 : 0) + (two.take(1) == 0 ? 1 : 0);
                clock.pass(STEP);
            }
            assertThat(left).isLessThanOrEqualTo(103);
        }
    }

    @Test
    void what_was_learnt_from_throttling_is_shared_too() {
        Pacer pacer = pacer(100);
        pacer.throttled(Duration.ZERO);

        pacer.share(0.5);

        assertThat(pacer.rate()).isCloseTo(42.5, A_BIT);
    }

    @Test
    void an_account_without_a_contract_knows_no_shares() {
        Pacer pacer = new Pacer(0, clock);
        pacer.share(0.1);

        assertThat(pacer.rate()).isZero();
        assertThat(pacer.take(1)).isZero();
    }
}
