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
        Pacer pacer = new Pacer(contract, 0, clock);
        pacer.share(1);
        clock.pass(SECOND);
        pacer.take(1, false);
        clock.pass(SECOND);
        return pacer;
    }

    /** Parts that leave within a time, to a provider that takes them all. */
    private int leave(Pacer pacer, Duration duration) {
        int left = 0;
        for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plus(STEP)) {
            while (pacer.take(1, false) == 0) {
                left++;
                assertThat(left).isLessThan(1_000_000);
            }
            clock.pass(STEP);
        }
        return left;
    }

    /** As {@link #leave}; everything is accepted at once. */
    private void acceptAll(Pacer pacer, Duration duration) {
        for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plus(STEP)) {
            while (pacer.take(1, false) == 0) {
                pacer.accepted(1, clock.getAsLong());
            }
            clock.pass(STEP);
        }
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
            while (pacer.take(1, false) == 0) {
                left++;
            }
        }

        assertThat(left).as("in a second, woken each 2 ms").isBetween(999, 1_011);
    }

    @Test
    void a_submission_of_several_parts_counts_with_all_of_them() {
        Pacer pacer = pacer(100);
        int parts = 0;
        for (int step = 0; step < 1_000; step++) {
            parts += pacer.take(4, false) == 0 ? 4 : 0;
            clock.pass(STEP);
        }

        assertThat(parts).isBetween(100, 104);
    }

    @Test
    void it_says_how_long_to_wait() {
        Pacer pacer = pacer(10);
        assertThat(pacer.take(1, false)).isZero();

        long wait = pacer.take(1, false);

        assertThat(Duration.ofNanos(wait)).isBetween(Duration.ofMillis(90), Duration.ofMillis(100));
        clock.pass(Duration.ofNanos(wait));
        assertThat(pacer.take(1, false)).isZero();
    }

    @Test
    void without_a_contract_nothing_limits_it() {
        Pacer pacer = new Pacer(0, 0, clock);

        assertThat(pacer.rate()).isZero();
        for (int i = 0; i < 100_000; i++) {
            assertThat(pacer.take(1, false)).isZero();
        }
    }

    @Test
    void a_refusal_pauses_and_lowers_to_what_was_accepted() {
        Pacer pacer = pacer(100);
        acceptAll(pacer, SECOND);

        pacer.throttled(clock.getAsLong(), Duration.ZERO);

        assertThat(pacer.rate()).isBetween(95.0, 99.0);
        assertThat(leave(pacer, Duration.ofMillis(100))).as("at first").isZero();
        assertThat(leave(pacer, SECOND)).isBetween(95, 100);
    }

    @Test
    void the_provider_says_how_long_to_pause() {
        Pacer pacer = pacer(100);
        acceptAll(pacer, SECOND);

        pacer.throttled(clock.getAsLong(), Duration.ofSeconds(3));

        assertThat(leave(pacer, Duration.ofSeconds(3))).isZero();
        assertThat(leave(pacer, SECOND)).isPositive();
    }

    @Test
    void the_refusals_of_one_burst_lower_once() {
        Pacer pacer = pacer(100);
        acceptAll(pacer, SECOND);
        long left = clock.getAsLong();
        clock.pass(STEP);

        for (int refusal = 0; refusal < 40; refusal++) {
            pacer.throttled(left, Duration.ZERO);
            clock.pass(STEP);
        }

        assertThat(pacer.rate()).isBetween(95.0, 99.0);
    }

    @Test
    void a_provider_that_takes_nothing_is_asked_ever_less_often() {
        Pacer pacer = pacer(1_000);
        acceptAll(pacer, SECOND);
        int asked = 0;
        for (int step = 0; step < 20_000; step++) {
            while (pacer.take(1, false) == 0) {
                asked++;
                pacer.throttled(clock.getAsLong(), Duration.ZERO);
            }
            clock.pass(STEP);
        }

        assertThat(asked).as("in 20 s").isBetween(5, 20);
        acceptAll(pacer, Duration.ofSeconds(10));
        assertThat(pacer.rate()).as("10 s after it takes everything again").isEqualTo(1_000);
    }

    @Test
    void high_parts_do_not_wait_for_what_others_were_allowed() {
        Pacer pacer = pacer(100);
        assertThat(pacer.take(3, false)).isZero();

        assertThat(pacer.take(1, false)).as("another one").isPositive();
        assertThat(pacer.take(1, true)).as("a high one").isZero();
    }

    @Test
    void what_high_parts_borrow_is_given_back() {
        Pacer pacer = pacer(100);
        int left = 0;
        for (int step = 0; step < 10_000; step++) {
            left += step % 100 == 0 && pacer.take(1, true) == 0 ? 1 : 0;
            left += pacer.take(1, false) == 0 ? 1 : 0;
            clock.pass(STEP);
        }

        assertThat(left).as("in 10 s").isBetween(999, 1_004);
    }

    @Test
    void a_process_without_partitions_sends_nothing() {
        Pacer pacer = new Pacer(100, 0, clock);
        assertThat(leave(pacer, Duration.ofSeconds(3))).isZero();
        Pacer leaving = pacer(100);
        leaving.share(0);

        assertThat(leave(leaving, Duration.ofSeconds(3))).isZero();
    }

    @Test
    void a_gained_share_is_used_after_a_second() {
        Pacer pacer = new Pacer(100, 0, clock);
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
        Pacer two = new Pacer(100, 0, clock);
        one.share(0.5);
        two.share(0.5);
        for (int second = 0; second < 3; second++) {
            int left = 0;
            for (int step = 0; step < 1_000; step++) {
                left += (one.take(1, false) == 0 ? 1 : 0) + (two.take(1, false) == 0 ? 1 : 0);
                clock.pass(STEP);
            }
            assertThat(left).isLessThanOrEqualTo(103);
        }
    }

    @Test
    void what_was_learnt_from_throttling_is_shared_too() {
        Pacer pacer = pacer(100);
        acceptAll(pacer, SECOND);
        pacer.throttled(clock.getAsLong(), Duration.ZERO);
        double before = pacer.rate();

        pacer.share(0.5);

        assertThat(pacer.rate()).isCloseTo(before / 2, A_BIT);
    }

    @Test
    void an_account_without_a_contract_knows_no_shares() {
        Pacer pacer = new Pacer(0, 0, clock);
        pacer.share(0.1);

        assertThat(pacer.rate()).isZero();
        assertThat(pacer.take(1, false)).isZero();
    }
}
