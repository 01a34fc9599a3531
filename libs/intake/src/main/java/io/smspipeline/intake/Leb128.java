package io.smspipeline.intake;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Reads numbers of seven bits an octet, lowest first, the highest bit telling that more follow. For one thread. */
final class Leb128 {
    private static final int LONGEST = 9;

    private final byte[] octets;
    private int at;

    Leb128(byte[] octets) {
        this.octets = octets;
    }

    /** @param value 0 or more */
    static void write(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest > 0x7F) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    boolean hasMore() {
        return at < octets.length;
    }

    /** @throws IllegalArgumentException when it does not end */
    long number() {
        long number = 0;
        int length = 0;
        int octet;
        do {
            if (at == octets.length || length == LONGEST) {
                throw new IllegalArgumentException("a number in the note does not end");
            }
            octet = octets[at++];
            number |= (long) (octet & 0x7F) << 7 * length++;
        } while (octet < 0);
        return number;
    }

    /** @throws IllegalArgumentException when there are not so many left */
    byte[] octets(long count) {
        if (count > octets.length - at) {
            throw new IllegalArgumentException("the note ends before its octets do");
        }
        at += (int) count;
        return Arrays.copyOfRange(octets, at - (int) count, at);
    }
}
