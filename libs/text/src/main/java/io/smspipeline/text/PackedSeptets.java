package io.smspipeline.text;

import java.util.Arrays;

/**
 * Septets without a gap between them, eight in seven octets, as they go over the air (3GPP TS 23.038 §6.1.2.1.1) and as a few
 * SMSCs hand them on. Stateless and safe for use by many threads.
 */
public final class PackedSeptets {
    private PackedSeptets() {}

    /**
     * One septet an octet. Never throws. Of seven septets packed the last bits could hold an eighth: one that is zero there is
     * taken for filling, so that a text does not end in an "@" nobody wrote.
     */
    public static byte[] unpacked(byte[] packed) {
        int count = packed.length * 8 / 7;
        byte[] septets = new byte[count];
        for (int i = 0; i < count; i++) {
            int bit = i * 7;
            int at = bit / 8;
            int shift = bit % 8;
            int bits = (packed[at] & 0xFF) >> shift;
            if (shift > 1) {
                bits |= (packed[at + 1] & 0xFF) << 8 - shift;
            }
            septets[i] = (byte) (bits & 0x7F);
        }
        boolean filled = packed.length > 0 && packed.length % 7 == 0 && septets[count - 1] == 0;
        return filled ? Arrays.copyOf(septets, count - 1) : septets;
    }

    /** Eight septets in seven octets; bits left over are zero. */
    public static byte[] packed(byte[] septets) {
        byte[] packed = new byte[(septets.length * 7 + 7) / 8];
        for (int i = 0; i < septets.length; i++) {
            int bit = i * 7;
            int shifted = (septets[i] & 0x7F) << bit % 8;
            packed[bit / 8] |= (byte) shifted;
            if (bit % 8 > 1) {
                packed[bit / 8 + 1] |= (byte) (shifted >> 8);
            }
        }
        return packed;
    }
}
