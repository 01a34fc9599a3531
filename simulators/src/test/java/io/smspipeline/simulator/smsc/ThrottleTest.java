package io.smspipeline.simulator.smsc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final long MILLISECOND = 1_000_000;

    /** Behind this number the clock starts again from the smallest, as nanoTime may. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 500 * MILLISECOND);

    private final Throttle throttle = new Throttle(clock::get);

    private int takenOf(int asked, ThrottleRule rule, int perSecond) {
        int taken = 0;
        for (int i = 0; i < asked; i++) {
            taken += throttle.takes(rule, perSecond, 1) ? 1 : 0;
        }
        return taken;
    }

    private void pass(long milliseconds) {
        clock.addAndGet(milliseconds * MILLISECOND);
    }

    @Test
    void no_second_wherever_it_begins_has_more_than_the_rate() {
        assertThat(takenOf(6, ThrottleRule.SLIDING_SECOND, 10)).isEqualTo(6);
        pass(900);
        assertThat(takenOf(10, ThrottleRule.SLIDING_SECOND, 10)).isEqualTo(4);
        pass(99);
        assertThat(takenOf(1, ThrottleRule.SLIDING_SECOND, 10)).isZero();
        pass(1);
        assertThat(takenOf(10, ThrottleRule.SLIDING_SECOND, 10))
                .as("a second after the first six, and not after the four")
                .isEqualTo(6);
    }

    @Test
    void a_token_bucket_lets_a_burst_through_after_silence_and_then_the_rate() {
        assertThat(takenOf(15, ThrottleRule.TOKEN_BUCKET, 10)).isEqualTo(10);
        pass(500);
        assertThat(takenOf(15, ThrottleRule.TOKEN_BUCKET, 10)).isEqualTo(5);
        pass(5000);
        assertThat(takenOf(15, ThrottleRule.TOKEN_BUCKET, 10)).isEqualTo(10);
    }

    @Test
    void several_at_once_are_taken_whole_or_not_at_all() {
        assertThat(throttle.takes(ThrottleRule.SLIDING_SECOND, 10, 8)).isTrue();
        assertThat(throttle.takes(ThrottleRule.SLIDING_SECOND, 10, 3)).isFalse();
        assertThat(throttle.takes(ThrottleRule.SLIDING_SECOND, 10, 2)).isTrue();
    }

    @Test
    void without_a_rate_everything_is_taken() {
        assertThat(takenOf(1000, ThrottleRule.SLIDING_SECOND, 0)).isEqualTo(1000);
    }

    @Test
    void the_most_in_any_second_is_what_counting_each_second_gives() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        SlidingSecond seconds = new SlidingSecond(clock::get);
        long[] times = new long[3000];
        for (int i = 0; i < times.length; i++) {
            clock.addAndGet(random.nextInt(4) == 0 ? random.nextInt(20) * MILLISECOND : 0);
            times[i] = clock.get();
            seconds.add(1);
        }

        int most = 0;
        for (int first = 0; first < times.length; first++) {
            int last = first;
            while (last < times.length && times[last] - times[first] < 1000 * MILLISECOND) {
                last++;
            }
            most = Math.max(most, last - first);
        }
        assertThat(seconds.most()).as("seed %s", seed).isEqualTo(most);
        seconds.clear();
        assertThat(seconds.most()).isZero();
    }
}
