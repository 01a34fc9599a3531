package io.smspipeline.provider.smpp.inbound;

import io.smspipeline.provider.smpp.session.Delivery;
import io.smspipeline.provider.smpp.session.MalformedPduException;
import io.smspipeline.provider.smpp.session.Octets;
import io.smspipeline.provider.smpp.submit.Address;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The fields of a deliver_sm (SMPP 3.4 §4.6.1) or data_sm (§4.7.1) that say something. Immutable but for its arrays. */
final class Deliver {
    static final int RECEIPTED_MESSAGE_ID = 0x001E;
    static final int SAR_MSG_REF_NUM = 0x020C;
    static final int SAR_TOTAL_SEGMENTS = 0x020E;
    static final int SAR_SEGMENT_SEQNUM = 0x020F;
    static final int NETWORK_ERROR_CODE = 0x0423;
    static final int MESSAGE_PAYLOAD = 0x0424;
    static final int MESSAGE_STATE = 0x0427;

    private static final byte[] NOTHING = {};
    private static final HexFormat TAG = HexFormat.of().withUpperCase();

    private final String source;
    private final String destination;
    private final int esmClass;
    private final int dataCoding;
    private final byte[] content;
    private final Map<Integer, byte[]> tlvs;

    private Deliver(
            String source,
            String destination,
            int esmClass,
            int dataCoding,
            byte[] shortMessage,
            Map<Integer, byte[]> tlvs) {
        this.source = source;
        this.destination = destination;
        this.esmClass = esmClass;
        this.dataCoding = dataCoding;
        this.tlvs = tlvs;
        this.content = shortMessage.length > 0 ? shortMessage : tlvs.getOrDefault(MESSAGE_PAYLOAD, NOTHING);
    }

    /** @throws MalformedPduException when the octets are no such body */
    static Deliver read(Delivery delivery) {
        Octets in = new Octets(delivery.body(), 0, delivery.body().length);
        in.cString();
        String source = address(in);
        String destination = address(in);
        int esmClass = in.u8();
        if (delivery.isDataSm()) {
            in.u8();
            return new Deliver(source, destination, esmClass, in.u8(), NOTHING, tlvs(in));
        }
        in.take(2);
        // Empty in deliver_sm by the standard, and of any length in practice.
        in.cString();
        in.cString();
        in.take(2);
        int dataCoding = in.u8();
        in.take(1);
        byte[] shortMessage = in.take(in.u8());
        return new Deliver(source, destination, esmClass, dataCoding, shortMessage, tlvs(in));
    }

    private static String address(Octets in) {
        int ton = in.u8();
        in.u8();
        return Address.written(ton, in.cString());
    }

    /** A TLV that runs over the end loses what is missing, and what stands before it is kept. */
    private static Map<Integer, byte[]> tlvs(Octets in) {
        Map<Integer, byte[]> tlvs = new LinkedHashMap<>();
        while (in.remaining() >= 4) {
            int tag = in.u16();
            int length = in.u16();
            tlvs.putIfAbsent(tag, in.take(Math.min(length, in.remaining())));
        }
        return tlvs;
    }

    /** Who sent it, international numbers with their plus. */
    String source() {
        return source;
    }

    /** To whom it was sent, international numbers with their plus. */
    String destination() {
        return destination;
    }

    int esmClass() {
        return esmClass;
    }

    int dataCoding() {
        return dataCoding;
    }

    /** {@code short_message}, or {@code message_payload} when that is empty; not to be written to. */
    byte[] content() {
        return content;
    }

    /** Every TLV but the content, by tag as in {@code 0x1403}: a vendor's own, and those of versions to come, say something too. */
    Map<String, String> tlvsInHex() {
        if (tlvs.isEmpty()) {
            return Map.of();
        }
        Map<String, String> hex = new TreeMap<>();
        tlvs.forEach((tag, value) -> {
            if (tag != MESSAGE_PAYLOAD) {
                hex.put("0x" + TAG.toHexDigits(tag.shortValue()), HexFormat.of().formatHex(value));
            }
        });
        return hex;
    }

    byte @Nullable [] tlv(int tag) {
        return tlvs.get(tag);
    }

    /** The number in a TLV; -1 when there is none. */
    int number(int tag) {
        byte[] value = tlvs.get(tag);
        if (value == null || value.length == 0 || value.length > 2) {
            return -1;
        }
        int number = 0;
        for (byte octet : value) {
            number = number << 8 | octet & 0xFF;
        }
        return number;
    }

    /** Whether {@link #content()} begins with a user data header. */
    boolean headerPresent() {
        return (esmClass & 0x40) != 0;
    }

    /** Bits 5 to 2 of esm_class: what kind of message the SMSC says it is. */
    int messageType() {
        return esmClass & 0x3C;
    }
}
