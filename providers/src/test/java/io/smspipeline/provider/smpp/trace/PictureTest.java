package io.smspipeline.provider.smpp.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.settings.PersonalData;
import io.smspipeline.simulator.smsc.wire.Address;
import io.smspipeline.simulator.smsc.wire.MessageBody;
import io.smspipeline.simulator.smsc.wire.OctetWriter;
import io.smspipeline.simulator.smsc.wire.Pdus;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PictureTest {
    private static final Address HANDSET = new Address(1, 1, "447700900123");
    private static final Address SERVICE = new Address(0, 1, "12345");

    private static byte[] deliver(int esmClass, int dataCoding, String text, byte[] tlvs) {
        return Pdus.deliverSm(
                7,
                MessageBody.delivery(
                        HANDSET, SERVICE, esmClass, dataCoding, text.getBytes(StandardCharsets.ISO_8859_1), tlvs));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void a_message_shows_its_fields_and_hides_who_and_what() {
        Picture picture = Picture.of(deliver(0, 0, "Hello", new byte[0]), PersonalData.MASKED);

        assertThat(picture.fields())
                .startsWith("command=deliver_sm status=0x0 sequence=7 length=")
                .contains(
                        "source_addr_ton=1 source_addr_npi=1 source_addr=4477*****123",
                        "destination_addr=*****",
                        "esm_class=0",
                        "data_coding=0",
                        "sm_length=5 short_message=[5 octets]")
                .doesNotContain("447700900123", "12345", "Hello");
    }

    @Test
    void the_octets_show_the_header_and_lengths_and_hide_numbers_and_text() {
        byte[] pdu = deliver(0, 0, "Hello", new byte[0]);

        String octets = Picture.of(pdu, PersonalData.MASKED).octets();

        assertThat(octets)
                .hasSize(2 * pdu.length)
                .startsWith("000000%02x000000050000000000000007".formatted(pdu.length))
                .contains("0101" + "**".repeat(12) + "00" + "0001" + "**".repeat(5) + "00")
                .endsWith("05" + "**".repeat(5))
                .doesNotContain(hex("447700900123"), hex("12345"), hex("Hello"));
    }

    @Test
    void where_personal_data_may_be_seen_everything_is_there() {
        byte[] pdu = deliver(0, 0, "Hello", new byte[0]);

        Picture picture = Picture.of(pdu, PersonalData.SHOWN);

        assertThat(picture.fields()).contains("447700900123", "12345", "short_message=\"Hello\"");
        assertThat(picture.octets()).isEqualTo(HexFormat.of().formatHex(pdu));
    }

    @Test
    void a_password_is_never_shown() {
        byte[] body = new OctetWriter(32)
                .cString("demo")
                .cString("hush")
                .cString("")
                .u8(0x34)
                .u8(0)
                .u8(0)
                .cString("")
                .toByteArray();

        Picture picture = Picture.of(Picture.withHeader(0x09, 0, 1, body), PersonalData.SHOWN);

        assertThat(picture.fields())
                .contains("command=bind_transceiver", "system_id=demo", "password=***", "interface_version=52")
                .doesNotContain("hush");
        assertThat(picture.octets())
                .contains(hex("demo") + "00" + "**".repeat(4) + "00")
                .doesNotContain(hex("hush"));
    }

    @Test
    void of_a_receipt_its_id_and_state_are_shown_and_its_text_is_not() {
        Picture picture = Picture.of(
                deliver(
                        0x04,
                        0,
                        "id:A7 sub:001 dlvrd:001 submit date:2611210700 done date:2611210701 stat:DELIVRD err:000"
                                + " text:My secret id:9",
                        new byte[0]),
                PersonalData.MASKED);

        assertThat(picture.fields())
                .contains("receipt.id=A7", "receipt.stat=DELIVRD", "receipt.err=000")
                .doesNotContain("secret", "receipt.id=9");
    }

    @Test
    void harmless_tlvs_are_shown_and_all_others_hidden() {
        byte[] tlvs = new OctetWriter(32)
                .tlv8(0x0427, 2)
                .tlv(0x1403, "IMS".getBytes(StandardCharsets.US_ASCII))
                .tlv(0x0424, "Hi".getBytes(StandardCharsets.US_ASCII))
                .toByteArray();

        Picture picture = Picture.of(deliver(0, 0, "", tlvs), PersonalData.MASKED);

        assertThat(picture.fields()).contains("message_state=02", "tlv_1403=3 octets", "message_payload=[2 octets]");
        assertThat(picture.octets()).endsWith("0427000102" + "14030003******" + "04240002****");
    }

    @Test
    void what_fits_no_layout_is_hidden_whatever_it_is() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            byte[] pdu = deliver(0, 0, "Hello", new byte[0]);
            byte[] body = java.util.Arrays.copyOfRange(pdu, 16, 16 + random.nextInt(pdu.length - 16));
            for (int flips = random.nextInt(4); flips > 0 && body.length > 0; flips--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }

            Picture picture = Picture.of(Picture.withHeader(0x05, 0, 1, body), PersonalData.MASKED);

            assertThat(picture.fields()).as("round %d", i).doesNotContain("Hello", "447700900123");
        }
        assertThat(Picture.of(Picture.withHeader(0x7777, 0, 1, new byte[3]), PersonalData.MASKED)
                        .octets())
                .endsWith("******");
    }

    @Test
    void an_answer_without_its_body_is_a_header() {
        assertThat(Picture.of(Picture.withHeader(0x80000004, 0x58, 3, new byte[0]), PersonalData.MASKED)
                        .fields())
                .isEqualTo("command=submit_sm_resp status=0x58 sequence=3 length=16");
    }

    @Test
    void a_peer_cannot_write_a_line_of_its_own_into_the_log() {
        byte[] body = new OctetWriter(32).cString("id\nERROR fake").toByteArray();

        assertThat(Picture.of(Picture.withHeader(0x80000004, 0, 3, body), PersonalData.MASKED)
                        .fields())
                .endsWith("message_id=id.ERROR fake");
    }
}
