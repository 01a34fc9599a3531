package io.smspipeline.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What an SMSC means by {@code data_coding} 0, "SMSC default alphabet": nearly always GSM 03.38, by account otherwise. A
 * handset gets GSM 03.38 in any case, so parts are counted and cut in septets whatever the octets towards the SMSC are.
 */
public enum DefaultAlphabet {
    /** GSM 03.38, one septet an octet. */
    GSM(Character.MAX_VALUE),
    /** GSM 03.38, eight septets in seven octets; behind a user data header they begin at a septet boundary. */
    GSM_PACKED(Character.MAX_VALUE),
    /** ISO 8859-1, which the SMSC translates; what it has in common with GSM 03.38 can be sent. */
    LATIN1((char) 0xFF),
    /** ASCII, which the SMSC translates; what it has in common with GSM 03.38 can be sent. */
    ASCII((char) 0x7F);

    private final char last;

    DefaultAlphabet(char last) {
        this.last = last;
    }

    /** Whether the SMSC reads septets, with whatever tables their header names. */
    boolean isOfSeptets() {
        return this == GSM || this == GSM_PACKED;
    }

    boolean carries(int codePoint) {
        return codePoint <= last;
    }

    boolean carries(String text) {
        for (int i = 0, end = isOfSeptets() ? 0 : text.length(); i < end; i++) {
            if (text.charAt(i) > last) {
                return false;
            }
        }
        return true;
    }

    /** Octets of a part whose text is unpacked septets, as this SMSC reads them. An escape pair is in one part, so each part can be read alone. */
    byte[] written(byte[] octets, boolean headerPresent) {
        if (this == GSM || octets.length == 0) {
            return octets;
        }
        int header = headerPresent ? 1 + (octets[0] & 0xFF) : 0;
        byte[] septets = Arrays.copyOfRange(octets, header, octets.length);
        byte[] body = this == GSM_PACKED
                ? PackedSeptets.packed(septets, PackedSeptets.fillBits(header))
                : Gsm7.DEFAULT.decode(septets).getBytes(StandardCharsets.ISO_8859_1);
        byte[] written = Arrays.copyOf(octets, header + body.length);
        System.arraycopy(body, 0, written, header, body.length);
        return written;
    }
}
