package io.smspipeline.simulator.smsc.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of a submit_sm or deliver_sm, SMPP 3.4 §4.4.1 and §4.6.1, or of a data_sm. Immutable as long as nobody writes to the arrays; two of
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

    /** The rest of a submit_multi behind its destinations, as that of one to this destination. */
    private MessageBody(String serviceType, Address source, Address destination, OctetReader in) {
        this.serviceType = serviceType;
        this.source = source;
        this.destination = destination;
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

    /** All but the destination is that of another. */
    private MessageBody(MessageBody from, Address destination) {
        this.serviceType = from.serviceType;
        this.source = from.source;
        this.destination = destination;
        this.esmClass = from.esmClass;
        this.protocolId = from.protocolId;
        this.priority = from.priority;
        this.scheduleTime = from.scheduleTime;
        this.validityPeriod = from.validityPeriod;
        this.registeredDelivery = from.registeredDelivery;
        this.replaceIfPresent = from.replaceIfPresent;
        this.dataCoding = from.dataCoding;
        this.defaultMessageId = from.defaultMessageId;
        this.shortMessage = from.shortMessage;
        this.tlvs = from.tlvs;
    }

    private MessageBody(
            String serviceType,
            Address source,
            Address destination,
            int esmClass,
            int registeredDelivery,
            int dataCoding,
            byte[] shortMessage,
            byte[] tlvs) {
        this.serviceType = serviceType;
        this.source = source;
        this.destination = destination;
        this.esmClass = esmClass;
        this.protocolId = 0;
        this.priority = 0;
        this.scheduleTime = "";
        this.validityPeriod = "";
        this.registeredDelivery = registeredDelivery;
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
        return read(in.cString(6), Address.read(in), Address.read(in), in);
    }

    /**
     * Reads what stands behind the destinations of a submit_multi (SMPP 3.4 §4.5.1), as the body of a submit_sm to one.
     *
     * @throws MalformedPduException as {@link #read(OctetReader)}
     */
    public static MessageBody read(String serviceType, Address source, Address destination, OctetReader in) {
        MessageBody body = new MessageBody(serviceType, source, destination, in);
        body.requireWholeTlvs();
        return body;
    }

    /**
     * Reads the body of a data_sm, SMPP 3.4 §4.7.1: what it has no field for is empty or 0.
     *
     * @throws MalformedPduException as {@link #read(OctetReader)}
     */
    public static MessageBody readData(OctetReader in) {
        MessageBody body = new MessageBody(
                in.cString(6),
                Address.read(in, 65),
                Address.read(in, 65),
                in.u8(),
                in.u8(),
                in.u8(),
                new byte[0],
                in.octets(in.remaining()));
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
        return new MessageBody("", source, destination, esmClass, 0, dataCoding, shortMessage, tlvs);
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

    /** Writes the body of a data_sm that says the same, SMPP 3.4 §4.7.1. */
    public void writeData(OctetWriter out) {
        out.cString(serviceType);
        source.write(out);
        destination.write(out);
        out.u8(esmClass).u8(registeredDelivery).u8(dataCoding).octets(tlvs);
        if (shortMessage.length > 0) {
            out.tlv(Tag.MESSAGE_PAYLOAD, shortMessage);
        }
    }

    /** The same to another destination. */
    public MessageBody to(Address other) {
        return new MessageBody(this, other);
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

    /** All TLVs by their tags, in their order; of several with one tag the first. */
    public Map<Integer, byte[]> tlvs() {
        Map<Integer, byte[]> all = new LinkedHashMap<>();
        for (int at = 0; at < tlvs.length; at += 4 + unsigned16(at + 2)) {
            all.putIfAbsent(unsigned16(at), new OctetReader(tlvs, at + 4, tlvs.length).octets(unsigned16(at + 2)));
        }
        return all;
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
