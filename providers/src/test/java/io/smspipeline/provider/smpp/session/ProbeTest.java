package io.smspipeline.provider.smpp.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeTest {
    private static final long SECOND = 1_000_000_000;

    private final Probe probe = new Probe(new SessionTiming(Duration.ofSeconds(10), Duration.ofSeconds(30)), 0);

    @Test
    void a_link_is_probed_when_nothing_was_heard_for_the_interval() {
        probe.heard(5 * SECOND);

        assertThat(probe.isDue(34 * SECOND)).isFalse();
        assertThat(probe.isDue(35 * SECOND)).isTrue();
    }

    @Test
    void only_one_probe_is_under_way() {
        assertThat(probe.ask(30 * SECOND)).isTrue();
        assertThat(probe.ask(31 * SECOND)).isFalse();
        assertThat(probe.isDue(31 * SECOND)).isFalse();
    }

    @Test
    void a_probe_without_an_answer_has_failed_even_when_something_else_was_heard() {
        probe.ask(30 * SECOND);
        probe.heard(35 * SECOND);

        assertThat(probe.failed(39 * SECOND)).isFalse();
        assertThat(probe.failed(40 * SECOND)).isTrue();
    }

    @Test
    void an_answered_probe_has_not_failed() {
        probe.ask(30 * SECOND);
        probe.answered();

        assertThat(probe.failed(100 * SECOND)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"10s, 30s", "60s, 30s", "1s, 1s", "100ms, 1s", "10s, 100ms", "30s, 5s"})
    void a_mute_peer_is_noticed_within_two_intervals(String response, String interval) {
        Duration every = duration(interval);
        SessionTiming timing = new SessionTiming(duration(response), every);

        // Silence, up to a tick until it is seen, the probe, and up to a tick until its failure is seen.
        Duration latest = every.plus(timing.tick()).plus(timing.probe()).plus(timing.tick());

        assertThat(latest).isLessThanOrEqualTo(every.multipliedBy(2));
    }

    private static Duration duration(String text) {
        return Duration.parse("PT" + (text.endsWith("ms") ? "0." + text.replace("ms", "") + "s" : text));
    }
}
