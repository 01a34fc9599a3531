package io.smspipeline.simulator.smsc.wire;

/**
 * Type of number, numbering plan and the number or name itself, SMPP 3.4 §5.2.5-9.
 *
 * @param ton 0..255
 * @param npi 0..255
 * @param value at most 20 characters; in data_sm and alert_notification 64
 */
public record Address(int ton, int npi, String value) {
    /**
     * Reads type, plan and number.
     *
     * @throws MalformedPduException when the number has no end within 21 octets
     */
    public static Address read(OctetReader in) {
        return read(in, 21);
    }

    /** As {@link #read(OctetReader)}, with a number of at most {@code size} octets, its NUL among them. */
    public static Address read(OctetReader in, int size) {
        return new Address(in.u8(), in.u8(), in.cString(size));
    }

    /** Writes type, plan and number. */
    public void write(OctetWriter out) {
        out.u8(ton).u8(npi).cString(value);
    }
}
