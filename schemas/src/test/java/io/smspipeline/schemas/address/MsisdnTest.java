package io.smspipeline.schemas.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MsisdnTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "+447700900123",
                "447700900123",
                "00447700900123",
                "+44 7700 900-123",
                " +44(7700)900123\t",
                "+44 (0)7700 900123",
                "0044(0)7700.900.123",
                "+44\u00a07700\u2011900123",
                "\u202a+447700900123\u202c"
            })
    void one_handset_has_one_form_however_it_is_written(String text) {
        assertThat(Msisdn.parse(text)).isEqualTo(new Msisdn.Valid(new Msisdn("+447700900123")));
    }

    @ParameterizedTest
    @CsvSource({
        "12, 2 digits",
        "+123456, 6 digits",
        "+1234567890123456, 16 digits",
        "07700900123, begins with 0",
        "+07700900123, begins with 0",
        "000447700900123, begins with 0",
        "+44x700900123, contains 'x'",
        "+44+7700900123, contains '+'",
        "'', is empty",
        "' - ', is empty",
        "+, 0 digits",
        "+\u0664\u0664\u0667\u0667\u0660\u0660\u0669\u0660\u0660, which is no digit",
        "+44\ud83d\ude00, contains '\ud83d\ude00'"
    })
    void what_is_no_number_says_why(String text, String reason) {
        assertThat(Msisdn.parse(text))
                .isInstanceOfSatisfying(
                        Msisdn.Invalid.class,
                        invalid -> assertThat(invalid.reason()).contains(reason));
        assertThat(Msisdn.parse(text).number()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1234567", "+123456789012345"})
    void the_shortest_and_the_longest_number_are_numbers(String text) {
        assertThat(Msisdn.parse(text).number()).contains(new Msisdn(text));
    }

    @Test
    void parsing_again_changes_nothing() {
        Msisdn once = Msisdn.parse("0049 30 1234567").number().orElseThrow();

        assertThat(Msisdn.parse(once.value()).number()).contains(once);
    }

    @Test
    void a_number_is_masked_where_it_is_printed() {
        assertThat(new Msisdn("+447700900123")).hasToString("+4477******23");
        assertThat(new Msisdn("+1234567")).hasToString("+1234*67");
    }

    @Test
    void a_number_that_is_not_canonical_cannot_exist() {
        assertThatThrownBy(() -> new Msisdn("447700900123"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("E.164");
    }
}
