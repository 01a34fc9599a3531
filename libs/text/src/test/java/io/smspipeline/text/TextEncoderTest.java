package io.smspipeline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smspipeline.text.UnencodableTextException.Misfit;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextEncoderTest {
    private static final Ports WAP_PUSH = new Ports(2948, 9200);

    private static EncodedText encode(String text, EncodingChoice asked, int maxParts) {
        return TextEncoder.encode(text, asked, Segmentation.UDH8, 1, UserDataHeader.NONE, maxParts);
    }

    @Test
    void a_forced_encoding_names_each_character_it_cannot_carry_and_where_it_stands() {
        assertThatExceptionOfType(UnencodableTextException.class)
                .isThrownBy(() -> encode("a` ç😀\t", EncodingChoice.GSM7, 10))
                .withMessage("text cannot be sent as GSM7, which has no '`' U+0060 at 1, 'ç' U+00E7 at 3,"
                        + " '😀' U+1F600 at 4, U+0009 at 6: replace them, or ask for UCS2 or AUTO.")
                .satisfies(e -> assertThat(e.misfits())
                        .containsExactly(
                                new Misfit('`', 1), new Misfit('ç', 3), new Misfit(0x1F600, 4), new Misfit('\t', 6)));
    }

    @Test
    void a_combining_mark_and_half_a_pair_are_named_where_they_stand() {
        assertThatExceptionOfType(UnencodableTextException.class)
                .isThrownBy(() -> encode("e\u0301 \uD83D\uDE00 \uDE00 \u200D", EncodingChoice.GSM7, 10))
                .withMessageContaining("'\u25CC\u0301' U+0301 at 1, '😀' U+1F600 at 3, U+DE00 at 6, U+200D at 8")
                .satisfies(e -> assertThat(e.misfits()).hasSize(4));
    }

    @Test
    void latin1_refuses_the_euro() {
        assertThatExceptionOfType(UnencodableTextException.class)
                .isThrownBy(() -> encode("5 €", EncodingChoice.LATIN1, 10))
                .satisfies(e -> assertThat(e.misfits()).containsExactly(new Misfit('€', 2)));
    }

    @Test
    void a_long_list_of_misfits_is_cut_and_counted() {
        assertThatExceptionOfType(UnencodableTextException.class)
                .isThrownBy(() -> encode("я".repeat(25), EncodingChoice.GSM7, 10))
                .withMessageContaining("and 15 more")
                .satisfies(e -> assertThat(e.misfits()).hasSize(10));
    }

    @Test
    void half_a_surrogate_pair_is_no_character() {
        for (String text : List.of("\uD83D", "a\uD83Db", "\uDE00\uD83D", "x\uDE00")) {
            assertThatExceptionOfType(UnencodableTextException.class)
                    .isThrownBy(() -> encode(text, EncodingChoice.AUTO, 10))
                    .withMessageContaining("surrogate");
            assertThat(TextEncoder.partsOf(text)).isEqualTo(1);
        }
    }

    @Test
    void more_parts_than_allowed_are_refused() {
        assertThat(encode("x".repeat(306), EncodingChoice.AUTO, 2).segments()).hasSize(2);
        assertThatExceptionOfType(TooManyPartsException.class)
                .isThrownBy(() -> encode("x".repeat(307), EncodingChoice.AUTO, 2))
                .satisfies(e -> assertThat(e.needed()).isEqualTo(3))
                .withMessageContaining("raise maxParts");
    }

    @Test
    void a_pair_that_moves_to_the_next_part_counts() {
        // 306 septets, but a brace over the first boundary leaves one septet empty.
        String text = "x".repeat(152) + "{" + "x".repeat(152);

        assertThatExceptionOfType(TooManyPartsException.class)
                .isThrownBy(() -> encode(text, EncodingChoice.AUTO, 2))
                .satisfies(e -> assertThat(e.needed()).isEqualTo(3));
        assertThat(TextEncoder.partsOf(text)).isEqualTo(3);
    }

    @Test
    void two_hundred_and_fifty_five_parts_are_the_most() {
        assertThat(encode("x".repeat(255 * 153), EncodingChoice.AUTO, 255).segments())
                .hasSize(255);
        assertThatExceptionOfType(TooManyPartsException.class)
                .isThrownBy(() -> encode("x".repeat(255 * 153 + 1), EncodingChoice.AUTO, 255))
                .withMessageEndingWith("shorten it.");
        assertThatIllegalArgumentException().isThrownBy(() -> encode("x", EncodingChoice.AUTO, 256));
        assertThatIllegalArgumentException().isThrownBy(() -> encode("x", EncodingChoice.AUTO, 0));
    }

    @Test
    void a_payload_counts_the_parts_the_smsc_will_make_of_it() {
        EncodedText encoded = TextEncoder.encode(
                "x".repeat(307), EncodingChoice.AUTO, Segmentation.PAYLOAD, 1, UserDataHeader.NONE, 3);

        assertThat(encoded.segments()).hasSize(1);
        assertThat(encoded.partsOnAir()).isEqualTo(3);
        assertThatExceptionOfType(TooManyPartsException.class)
                .isThrownBy(() -> TextEncoder.encode(
                        "x".repeat(307), EncodingChoice.AUTO, Segmentation.PAYLOAD, 1, UserDataHeader.NONE, 2));
    }

    @Test
    void ports_stand_behind_the_concatenation_in_one_header() {
        EncodedText encoded =
                TextEncoder.encodeBinary(new byte[129 + 5], Segmentation.UDH8, 0x142, WAP_PUSH.header(), 10);

        assertThat(encoded.segments()).hasSize(2);
        byte[] first = encoded.segments().get(0).shortMessage();
        assertThat(HexFormat.of().formatHex(first, 0, 12)).isEqualTo("0b00034202010504" + "0b8423f0");
        assertThat(first).hasSize(12 + 128);
        assertThat(encoded.esmClass()).isEqualTo(0x40);
    }

    @Test
    void ports_beside_text_leave_146_septets_and_128_octets() {
        EncodedText gsm =
                TextEncoder.encode("x".repeat(153), EncodingChoice.AUTO, Segmentation.UDH8, 1, WAP_PUSH.header(), 10);
        EncodedText ucs2 =
                TextEncoder.encode("я".repeat(67), EncodingChoice.AUTO, Segmentation.UDH8, 1, WAP_PUSH.header(), 10);

        assertThat(gsm.segments().get(0).shortMessage()).hasSize(12 + 146);
        assertThat(ucs2.segments().get(0).shortMessage()).hasSize(12 + 128);
    }

    @Test
    void one_part_with_ports_has_152_septets() {
        EncodedText whole =
                TextEncoder.encode("x".repeat(152), EncodingChoice.AUTO, Segmentation.UDH16, 1, WAP_PUSH.header(), 1);

        assertThat(whole.segments()).hasSize(1);
        assertThat(whole.esmClass()).isEqualTo(0x40);
    }

    @Test
    void a_message_with_ports_never_carries_sar_values_too() {
        EncodedText encoded =
                TextEncoder.encode("x".repeat(300), EncodingChoice.AUTO, Segmentation.SAR, 7, WAP_PUSH.header(), 10);

        assertThat(encoded.segments()).allSatisfy(segment -> {
            assertThat(segment.sar()).isNull();
            assertThat(segment.headerPresent()).isTrue();
        });
        assertThat(UserDataHeader.parse(encoded.segments().get(1).shortMessage())
                        .header()
                        .concatenation())
                .contains(new Concatenation(7, 3, 2, false));
    }

    @Test
    void a_header_that_numbers_parts_itself_is_kept_on_one_part_and_refused_on_more() {
        UserDataHeader own = new UserDataHeader(List.of(new UserDataHeader.Element(0, new byte[] {9, 2, 1})));

        assertThat(TextEncoder.encodeBinary(new byte[134], Segmentation.UDH8, 1, own, 1)
                        .segments()
                        .get(0)
                        .shortMessage())
                .startsWith(5, 0, 3, 9, 2, 1);
        assertThatExceptionOfType(UnusableHeaderException.class)
                .isThrownBy(() -> TextEncoder.encodeBinary(new byte[135], Segmentation.UDH8, 1, own, 10));
    }

    @Test
    void a_header_without_room_beside_it_is_refused() {
        UserDataHeader large = new UserDataHeader(List.of(new UserDataHeader.Element(0x70, new byte[135])));

        assertThatExceptionOfType(UnusableHeaderException.class)
                .isThrownBy(() -> TextEncoder.encodeBinary(new byte[3], Segmentation.UDH8, 1, large, 10))
                .withMessageContaining("138 octets");
        assertThat(TextEncoder.encodeBinary(new byte[2], Segmentation.UDH8, 1, large, 10)
                        .segments()
                        .get(0)
                        .shortMessage())
                .hasSize(140);
    }

    @Test
    void a_message_class_goes_with_each_alphabet() {
        assertThat(Encoding.GSM7.dataCoding(0)).isEqualTo(0x10);
        assertThat(Encoding.BINARY.dataCoding(1)).isEqualTo(0x15);
        assertThat(Encoding.UCS2.dataCoding(0)).isEqualTo(0x18);
        assertThatIllegalArgumentException().isThrownBy(() -> Encoding.GSM7.dataCoding(4));
    }
}
