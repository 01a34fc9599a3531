package io.smspipeline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NationalLanguageTest {
    private static EncodedText encode(String text, EncodingChoice asked, NationalLanguage... languages) {
        EncodingRules rules = new EncodingRules(asked, Transliteration.NEVER, List.of(languages));
        return TextEncoder.encode(text, rules, Segmentation.UDH8, 0x42, UserDataHeader.NONE, 255);
    }

    private static String hex(EncodedText encoded) {
        return HexFormat.of().formatHex(encoded.segments().get(0).shortMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "TURKISH, ş, 03 24 01 01 1b 73",
        "TURKISH, İş, 03 24 01 01 1b 49 1b 73",
        "SPANISH, á, 03 24 01 02 1b 61",
        "SPANISH, ç, 03 24 01 02 1b 09",
        "PORTUGUESE, ã, 03 24 01 03 1b 7b",
        "PORTUGUESE, ãõ, 03 24 01 03 1b 7b 1b 7c",
        "PORTUGUESE, ∞, 03 25 01 03 15",
        "PORTUGUESE, Ê, 03 24 01 03 1b 1f"
    })
    void a_single_shift_is_enough_or_else_a_locking_one(NationalLanguage language, String text, String expected) {
        EncodedText encoded = encode(text, EncodingChoice.AUTO, language);

        assertThat(encoded.encoding()).isEqualTo(Encoding.GSM7);
        assertThat(encoded.esmClass()).isEqualTo(0x40);
        assertThat(hex(encoded)).isEqualTo(expected.replace(" ", ""));
    }

    @Test
    void a_locking_table_is_taken_where_it_saves_a_part() {
        EncodedText encoded = encode("Ğş".repeat(70), EncodingChoice.AUTO, NationalLanguage.TURKISH);

        assertThat(encoded.segments()).hasSize(1);
        assertThat(hex(encoded)).startsWith("03250101" + "0b1d0b1d");
    }

    @Test
    void a_text_that_needs_no_national_table_gets_none() {
        EncodedText encoded = encode("Grüße", EncodingChoice.AUTO, NationalLanguage.values());

        assertThat(encoded.shift()).isEqualTo(NationalShift.NONE);
        assertThat(encoded.esmClass()).isZero();
    }

    @Test
    void nothing_is_shifted_unless_asked() {
        assertThat(encode("ş", EncodingChoice.AUTO).encoding()).isEqualTo(Encoding.UCS2);
        assertThatExceptionOfType(UnencodableTextException.class).isThrownBy(() -> encode("ş", EncodingChoice.GSM7));
    }

    @Test
    void a_text_of_two_languages_is_carried_by_none() {
        assertThat(encode("şã", EncodingChoice.AUTO, NationalLanguage.values()).encoding())
                .isEqualTo(Encoding.UCS2);
        assertThatExceptionOfType(UnencodableTextException.class)
                .isThrownBy(() -> encode("ş я", EncodingChoice.GSM7, NationalLanguage.TURKISH))
                .withMessageContaining("'я' U+044F at 2")
                .satisfies(e -> assertThat(e.misfits()).hasSize(1));
    }

    @Test
    void one_header_element_leaves_155_septets_and_149_in_parts_where_no_pair_is_cut() {
        assertThat(encode("ğ" + "x".repeat(153), EncodingChoice.AUTO, NationalLanguage.TURKISH)
                        .segments())
                .hasSize(1);
        EncodedText long_ = encode("ğ".repeat(80) + "x".repeat(80), EncodingChoice.AUTO, NationalLanguage.TURKISH);
        assertThat(long_.segments()).hasSize(2);
        assertThat(hex(long_)).startsWith("080003420201240101");
        assertThat(long_.segments().get(0).shortMessage()).hasSize(9 + 148);
    }

    @Test
    void the_header_says_how_to_read_it_again() {
        for (NationalLanguage language : NationalLanguage.values()) {
            String text = "€[]{}~^|\\ A-Za-z @ 5:00 "
                    + switch (language) {
                        case TURKISH -> "Değişiklik için ığdır İŞĞ";
                        case SPANISH -> "mañana será otro día, ¿cómo estás? ÁÍÓÚ";
                        case PORTUGUESE -> "Não é possível, ações às três. ÂÊÔ";
                    };
            EncodedText encoded = encode(text, EncodingChoice.GSM7, language);

            DecodedText decoded =
                    TextDecoder.GSM.decode(0, encoded.segments().get(0).shortMessage(), true);

            assertThat(decoded.text()).isEqualTo(text);
            assertThat(decoded.header().nationalShift()).isEqualTo(encoded.shift());
        }
    }

    @Test
    void parts_are_joined_and_then_read_with_their_tables() {
        String text = "Ğ{ş".repeat(120);
        EncodedText encoded = encode(text, EncodingChoice.AUTO, NationalLanguage.TURKISH);

        PartJoiner.Joined joined = new PartJoiner(TextDecoder.GSM)
                .join(
                        0,
                        true,
                        encoded.segments().stream().map(Segment::shortMessage).toList(),
                        List.of());

        assertThat(encoded.segments()).hasSizeGreaterThan(2);
        assertThat(joined.text()).isEqualTo(text);
    }

    @Test
    void a_language_without_table_here_is_read_with_the_default_ones() {
        assertThat(TextDecoder.GSM
                        .decode(0, HexFormat.of().parseHex("0324010d" + "61"), true)
                        .text())
                .isEqualTo("a");
        assertThat(TextDecoder.GSM
                        .decode(0, HexFormat.of().parseHex("03250102" + "40"), true)
                        .text())
                .isEqualTo("¡");
    }

    @Test
    void spanish_has_no_locking_table() {
        assertThatIllegalArgumentException().isThrownBy(() -> new NationalShift(null, NationalLanguage.SPANISH));
    }

    @Test
    void every_code_of_every_table_is_one_character_and_back() {
        for (NationalLanguage single : NationalLanguage.values()) {
            for (NationalLanguage locking : List.of(NationalLanguage.TURKISH, NationalLanguage.PORTUGUESE)) {
                Gsm7 tables = Gsm7.of(new NationalShift(single, locking));
                for (int code = 0; code < 128; code++) {
                    if (code != Gsm7.ESCAPE) {
                        String text = tables.decode(new byte[] {(byte) code});
                        assertThat(tables.encode(text, 1)).containsExactly(code);
                        String extended = tables.decode(new byte[] {Gsm7.ESCAPE, (byte) code});
                        assertThat(tables.septets(extended)).isBetween(1, 2);
                    }
                }
            }
        }
    }
}
