package io.smspipeline.simulator.smsc.wire;

/**
 * Type of number, numbering plan and the number or name itself, SMPP 3.4 §5.2.5-9.
 *
 * @param ton 0..255
 * @param npi 0..255
 * @param value at most 20 characters
 */
public record Address(int ton, int npi, String value) {
    static Address read(OctetReader in) {
        return new Address(in.u8(), in.u8(), in.cString(21));
    }

    void write(OctetWriter out) {
        out.u8(ton).u8(npi).cString(value);
    }
}
