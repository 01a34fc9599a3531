package io.smspipeline.provider.smpp.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.smpp.session.Delivery;
import io.smspipeline.record.MoPart;
import io.smspipeline.record.Receipt;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.schemas.providerid.IdRule;
import io.smspipeline.simulator.smsc.wire.Address;
import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.MessageBody;
import io.smspipeline.simulator.smsc.wire.OctetWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InboundReaderTest {
    private static final Address HANDSET = new Address(1, 1, "447700900123");
    private static final Address SENDER = new Address(0, 1, "12345");
    private static final byte[] NO_TLV = {};

    private final InboundReader reader = new InboundReader(
            "primary",
            IdRule.SAME,
            ReceiptErrors.none("primary"),
            Clock.fixed(Instant.parse("2026-11-21T07:00:00Z"), ZoneOffset.UTC));

    private static Delivery delivery(int esmClass, int dataCoding, byte[] content, byte[] tlvs) {
        return delivery(HANDSET, esmClass, dataCoding, content, tlvs);
    }

    private static Delivery delivery(Address from, int esmClass, int dataCoding, byte[] content, byte[] tlvs) {
        OctetWriter out = new OctetWriter(64);
        MessageBody.delivery(from, SENDER, esmClass, dataCoding, content, tlvs).write(out);
        return new Delivery(CommandId.DELIVER_SM, 1, out.toByteArray());
    }

    private static void write(Address address, OctetWriter out) {
        out.u8(address.ton()).u8(address.npi()).cString(address.value());
    }

    private MoPart mo(Delivery delivery) {
        Inbound read = reader.read(delivery);
        assertThat(read).isInstanceOf(Inbound.OfMo.class);
        return ((Inbound.OfMo) read).part();
    }

    private Inbound.OfReceipt receipt(Delivery delivery) {
        Inbound read = reader.read(delivery);
        assertThat(read).isInstanceOf(Inbound.OfReceipt.class);
        return (Inbound.OfReceipt) read;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hex(String octets) {
        return HexFormat.of().parseHex(octets.replace(" ", ""));
    }

    @Test
    void a_receipt_names_handset_sender_state_and_the_id_to_look_up() {
        Inbound.OfReceipt read = receipt(delivery(
                0x04, 0, ascii("id:00AB sub:001 dlvrd:000 done date:2611210700 stat:UNDELIV err:021"), NO_TLV));

        Receipt receipt = read.receipt();
        assertThat(read.correlationId()).isEqualTo("ab");
        assertThat(receipt.getProviderMessageId()).isEqualTo("00AB");
        assertThat(receipt.getState()).isEqualTo(ReceiptState.UNDELIVERABLE);
        assertThat(receipt.getFinal$()).isTrue();
        assertThat(receipt.getHandset()).isEqualTo("+447700900123");
        assertThat(receipt.getSender()).isEqualTo("12345");
        assertThat(receipt.getDoneDate()).isEqualTo("2026-11-21T07:00:00");
        assertThat(receipt.getFailure().getProviderCode()).isEqualTo("err:021");
        assertThat(receipt.getUnderstood()).isTrue();
    }

    @Test
    void a_receipt_that_cannot_be_parsed_is_marked_and_keeps_its_octets() {
        byte[] octets = ascii("all is well");

        Inbound.OfReceipt read = receipt(delivery(0x04, 0, octets, NO_TLV));

        assertThat(read.correlationId()).isEmpty();
        assertThat(read.receipt().getUnderstood()).isFalse();
        assertThat(read.receipt().getRaw()).isEqualTo(ByteBuffer.wrap(octets));
    }

    @Test
    void a_receipted_message_id_makes_a_receipt_of_it_whatever_esm_class_says() {
        byte[] tlvs = hex("001E 0003 39 66 00 0427 0001 02");

        Inbound.OfReceipt read = receipt(delivery(0, 0, new byte[0], tlvs));

        assertThat(read.correlationId()).isEqualTo("9f");
        assertThat(read.receipt().getState()).isEqualTo(ReceiptState.DELIVERED);
    }

    @Test
    void a_text_that_looks_like_a_receipt_is_one_when_esm_class_does_not_say() {
        assertThat(receipt(delivery(0, 0, ascii("id:7 sub:001 dlvrd:001 stat:DELIVRD err:000"), NO_TLV))
                        .correlationId())
                .isEqualTo("7");
    }

    @Test
    void a_receipt_text_is_found_in_message_payload_too() {
        byte[] text = ascii("id:7 stat:DELIVRD err:000");
        byte[] tlvs =
                new OctetWriter(64).u16(0x0424).u16(text.length).octets(text).toByteArray();

        assertThat(receipt(delivery(0x04, 0, new byte[0], tlvs)).correlationId())
                .isEqualTo("7");
    }

    @Test
    void a_receipt_written_in_ucs2_is_read() {
        byte[] text = "id:7 stat:DELIVRD err:000".getBytes(StandardCharsets.UTF_16BE);

        assertThat(receipt(delivery(0x04, 8, text, NO_TLV)).correlationId()).isEqualTo("7");
    }

    @Test
    void an_intermediate_notification_ends_nothing() {
        Receipt receipt = receipt(delivery(0x20, 0, ascii("id:7 stat:ENROUTE err:000"), NO_TLV))
                .receipt();

        assertThat(receipt.getFinal$()).isFalse();
    }

    @Test
    void a_text_from_a_handset_is_decoded_by_its_data_coding() {
        assertThat(mo(delivery(0, 0, hex("00 41"), NO_TLV)).getText()).isEqualTo("@A");
        assertThat(mo(delivery(0, 8, hex("D83D DE00"), NO_TLV)).getText()).isEqualTo("😀");
        assertThat(mo(delivery(0, 3, hex("E9"), NO_TLV)).getText()).isEqualTo("é");
    }

    @Test
    void octets_that_are_no_text_stay_octets() {
        MoPart part = mo(delivery(0, 4, hex("0102"), NO_TLV));

        assertThat(part.getText()).isNull();
        assertThat(part.getBinary()).isEqualTo(ByteBuffer.wrap(hex("0102")));
    }

    @Test
    void a_part_says_by_its_header_where_it_belongs() {
        MoPart part = mo(delivery(0x40, 0, hex("06 08 04 1234 03 02 41"), NO_TLV));

        assertThat(part.getReference()).isEqualTo(0x1234);
        assertThat(part.getPart()).isEqualTo(2);
        assertThat(part.getParts()).isEqualTo(3);
        assertThat(part.getText()).isEqualTo("A");
    }

    @Test
    void a_part_says_by_its_tlvs_where_it_belongs() {
        MoPart part = mo(delivery(0, 0, hex("41"), hex("020C 0002 0102 020E 0001 03 020F 0001 01")));

        assertThat(part.getReference()).isEqualTo(0x0102);
        assertThat(part.getPart()).isEqualTo(1);
        assertThat(part.getParts()).isEqualTo(3);
    }

    @Test
    void the_same_part_sent_again_has_the_same_id_and_another_part_has_not() {
        MoPart first = mo(delivery(0x40, 0, hex("050003 07 02 01 41"), NO_TLV));
        MoPart again = mo(delivery(0x40, 0, hex("050003 07 02 01 41"), NO_TLV));
        MoPart second = mo(delivery(0x40, 0, hex("050003 07 02 02 41"), NO_TLV));
        MoPart otherHandset =
                mo(delivery(new Address(1, 1, "447700900124"), 0x40, 0, hex("050003 07 02 01 41"), NO_TLV));

        assertThat(again.getId()).isEqualTo(first.getId());
        assertThat(second.getId()).isNotEqualTo(first.getId());
        assertThat(otherHandset.getId()).isNotEqualTo(first.getId());
    }

    @Test
    void only_the_type_of_number_makes_a_number_international() {
        assertThat(mo(delivery(new Address(0, 1, "447700900123"), 0, 0, hex("41"), NO_TLV))
                        .getFrom())
                .isEqualTo("447700900123");
    }

    @Test
    void what_is_no_deliver_sm_is_published_raw() {
        byte[] octets = hex("00 01 01 3434");

        MoPart part = mo(new Delivery(CommandId.DELIVER_SM, 1, octets));

        assertThat(part.getUnderstood()).isFalse();
        assertThat(part.getRaw()).isEqualTo(ByteBuffer.wrap(octets));
    }

    @Test
    void times_that_deliver_sm_should_not_have_do_no_harm() {
        OctetWriter out = new OctetWriter(64);
        out.cString("");
        write(HANDSET, out);
        write(SENDER, out);
        out.u8(0)
                .u8(0)
                .u8(0)
                .cString("")
                .cString("2611210700")
                .u8(0)
                .u8(0)
                .u8(0)
                .u8(0)
                .u8(1)
                .u8(0x41);

        assertThat(mo(new Delivery(CommandId.DELIVER_SM, 1, out.toByteArray())).getText())
                .isEqualTo("A");
    }

    @Test
    void a_data_sm_is_read_like_a_deliver_sm() {
        OctetWriter out = new OctetWriter(64);
        out.cString("");
        write(HANDSET, out);
        write(SENDER, out);
        out.u8(0).u8(0).u8(0).u16(0x0424).u16(2).octets(ascii("Hi"));

        MoPart part = mo(new Delivery(CommandId.DATA_SM, 1, out.toByteArray()));

        assertThat(part.getText()).isEqualTo("Hi");
        assertThat(part.getFrom()).isEqualTo("+447700900123");
    }

    @Test
    void a_data_sm_can_be_a_receipt() {
        OctetWriter out = new OctetWriter(64);
        out.cString("");
        write(HANDSET, out);
        write(SENDER, out);
        out.u8(0x04).u8(0).u8(0).tlv(0x001E, ascii("A7\0")).tlv8(0x0427, 2);

        Inbound.OfReceipt receipt = receipt(new Delivery(CommandId.DATA_SM, 1, out.toByteArray()));

        assertThat(receipt.correlationId()).isEqualTo("a7");
        assertThat(receipt.receipt().getState()).isEqualTo(ReceiptState.DELIVERED);
        assertThat(receipt.receipt().getUnderstood()).isTrue();
    }

    @Test
    void what_a_vendor_or_a_later_version_adds_is_kept_and_does_no_harm() {
        byte[] tlvs = new OctetWriter(64)
                .tlv(0x1403, ascii("IMS"))
                .tlv8(0x0428, 99)
                .tlv(0x0610, hex("00 0A"))
                .tlv(0x0424, ascii("Hi"))
                .toByteArray();
        OctetWriter out = new OctetWriter(64);
        out.cString("");
        write(HANDSET, out);
        write(SENDER, out);
        out.u8(0).u8(0).u8(0).octets(tlvs);

        MoPart part = mo(new Delivery(CommandId.DATA_SM, 1, out.toByteArray()));

        assertThat(part.getText()).isEqualTo("Hi");
        assertThat(part.getTlvs()).isEqualTo(Map.of("0x1403", "494d53", "0x0428", "63", "0x0610", "000a"));
    }

    @Test
    void a_receipt_keeps_its_tlvs_too() {
        OctetWriter out = new OctetWriter(64);
        out.cString("");
        write(HANDSET, out);
        write(SENDER, out);
        out.u8(0x04).u8(0).u8(0).tlv(0x001E, ascii("A7\0")).tlv8(0x0427, 2).tlv(0x1501, ascii("262"));

        Receipt receipt =
                receipt(new Delivery(CommandId.DATA_SM, 1, out.toByteArray())).receipt();

        assertThat(receipt.getTlvs()).containsEntry("0x1501", "323632").containsEntry("0x0427", "02");
    }
}
