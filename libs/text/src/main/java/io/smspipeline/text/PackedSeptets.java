package io.smspipeline.text;

import java.util.Arrays;

/**
 * Septets without a gap between them, eight in seven octets, as they go over the air (3GPP TS 23.038 §6.1.2.1.1) and as a few
 * SMSCs hand them on. Stateless and safe for use by many threads.
 *
 * <p>Where the last septet leaves seven bits free, they could be taken for one more. 3GPP TS 23.038 §6.1.2.3.1 has a carriage
 * return there, which shows as nothing; others leave zeros, which would show as an "@". Either is written or read as filling.
 */
public final class PackedSeptets {
    private static final byte CARRIAGE_RETURN = 0x0D;
    private static final int SEPTET = 7;

    private PackedSeptets() {}

    /**
     * Bits between a user data header and the first septet, so that this begins at a septet boundary (3GPP TS 23.040
     * §9.2.3.24).
     *
     * @param headerOctets with the length octet; 0 when there is none
     */
    public static int fillBits(int headerOctets) {
        return (SEPTET - headerOctets * 8 % SEPTET) % SEPTET;
    }

    /** One septet an octet, from the first bit on. Never throws. */
    public static byte[] unpacked(byte[] packed) {
        return unpacked(packed, 0);
    }

    /** One septet an octet. Never throws. @param fillBits 0..6 before the first septet */
    public static byte[] unpacked(byte[] packed, int fillBits) {
        int bits = Math.max(0, packed.length * 8 - fillBits);
        int count = bits / SEPTET;
        byte[] septets = new byte[count];
        for (int i = 0; i < count; i++) {
            int bit = fillBits + i * SEPTET;
            int at = bit / 8;
            int shift = bit % 8;
            int found = (packed[at] & 0xFF) >> shift;
            if (shift > 1) {
                found |= (packed[at + 1] & 0xFF) << 8 - shift;
            }
            septets[i] = (byte) (found & 0x7F);
        }
        boolean filled =
                count > 0 && bits % SEPTET == 0 && (septets[count - 1] == 0 || septets[count - 1] == CARRIAGE_RETURN);
        return filled ? Arrays.copyOf(septets, count - 1) : septets;
    }

    /** Eight septets in seven octets, from the first bit on. */
    public static byte[] packed(byte[] septets) {
        return packed(septets, 0);
    }

    /** Eight septets in seven octets; bits left over are zero, seven of them a carriage return. @param fillBits 0..6 before the first septet */
    public static byte[] packed(byte[] septets, int fillBits) {
        int used = fillBits + septets.length * SEPTET;
        boolean roomForOne = used % 8 == 1 && septets.length > 0;
        byte[] all = roomForOne ? Arrays.copyOf(septets, septets.length + 1) : septets;
        if (roomForOne) {
            all[septets.length] = CARRIAGE_RETURN;
        }
        byte[] packed = new byte[(used + 7) / 8];
        for (int i = 0; i < all.length; i++) {
            int bit = fillBits + i * SEPTET;
            int shifted = (all[i] & 0x7F) << bit % 8;
            packed[bit / 8] |= (byte) shifted;
            if (bit % 8 > 1) {
                packed[bit / 8 + 1] |= (byte) (shifted >> 8);
            }
        }
        return packed;
    }
}
