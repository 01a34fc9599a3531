package io.smspipeline.router.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.InboundMessage;
import io.smspipeline.record.MoPart;
import io.smspipeline.text.DecodedText;
import io.smspipeline.text.DefaultAlphabet;
import io.smspipeline.text.TextDecoder;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeamsTest {
    private static final int HEADER = 0x40;
    private static final int PLAIN = 0;

    /** As a receiver reads one part of an account with this alphabet. */
    private static MoPart part(DefaultAlphabet alphabet, int number, int of, int dataCoding, int esmClass, String hex) {
        byte[] raw = HexFormat.of().parseHex(hex);
        DecodedText read = new TextDecoder(alphabet).decode(dataCoding, raw, (esmClass & HEADER) != 0);
        return MoPart.newBuilder()
                .setId("p" + number)
                .setProvider("primary")
                .setFrom("+447700900123")
                .setTo("12345")
                .setText(read.text())
                .setBinary(read.text() == null ? ByteBuffer.wrap(read.body()) : null)
                .setReference(7)
                .setPart(number)
                .setParts(of)
                .setDataCoding(dataCoding)
                .setEsmClass(esmClass)
                .setRaw(ByteBuffer.wrap(raw))
                .setReceivedAt(Instant.EPOCH)
                .build();
    }

    private static MoPart part(int number, int of, int dataCoding, int esmClass, String hex) {
        return part(DefaultAlphabet.GSM, number, of, dataCoding, esmClass, hex);
    }

    private static InboundMessage joined(MoPart... parts) {
        return Joining.join(List.of(parts));
    }

    @ParameterizedTest(name = "data_coding {0}")
    @ValueSource(ints = {0x00, 0x10, 0xF0, 0xF1, 0xC8})
    void an_escape_cut_off_from_its_septet_is_one_character_with_it(int dataCoding) {
        assertThat(joined(part(2, 2, dataCoding, PLAIN, "65206f6b"), part(1, 2, dataCoding, PLAIN, "31301b"))
                        .getText())
                .isEqualTo("10\u20ac ok");
    }

    @Test
    void also_behind_headers_with_references_of_eight_and_of_sixteen_bits() {
        assertThat(joined(
                                part(1, 2, 0, HEADER, "0500030702" + "01" + "31301b"),
                                part(2, 2, 0, HEADER, "0500030702" + "02" + "65"))
                        .getText())
                .isEqualTo("10\u20ac");
        assertThat(joined(
                                part(1, 2, 0, HEADER, "060804000702" + "01" + "31301b"),
                                part(2, 2, 0, HEADER, "060804000702" + "02" + "65"))
                        .getText())
                .isEqualTo("10\u20ac");
    }

    @ParameterizedTest(name = "data_coding {0}")
    @ValueSource(ints = {0x08, 0x18, 0x19, 0xE0})
    void the_halves_of_a_surrogate_pair_are_one_character(int dataCoding) {
        assertThat(joined(part(1, 2, dataCoding, PLAIN, "00610062d83d"), part(2, 2, dataCoding, PLAIN, "de000021"))
                        .getText())
                .isEqualTo("ab\ud83d\ude00!");
    }

    @Test
    void septets_that_are_packed_are_unpacked_part_by_part() {
        // "10" and an escape, then "e": behind a header of six octets one fill bit brings the septets to their
        // boundary.
        MoPart one = part(DefaultAlphabet.GSM_PACKED, 1, 2, 0, HEADER, "0500030702" + "01" + "62B00D");
        MoPart two = part(DefaultAlphabet.GSM_PACKED, 2, 2, 0, HEADER, "0500030702" + "02" + "CA");
        assertThat(one.getText()).isEqualTo("10 ");
        assertThat(two.getText()).isEqualTo("e");

        assertThat(joined(one, two).getText()).isEqualTo("10\u20ac");
    }

    @Test
    void halves_that_do_not_follow_one_another_stay_halves() {
        assertThat(joined(part(1, 3, 0, PLAIN, "31301b"), part(3, 3, 0, PLAIN, "65"))
                        .getText())
                .isEqualTo("10 e");
        assertThat(joined(part(1, 3, 8, PLAIN, "0061d83d"), part(3, 3, 8, PLAIN, "de00"))
                        .getText())
                .isEqualTo("a\ufffd\ufffd");
    }

    @Test
    void parts_in_different_codings_are_read_each_in_its_own() {
        assertThat(joined(part(1, 2, 0, PLAIN, "0061"), part(2, 2, 8, PLAIN, "0062"))
                        .getText())
                .isEqualTo("@ab");
    }

    @ParameterizedTest
    @CsvSource({"LATIN1, 40E9, @\u00e9", "ASCII, 4041, @A"})
    void an_account_with_another_alphabet_keeps_its_characters(DefaultAlphabet alphabet, String hex, String text) {
        assertThat(joined(part(alphabet, 1, 2, 0, PLAIN, hex), part(alphabet, 2, 2, 0, PLAIN, hex))
                        .getText())
                .isEqualTo(text + text);
    }

    @Test
    void what_a_webhook_brought_is_taken_as_it_is() {
        MoPart one = part(1, 2, 0, PLAIN, "7b7d");
        one.setText("gr\u00fc\u00df ");
        MoPart two = part(2, 2, 0, PLAIN, "7b7d");
        two.setText("dich");

        assertThat(joined(one, two).getText()).isEqualTo("gr\u00fc\u00df dich");
    }

    @Test
    void octets_stay_octets() {
        InboundMessage message = joined(part(2, 2, 4, PLAIN, "65"), part(1, 2, 4, PLAIN, "31301b"));

        assertThat(message.getText()).isNull();
        assertThat(message.getBinary()).isEqualTo(ByteBuffer.wrap(new byte[] {0x31, 0x30, 0x1b, 0x65}));
    }
}
