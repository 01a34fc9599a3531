package io.smspipeline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class TransliterationTest {
    private static EncodedText encode(String text, EncodingChoice asked, Transliteration transliteration) {
        EncodingRules rules = new EncodingRules(asked, transliteration, List.of());
        return TextEncoder.encode(text, rules, Segmentation.UDH8, 1, UserDataHeader.NONE, 255);
    }

    private static String sent(EncodedText encoded) {
        return TextDecoder.GSM.text(
                encoded.dataCoding(), encoded.segments().get(0).shortMessage());
    }

    @Test
    void typography_is_replaced_where_the_text_then_fits_and_told() {
        EncodedText encoded = encode("“Don’t”\u00A0– wait…", EncodingChoice.AUTO, Transliteration.WHERE_IT_FITS);

        assertThat(encoded.encoding()).isEqualTo(Encoding.GSM7);
        assertThat(sent(encoded)).isEqualTo("\"Don't\" - wait...");
        assertThat(encoded.replaced())
                .containsExactly(
                        new Replacement(0, "“", "\""),
                        new Replacement(4, "’", "'"),
                        new Replacement(6, "”", "\""),
                        new Replacement(7, "\u00A0", " "),
                        new Replacement(8, "–", "-"),
                        new Replacement(14, "…", "..."));
    }

    @Test
    void a_text_that_needs_ucs2_all_the_same_stays_as_it_was_written() {
        EncodedText encoded = encode("“Привет”", EncodingChoice.AUTO, Transliteration.WHERE_IT_FITS);

        assertThat(encoded.encoding()).isEqualTo(Encoding.UCS2);
        assertThat(sent(encoded)).isEqualTo("“Привет”");
        assertThat(encoded.replaced()).isEmpty();
    }

    @Test
    void always_replaces_in_ucs2_too() {
        EncodedText encoded = encode("“Привет”… 👍🏽", EncodingChoice.AUTO, Transliteration.ALWAYS);

        assertThat(sent(encoded)).isEqualTo("\"Привет\"... 👍🏽");
        assertThat(encoded.replaced()).hasSize(3);
        assertThat(sent(encode("’", EncodingChoice.UCS2, Transliteration.ALWAYS)))
                .isEqualTo("'");
    }

    @Test
    void nothing_is_replaced_unless_asked() {
        assertThat(encode("’", EncodingChoice.AUTO, Transliteration.NEVER).encoding())
                .isEqualTo(Encoding.UCS2);
        assertThatExceptionOfType(UnencodableTextException.class)
                .isThrownBy(() -> encode("’", EncodingChoice.GSM7, Transliteration.NEVER));
    }

    @Test
    void what_gsm_carries_is_never_replaced() {
        assertThat(encode("'\"-... é ñ €", EncodingChoice.AUTO, Transliteration.ALWAYS)
                        .replaced())
                .isEmpty();
    }

    @Test
    void a_letter_with_a_combining_mark_becomes_the_letter_that_has_it() {
        EncodedText encoded = encode("cafe\u0301 u\u0308", EncodingChoice.AUTO, Transliteration.WHERE_IT_FITS);

        assertThat(sent(encoded)).isEqualTo("café ü");
        assertThat(encoded.replaced())
                .containsExactly(new Replacement(3, "e\u0301", "é"), new Replacement(6, "u\u0308", "ü"));
        assertThat(encode("a\u0301", EncodingChoice.AUTO, Transliteration.WHERE_IT_FITS)
                        .encoding())
                .isEqualTo(Encoding.UCS2);
    }

    @Test
    void a_forced_encoding_names_only_what_cannot_be_replaced() {
        assertThatExceptionOfType(UnencodableTextException.class)
                .isThrownBy(() -> encode("’я’", EncodingChoice.GSM7, Transliteration.WHERE_IT_FITS))
                .satisfies(e -> assertThat(e.misfits()).containsExactly(new UnencodableTextException.Misfit('я', 1)));
    }

    @Test
    void latin1_keeps_what_it_has() {
        EncodedText encoded = encode("«ç»\u00A0’", EncodingChoice.LATIN1, Transliteration.WHERE_IT_FITS);

        assertThat(sent(encoded)).isEqualTo("«ç»\u00A0'");
    }

    @Test
    void national_tables_go_before_replacing_and_both_go_together() {
        EncodingRules rules = new EncodingRules(
                EncodingChoice.AUTO, Transliteration.WHERE_IT_FITS, List.of(NationalLanguage.TURKISH));

        EncodedText encoded = TextEncoder.encode("ş…", rules, Segmentation.UDH8, 1, UserDataHeader.NONE, 1);

        assertThat(TextDecoder.GSM
                        .decode(0, encoded.segments().get(0).shortMessage(), true)
                        .text())
                .isEqualTo("ş...");
        assertThat(encoded.shift().single()).isEqualTo(NationalLanguage.TURKISH);
    }

    @Test
    void each_replacement_of_the_table_is_in_gsm_and_each_original_is_not() {
        assertThat(ReplacementTable.TYPOGRAPHY.replacements())
                .hasSizeGreaterThan(150)
                .allSatisfy((original, replacement) -> {
                    assertThat(Gsm7.DEFAULT.carries(original)).isFalse();
                    assertThat(Gsm7.DEFAULT.septets(replacement)).isNotNegative();
                });
    }
}
