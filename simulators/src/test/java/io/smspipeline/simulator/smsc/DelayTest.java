package io.smspipeline.simulator.smsc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelayTest {
    private static final int DRAWN = 20_000;

    private final long seed = new Random().nextLong();

    private Stream<Duration> drawn(String delay) {
        Random random = new Random(seed);
        Delay parsed = Delay.parse(delay);
        return Stream.generate(() -> parsed.draw(random)).limit(DRAWN);
    }

    private double shareWithin(String delay, long milliseconds) {
        return drawn(delay)
                        .filter(each -> each.compareTo(Duration.ofMillis(milliseconds)) <= 0)
                        .count()
                / (double) DRAWN;
    }

    @ParameterizedTest
    @ValueSource(strings = {"0ms", "50ms", "10ms..50ms", "exp 50ms", "p50=20ms p99=300ms", "p99.9=5000ms"})
    void what_is_read_is_written_alike(String delay) {
        assertThat(Delay.parse(delay)).hasToString(delay);
    }

    @Test
    void durations_are_written_in_many_ways() {
        assertThat(Delay.parse("30s")).isEqualTo(Delay.fixed(Duration.ofSeconds(30)));
        assertThat(Delay.parse("PT1.5S")).isEqualTo(Delay.fixed(Duration.ofMillis(1500)));
        assertThat(Delay.parse("1s .. 72h")).isEqualTo(Delay.between(Duration.ofSeconds(1), Duration.ofHours(72)));
        assertThat(Delay.parse("p50=20ms,p99=1s")).isEqualTo(Delay.parse("p50=20ms p99=1000ms"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "50",
                "-5ms",
                "50ms..10ms",
                "exp",
                "p50",
                "p101=5ms",
                "p50=20ms p40=30ms",
                "p50=20ms p99=1ms"
            })
    void what_is_no_delay_is_refused_with_a_sentence(String delay) {
        assertThatThrownBy(() -> Delay.parse(delay))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasSizeGreaterThan(30);
    }

    @Test
    void a_fixed_one_is_always_the_same() {
        assertThat(drawn("50ms")).containsOnly(Duration.ofMillis(50));
    }

    @Test
    void one_between_two_times_is_anywhere_between() {
        assertThat(drawn("10ms..50ms"))
                .allSatisfy(each -> assertThat(each).isBetween(Duration.ofMillis(10), Duration.ofMillis(50)));
        assertThat(shareWithin("10ms..50ms", 30)).as("seed %s", seed).isBetween(0.45, 0.55);
    }

    @Test
    void an_exponential_one_is_mostly_short_and_sometimes_long() {
        assertThat(shareWithin("exp 100ms", 100)).as("seed %s", seed).isBetween(0.60, 0.66);
        assertThat(shareWithin("exp 100ms", 300)).as("seed %s", seed).isBetween(0.93, 0.97);
    }

    @Test
    void percentiles_are_kept() {
        String delay = "p50=20ms p90=100ms p99=300ms";
        assertThat(shareWithin(delay, 20)).as("seed %s", seed).isBetween(0.47, 0.53);
        assertThat(shareWithin(delay, 100)).as("seed %s", seed).isBetween(0.88, 0.92);
        assertThat(shareWithin(delay, 300)).isEqualTo(1);
    }
}
