package io.smspipeline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SMSCs that mean something else by data_coding 0 than GSM 03.38, one septet an octet. */
class DefaultAlphabetTest {
    private static EncodedText encode(String text, EncodingChoice asked, DefaultAlphabet alphabet) {
        EncodingRules rules = new EncodingRules(asked, Transliteration.NEVER, List.of(), alphabet);
        return TextEncoder.encode(text, rules, Segmentation.UDH8, 0x42, UserDataHeader.NONE, 255);
    }

    private static String hex(EncodedText encoded, int segment) {
        return HexFormat.of().formatHex(encoded.segments().get(segment).shortMessage());
    }

    @Test
    void an_smsc_that_reads_latin1_gets_latin1() {
        EncodedText encoded = encode("a@b {ä}", EncodingChoice.AUTO, DefaultAlphabet.LATIN1);

        assertThat(encoded.dataCoding()).isZero();
        assertThat(hex(encoded, 0)).isEqualTo("614062207be47d");
        assertThat(encoded.units()).as("septets on the air").isEqualTo(9);
    }

    @Test
    void what_the_alphabet_of_the_smsc_lacks_needs_another_encoding() {
        assertThat(encode("12 €", EncodingChoice.AUTO, DefaultAlphabet.LATIN1).encoding())
                .isEqualTo(Encoding.UCS2);
        assertThat(encode("grün", EncodingChoice.AUTO, DefaultAlphabet.ASCII).encoding())
                .isEqualTo(Encoding.UCS2);
        // In Latin-1, but no handset would get it: the SMSC translates to GSM 03.38.
        assertThat(encode("garçon", EncodingChoice.AUTO, DefaultAlphabet.LATIN1).encoding())
                .isEqualTo(Encoding.UCS2);
        assertThatThrownBy(() -> encode("12 €", EncodingChoice.GSM7, DefaultAlphabet.LATIN1))
                .isInstanceOf(UnencodableTextException.class)
                .hasMessageContaining("U+20AC at 3");
    }

    @Test
    void parts_are_cut_in_septets_since_that_is_what_the_handset_gets() {
        EncodedText encoded = encode("{".repeat(81), EncodingChoice.AUTO, DefaultAlphabet.ASCII);

        assertThat(encoded.segments()).hasSize(2);
        assertThat(hex(encoded, 0)).isEqualTo("050003420201" + "7b".repeat(76));
        assertThat(hex(encoded, 1)).isEqualTo("050003420202" + "7b".repeat(5));
    }

    @Test
    void packed_septets_fill_140_octets_beside_the_header() {
        String text = "x".repeat(153) + "yz";

        EncodedText encoded = encode(text, EncodingChoice.AUTO, DefaultAlphabet.GSM_PACKED);
        EncodedText single = encode("x".repeat(160), EncodingChoice.AUTO, DefaultAlphabet.GSM_PACKED);

        assertThat(single.segments().get(0).shortMessage()).hasSize(140);
        assertThat(encode(text + "z".repeat(10), EncodingChoice.AUTO, DefaultAlphabet.GSM_PACKED)
                        .segments()
                        .get(0)
                        .shortMessage())
                .hasSize(140);
        assertThat(encoded.segments()).hasSize(1);
    }

    @Test
    void packed_parts_are_joined_to_the_text() {
        String text = "Total: 12,50 € [incl. VAT] ".repeat(12);
        EncodedText encoded = encode(text, EncodingChoice.AUTO, DefaultAlphabet.GSM_PACKED);
        List<byte[]> octets = new ArrayList<>();
        encoded.segments().forEach(segment -> octets.add(segment.shortMessage()));

        PartJoiner joiner = new PartJoiner(new TextDecoder(DefaultAlphabet.GSM_PACKED));

        assertThat(octets).hasSizeGreaterThan(2);
        assertThat(joiner.join(0, true, octets, List.of()).text()).isEqualTo(text);
    }

    @Test
    void other_encodings_are_as_always() {
        assertThat(hex(encode("ä", EncodingChoice.LATIN1, DefaultAlphabet.ASCII), 0))
                .isEqualTo(HexFormat.of().formatHex("ä".getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void national_tables_need_an_smsc_that_reads_septets() {
        assertThatThrownBy(() -> new EncodingRules(
                        EncodingChoice.AUTO,
                        Transliteration.NEVER,
                        List.of(NationalLanguage.TURKISH),
                        DefaultAlphabet.LATIN1))
                .hasMessageContaining("LATIN1");
    }
}
