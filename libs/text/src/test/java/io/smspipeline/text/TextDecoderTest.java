package io.smspipeline.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextDecoderTest {
    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static String gsm(String hex) {
        return TextDecoder.GSM.text(0, hex(hex));
    }

    @Test
    void an_unknown_extension_code_shows_as_the_default_tables_character() {
        assertThat(gsm("1b 41 1b 65")).isEqualTo("A€");
    }

    @Test
    void a_second_escape_and_an_escape_at_the_end_show_as_a_blank() {
        assertThat(gsm("1b 1b 65")).isEqualTo(" e");
        assertThat(gsm("61 1b")).isEqualTo("a ");
    }

    @Test
    void an_octet_that_is_no_septet_becomes_the_replacement_character() {
        assertThat(gsm("80 1b ff 61")).isEqualTo("\uFFFD\uFFFDa");
    }

    @Test
    void a_lone_surrogate_costs_only_itself() {
        assertThat(TextDecoder.GSM.text(8, hex("d83d 0061 de00 d83d"))).isEqualTo("\uFFFDa\uFFFD\uFFFD");
        assertThat(TextDecoder.GSM.text(8, hex("d83d d83d de00"))).isEqualTo("\uFFFD😀");
    }

    @Test
    void an_odd_last_octet_is_tolerated() {
        assertThat(TextDecoder.GSM.text(8, hex("0061 00"))).isEqualTo("a\uFFFD");
        assertThat(TextDecoder.GSM.text(8, hex("00"))).isEqualTo("\uFFFD");
    }

    @Test
    void data_coding_0_is_what_the_account_says() {
        byte[] octets = hex("40 e4");

        assertThat(TextDecoder.GSM.text(0, octets)).isEqualTo("¡\uFFFD");
        assertThat(new TextDecoder(DefaultAlphabet.LATIN1).text(0, octets)).isEqualTo("@ä");
        assertThat(new TextDecoder(DefaultAlphabet.ASCII).text(0, octets)).isEqualTo("@\uFFFD");
    }

    @ParameterizedTest
    @CsvSource({
        "0x01, ASCII",
        "0x03, LATIN1",
        "0x08, UCS2",
        "0x10, GSM7",
        "0x13, GSM7",
        "0x18, UCS2",
        "0x40, GSM7",
        "0x48, UCS2",
        "0xC8, GSM7",
        "0xD0, GSM7",
        "0xE0, UCS2",
        "0xF0, GSM7",
        "0xF3, GSM7"
    })
    void a_data_coding_names_an_alphabet(String dataCoding, String alphabet) {
        byte[] octets = hex("0040");
        String expected = switch (alphabet) {
            case "GSM7" -> "@¡";
            case "UCS2" -> "@";
            default -> "\0@";
        };

        assertThat(TextDecoder.GSM.text(Integer.decode(dataCoding), octets)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0x02", "0x04", "0x05", "0x09", "0x0D", "0x14", "0x24", "0x80", "0xF4", "0xF7"})
    void eight_bit_data_and_unknown_codings_stay_octets(String dataCoding) {
        DecodedText decoded = TextDecoder.GSM.decode(Integer.decode(dataCoding), hex("6162"), false);

        assertThat(decoded.text()).isNull();
        assertThat(decoded.body()).isEqualTo(hex("6162"));
    }

    @Test
    void other_character_sets_are_read() {
        assertThat(TextDecoder.GSM.text(6, hex("bfe0"))).isEqualTo("Пр");
        assertThat(TextDecoder.GSM.text(7, hex("f9"))).isEqualTo("ש");
        assertThat(TextDecoder.GSM.text(0x0E, hex("b0a1"))).isEqualTo("가");
    }

    @Test
    void the_header_is_taken_off_before_the_text_is_read() {
        DecodedText decoded = TextDecoder.GSM.decode(0, hex("05 00 03 42 02 01 48 69"), true);

        assertThat(decoded.text()).isEqualTo("Hi");
        assertThat(decoded.wellFormed()).isTrue();
        assertThat(decoded.header().concatenation()).contains(new Concatenation(0x42, 2, 1, false));
    }

    @Test
    void a_header_longer_than_the_message_is_taken_for_text() {
        DecodedText decoded = TextDecoder.GSM.decode(3, "Hello".getBytes(StandardCharsets.US_ASCII), true);

        assertThat(decoded.text()).isEqualTo("Hello");
        assertThat(decoded.wellFormed()).isFalse();
        assertThat(decoded.header()).isEqualTo(UserDataHeader.NONE);
    }

    @Test
    void parts_join_in_the_order_of_their_numbers_even_where_a_pair_was_cut() {
        List<byte[]> parts = List.of(hex("05000301 02 02 65"), hex("05000301 02 01 611b"), hex("05000301 02 02 7a"));

        PartJoiner.Joined joined = new PartJoiner(TextDecoder.GSM).join(0, true, parts, List.of());

        assertThat(joined.text()).isEqualTo("a€");
        assertThat(joined.partial()).isFalse();
    }

    @Test
    void a_missing_part_is_told() {
        PartJoiner joiner = new PartJoiner(TextDecoder.GSM);

        assertThat(joiner.join(0, true, List.of(hex("05000301 03 03 63"), hex("05000301 03 01 61")), List.of()))
                .satisfies(joined -> assertThat(joined.partial()).isTrue())
                .satisfies(joined -> assertThat(joined.text()).isEqualTo("ac"));
        assertThat(joiner.join(0, false, List.of(hex("61")), List.of(new Sar(1, 2, 1)))
                        .partial())
                .isTrue();
    }

    private static List<PartJoiner.Joined> messages(String... parts) {
        return new PartJoiner(TextDecoder.GSM)
                .messages(
                        0, true, Arrays.stream(parts).map(TextDecoderTest::hex).toList(), List.of());
    }

    @Test
    void a_new_message_under_the_reference_of_one_that_lacks_a_part_is_not_mixed_with_it() {
        List<PartJoiner.Joined> messages = messages("05000301 02 01 61", "05000301 02 01 62", "05000301 02 02 63");

        assertThat(messages).extracting(PartJoiner.Joined::text).containsExactly("a", "bc");
        assertThat(messages).extracting(PartJoiner.Joined::partial).containsExactly(true, false);
    }

    @Test
    void a_part_repeated_is_the_same_part() {
        assertThat(messages("05000301 02 01 61", "05000301 02 01 61", "05000301 02 02 63"))
                .singleElement()
                .satisfies(message -> assertThat(message.text()).isEqualTo("ac"));
    }

    @Test
    void references_of_8_and_16_bits_and_other_totals_are_other_messages() {
        assertThat(messages("05000301 02 01 61", "06080400 01 02 02 62", "05000301 03 02 63"))
                .extracting(PartJoiner.Joined::text)
                .containsExactly("a", "b", "c");
    }

    @Test
    void no_parts_are_an_empty_message() {
        assertThat(messages()).singleElement().satisfies(message -> {
            assertThat(message.text()).isEmpty();
            assertThat(message.partial()).isFalse();
        });
    }

    @Test
    void sar_values_that_make_no_sense_are_ignored() {
        PartJoiner.Joined joined = new PartJoiner(TextDecoder.GSM)
                .join(0, false, List.of(hex("61"), hex("62")), List.of(new Sar(1, 0, 0), new Sar(1, 2, 3)));

        assertThat(joined.text()).isEqualTo("ab");
        assertThat(joined.partial()).isFalse();
    }
}
