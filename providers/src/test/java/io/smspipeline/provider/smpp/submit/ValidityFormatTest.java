package io.smspipeline.provider.smpp.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ValidityFormatTest {
    private static final Instant NOW = Instant.parse("2026-11-21T07:00:00Z");

    private static String relative(Duration validity) {
        return ValidityFormat.RELATIVE.write(validity, NOW);
    }

    @Test
    void a_relative_validity_counts_from_when_the_smsc_reads_it() {
        assertThat(relative(Duration.ofHours(1))).isEqualTo("000000010000000R");
        assertThat(relative(Duration.ofDays(2))).isEqualTo("000002000000000R");
        assertThat(relative(Duration.ofSeconds(3_725).plusMillis(900))).isEqualTo("000000010205000R");
    }

    @Test
    void a_remainder_below_a_second_is_a_second_rather_than_the_smscs_default() {
        assertThat(relative(Duration.ofMillis(20))).isEqualTo("000000000001000R");
    }

    @Test
    void months_never_make_it_longer_than_asked_for() {
        assertThat(relative(Duration.ofDays(40))).isEqualTo("000109000000000R");
    }

    @Test
    void an_absolute_validity_is_in_utc() {
        assertThat(ValidityFormat.ABSOLUTE.write(Duration.ofHours(1), NOW)).isEqualTo("261121080000000+");
    }
}
