package io.smspipeline.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations as people write them, and as they are written back. */
class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S, 500ms",
        "30s, PT30S, 30s",
        "90s, PT1M30S, 90s",
        "15m, PT15M, 15m",
        "72h, PT72H, 3d",
        "2d, PT48H, 2d",
        "0s, PT0S, 0s",
        "PT30S, PT30S, 30s",
        "PT0.0001S, PT0.0001S, PT0.0001S",
        "30 S, PT30S, 30s"
    })
    void a_duration_is_read_and_written_back_in_its_shortest_form(String written, String iso, String again) {
        assertThat(Durations.parse(written)).isEqualTo(Duration.parse(iso));
        assertThat(Durations.format(Duration.parse(iso))).isEqualTo(again);
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "s", "", "1.5h", "-3s", "soon", "999999999999999d", "1h30m"})
    void anything_else_is_none(String written) {
        assertThat(Durations.parse(written)).isNull();
    }

    @Test
    void the_shortest_form_is_always_read_back() {
        for (long millis : new long[] {1, 999, 1000, 59_999, 60_000, 3_600_000, 86_400_000, 90_061_001}) {
            Duration duration = Duration.ofMillis(millis);
            assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
        }
    }
}
