package io.smspipeline.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose handset it was and what was written stays out of the logs unless asked for. */
class PersonalDataTest {
    @ParameterizedTest
    @CsvSource({
        "+447700900123, +4477*****123",
        "+4915112345678, +4915******678",
        "447700900, 44*****00",
        "123456, *****6",
        "12345, *****",
        "7, *",
        "'', ''"
    })
    void a_number_loses_its_middle_and_at_least_five_characters(String number, String masked) {
        assertThat(PersonalData.MASKED.msisdn(number)).isEqualTo(masked).hasSameSizeAs(number);
    }

    @Test
    void a_text_loses_all_but_its_length() {
        assertThat(PersonalData.MASKED.text("Your code is 1234")).isEqualTo("[17 characters]");
        assertThat(PersonalData.MASKED.text("👍")).isEqualTo("[1 characters]");
    }

    @Test
    void everything_is_shown_when_asked_for() {
        assertThat(PersonalData.SHOWN.msisdn("+447700900123")).isEqualTo("+447700900123");
        assertThat(PersonalData.SHOWN.text("Hello")).isEqualTo("Hello");
    }
}
