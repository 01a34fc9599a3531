package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.Address;
import io.smspipeline.simulator.smsc.wire.MessageBody;
import io.smspipeline.simulator.smsc.wire.OctetWriter;
import io.smspipeline.simulator.smsc.wire.Tag;
import io.smspipeline.text.EncodedText;
import io.smspipeline.text.Sar;
import io.smspipeline.text.Segment;
import io.smspipeline.text.TextDecoder;
import io.smspipeline.text.TextEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** How receipts and handset messages are written. */
final class Deliveries {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyMMddHHmm").withZone(ZoneOffset.UTC);
    private static final int RECEIPT = 0x04;
    private static final int TEXT_IN_RECEIPT = 20;

    private Deliveries() {}

    /** A receipt as in appendix B of SMPP 3.4, with the TLVs that say the same. */
    static MessageBody receipt(HeldMessage message, Instant done) {
        ReceiptState state = message.state();
        HeldMessage.Fields fields = message.fields();
        String id = message.idInReceipt();
        String text = "id:" + id + " sub:001 dlvrd:" + (state == ReceiptState.DELIVRD ? "001" : "000") + " submit date:"
                + MINUTE.format(message.receivedAt()) + " done date:" + MINUTE.format(done) + " stat:" + state + " err:"
                + (state.success() ? "000" : "001") + " text:" + beginning(fields);
        OctetWriter tlvs = new OctetWriter(64);
        tlvs.u16(Tag.RECEIPTED_MESSAGE_ID).u16(id.length() + 1).cString(id);
        tlvs.tlv8(Tag.MESSAGE_STATE, state.messageState());
        return MessageBody.delivery(
                fields.destination(),
                fields.source(),
                RECEIPT,
                0,
                text.getBytes(StandardCharsets.ISO_8859_1),
                tlvs.toByteArray());
    }

    /** The first characters, those outside ASCII as a question mark: receipts are read as ASCII by most. */
    private static String beginning(HeldMessage.Fields fields) {
        byte[] octets = fields.rest().octets(fields.rest().remaining());
        String text = TextDecoder.GSM
                .decode(fields.dataCoding(), octets, (fields.esmClass() & 0x40) != 0)
                .text();
        if (text == null) {
            return "";
        }
        StringBuilder beginning = new StringBuilder(TEXT_IN_RECEIPT);
        for (int i = 0; i < Math.min(TEXT_IN_RECEIPT, text.length()); i++) {
            char c = text.charAt(i);
            beginning.append(c >= ' ' && c < 0x7F ? c : '?');
        }
        return beginning.toString();
    }

    /**
     * A text from a handset, one body a part that is to leave.
     *
     * @param reference tells the parts of this text from those of others
     * @throws io.smspipeline.text.TextRefusedException when it is no text, or far too long
     * @throws IllegalArgumentException when a part is asked for that it does not have
     */
    static List<MessageBody> fromHandset(Address handset, Address to, HandsetText text, int reference) {
        EncodedText encoded = TextEncoder.encode(text.text(), text.encoding(), text.segmentation(), reference);
        List<MessageBody> bodies = new ArrayList<>();
        for (Segment segment : encoded.segments()) {
            bodies.add(MessageBody.delivery(
                    handset, to, segment.esmClass(), encoded.dataCoding(), segment.shortMessage(), tlvs(segment)));
        }
        if (text.parts().isEmpty()) {
            return bodies;
        }
        List<MessageBody> wanted = new ArrayList<>();
        for (int part : text.parts()) {
            if (part < 1 || part > bodies.size()) {
                throw new IllegalArgumentException("parts names part " + part + " of a text of " + bodies.size()
                        + ": they are numbered from 1. Leave parts away for all of them.");
            }
            wanted.add(bodies.get(part - 1));
        }
        return wanted;
    }

    private static byte[] tlvs(Segment segment) {
        OctetWriter tlvs = new OctetWriter(16);
        Sar sar = segment.sar();
        if (sar != null) {
            tlvs.u16(Tag.SAR_MSG_REF_NUM).u16(2).u16(sar.reference());
            tlvs.tlv8(Tag.SAR_TOTAL_SEGMENTS, sar.total()).tlv8(Tag.SAR_SEGMENT_SEQNUM, sar.number());
        }
        byte[] payload = segment.messagePayload();
        if (payload != null) {
            tlvs.tlv(Tag.MESSAGE_PAYLOAD, payload);
        }
        return tlvs.toByteArray();
    }
}
