package io.smspipeline.provider.smpp.session;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the fields of a PDU's body one behind the other. Forgiving where the field can tell: a C-octet string may be longer
 * than SMPP allows and may end with the body in place of its NUL. Valid during the call it is handed to; not thread-safe.
 */
public final class Octets {
    private final byte[] buffer;
    private final int end;
    private int at;

    /** Reads {@code buffer} from {@code from} to before {@code end}. */
    public Octets(byte[] buffer, int from, int end) {
        this.buffer = buffer;
        this.at = from;
        this.end = end;
    }

    /** Octets not read yet. */
    public int remaining() {
        return end - at;
    }

    /** One octet, 0..255. */
    public int u8() {
        require(1);
        return buffer[at++] & 0xFF;
    }

    /** Two octets, big-endian. */
    public int u16() {
        return u8() << 8 | u8();
    }

    /** The characters before the next NUL, or before the end when there is none; Latin-1, an octet a character. */
    public String cString() {
        int nul = at;
        while (nul < end && buffer[nul] != 0) {
            nul++;
        }
        String text = new String(buffer, at, nul - at, StandardCharsets.ISO_8859_1);
        at = Math.min(nul + 1, end);
        return text;
    }

    /** A copy of the next octets. */
    public byte[] take(int length) {
        require(length);
        byte[] copy = Arrays.copyOfRange(buffer, at, at + length);
        at += length;
        return copy;
    }

    /** A copy of all octets not read yet, which stay unread. */
    byte[] rest() {
        return Arrays.copyOfRange(buffer, at, end);
    }

    private void require(int length) {
        if (length > end - at) {
            throw new MalformedPduException(
                    "a field of " + length + " octets in a body that has only " + (end - at) + " more");
        }
    }
}
