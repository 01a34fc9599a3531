package io.smspipeline.simulator.smsc.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the fields of a PDU in order. Not safe for use by several threads. */
public final class OctetReader {
    private final byte[] octets;
    private final int end;
    private int at;

    /** Reads {@code octets[from..end)}. */
    public OctetReader(byte[] octets, int from, int end) {
        this.octets = octets;
        this.at = from;
        this.end = end;
    }

    /** One octet, 0..255. */
    public int u8() {
        require(1);
        return octets[at++] & 0xFF;
    }

    /** Two octets, 0..65535. */
    public int u16() {
        return (u8() << 8) | u8();
    }

    /** Four octets, as a signed number. */
    public int i32() {
        return (u16() << 16) | u16();
    }

    /**
     * A C-octet string: characters up to the NUL, one an octet.
     *
     * @param size the most the field may have with its NUL
     */
    public String cString(int size) {
        int limit = Math.min(end, at + size);
        for (int i = at; i < limit; i++) {
            if (octets[i] == 0) {
                String string = i == at ? "" : new String(octets, at, i - at, StandardCharsets.ISO_8859_1);
                at = i + 1;
                return string;
            }
        }
        throw new MalformedPduException("no NUL within " + size + " octets of a C-octet string");
    }

    /** The next octets, copied. */
    public byte[] octets(int length) {
        require(length);
        byte[] copy = Arrays.copyOfRange(octets, at, at + length);
        at += length;
        return copy;
    }

    /** How many octets are left. */
    public int remaining() {
        return end - at;
    }

    private void require(int length) {
        if (length > end - at) {
            throw new MalformedPduException(
                    "field of " + length + " octets in a PDU that has only " + (end - at) + " more");
        }
    }
}
