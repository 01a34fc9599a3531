package io.smspipeline.simulator.smsc.wire;

import org.jspecify.annotations.Nullable;

/**
 * The body of a submit_sm or deliver_sm, SMPP 3.4 §4.4.1 and §4.6.1. Immutable as long as nobody writes to the arrays; two of
 * them are equal when they are the same one.
 */
public final class MessageBody {
    private final String serviceType;
    private final Address source;
    private final Address destination;
    private final int esmClass;
    private final int protocolId;
    private final int priority;
    private final String scheduleTime;
    private final String validityPeriod;
    private final int registeredDelivery;
    private final int replaceIfPresent;
    private final int dataCoding;
    private final int defaultMessageId;
    private final byte[] shortMessage;
    private final byte[] tlvs;

    private MessageBody(OctetReader in) {
        serviceType = in.cString(6);
        source = Address.read(in);
        destination = Address.read(in);
        esmClass = in.u8();
        protocolId = in.u8();
        priority = in.u8();
        scheduleTime = in.cString(17);
        validityPeriod = in.cString(17);
        registeredDelivery = in.u8();
        replaceIfPresent = in.u8();
        dataCoding = in.u8();
        defaultMessageId = in.u8();
        shortMessage = in.octets(in.u8());
        tlvs = in.octets(in.remaining());
    }

    private MessageBody(
            Address source, Address destination, int esmClass, int dataCoding, byte[] shortMessage, byte[] tlvs) {
        this.serviceType = "";
        this.source = source;
        this.destination = destination;
        this.esmClass = esmClass;
        this.protocolId = 0;
        this.priority = 0;
        this.scheduleTime = "";
        this.validityPeriod = "";
        this.registeredDelivery = 0;
        this.replaceIfPresent = 0;
        this.dataCoding = dataCoding;
        this.defaultMessageId = 0;
        this.shortMessage = shortMessage;
        this.tlvs = tlvs;
    }

    /**
     * Reads a body.
     *
     * @throws MalformedPduException when the octets are no such body, or its TLVs run over the end
     */
    public static MessageBody read(OctetReader in) {
        MessageBody body = new MessageBody(in);
        body.requireWholeTlvs();
        return body;
    }

    /**
     * A body for deliver_sm; every other field is empty or 0.
     *
     * @param tlvs zero or more, as they go on the wire
     */
    public static MessageBody delivery(
            Address source, Address destination, int esmClass, int dataCoding, byte[] shortMessage, byte[] tlvs) {
        return new MessageBody(source, destination, esmClass, dataCoding, shortMessage, tlvs);
    }

    /** Writes the body behind a header already begun. */
    public void write(OctetWriter out) {
        out.cString(serviceType);
        source.write(out);
        destination.write(out);
        out.u8(esmClass).u8(protocolId).u8(priority).cString(scheduleTime).cString(validityPeriod);
        out.u8(registeredDelivery).u8(replaceIfPresent).u8(dataCoding).u8(defaultMessageId);
        out.u8(shortMessage.length).octets(shortMessage).octets(tlvs);
    }

    private void requireWholeTlvs() {
        int at = 0;
        while (at < tlvs.length) {
            if (at + 4 > tlvs.length || at + 4 + unsigned16(at + 2) > tlvs.length) {
                throw new MalformedPduException("TLVs run over the end of the PDU");
            }
            at += 4 + unsigned16(at + 2);
        }
    }

    private int unsigned16(int at) {
        return ((tlvs[at] & 0xFF) << 8) | (tlvs[at + 1] & 0xFF);
    }

    /** The value of the first TLV with this tag; null when there is none. */
    public byte @Nullable [] tlv(int tag) {
        for (int at = 0; at < tlvs.length; at += 4 + unsigned16(at + 2)) {
            if (unsigned16(at) == tag) {
                return new OctetReader(tlvs, at + 4, tlvs.length).octets(unsigned16(at + 2));
            }
        }
        return null;
    }

    /** The number in the first TLV with this tag; -1 when there is none. */
    public int number(int tag) {
        byte[] value = tlv(tag);
        if (value == null) {
            return -1;
        }
        int number = 0;
        for (byte octet : value) {
            number = (number << 8) | (octet & 0xFF);
        }
        return number;
    }

    public boolean hasTlvs() {
        return tlvs.length > 0;
    }

    /** {@code message_payload} when there is one, else {@code short_message}; not to be written to. */
    public byte[] content() {
        byte[] payload = tlvs.length == 0 ? null : tlv(Tag.MESSAGE_PAYLOAD);
        return payload == null ? shortMessage : payload;
    }

    public String serviceType() {
        return serviceType;
    }

    public Address source() {
        return source;
    }

    public Address destination() {
        return destination;
    }

    public int esmClass() {
        return esmClass;
    }

    public int protocolId() {
        return protocolId;
    }

    public int priority() {
        return priority;
    }

    public String scheduleTime() {
        return scheduleTime;
    }

    public String validityPeriod() {
        return validityPeriod;
    }

    public int registeredDelivery() {
        return registeredDelivery;
    }

    public int replaceIfPresent() {
        return replaceIfPresent;
    }

    public int dataCoding() {
        return dataCoding;
    }

    public int defaultMessageId() {
        return defaultMessageId;
    }

    /** Not to be written to. */
    public byte[] shortMessage() {
        return shortMessage;
    }
}
