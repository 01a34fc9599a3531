package io.smspipeline.text;

import java.util.Arrays;

/** GSM 03.38 default alphabet and extension table (3GPP TS 23.038 §6.2.1), one septet an octet. */
final class Gsm7 {
    static final byte ESCAPE = 0x1B;

    /** The default alphabet in the order of its codes; the code of the escape holds a blank, which nobody looks up. */
    private static final String DEFAULT = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ"
            + " !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
            + "¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private static final String EXTENSION_CHARACTERS = "\f^{}\\[~]|€";
    private static final int[] EXTENSION_CODES = {0x0A, 0x14, 0x28, 0x29, 0x2F, 0x3C, 0x3D, 0x3E, 0x40, 0x65};

    private static final char EURO = '€';
    /** Every character of both tables but the euro lies below this. */
    private static final int TABLE = 0x400;

    private static final short NONE = -1;
    private static final short EXTENDED = 0x100;
    private static final short EURO_CODE = EXTENDED | 0x65;

    /** Character to code, with {@link #EXTENDED} set for the extension table, or {@link #NONE}. */
    private static final short[] CODES = codes();

    private static final char[] CHARACTERS = DEFAULT.toCharArray();
    /** Code to extension character; 0 where the table has none. */
    private static final char[] EXTENSION = extension();

    private Gsm7() {}

    private static short[] codes() {
        short[] codes = new short[TABLE];
        Arrays.fill(codes, NONE);
        for (int code = 0; code < 128; code++) {
            if (code != ESCAPE) {
                codes[DEFAULT.charAt(code)] = (short) code;
            }
        }
        for (int i = 0; i < EXTENSION_CODES.length; i++) {
            char c = EXTENSION_CHARACTERS.charAt(i);
            if (c != EURO) {
                codes[c] = (short) (EXTENDED | EXTENSION_CODES[i]);
            }
        }
        return codes;
    }

    private static char[] extension() {
        char[] extension = new char[128];
        for (int i = 0; i < EXTENSION_CODES.length; i++) {
            extension[EXTENSION_CODES[i]] = EXTENSION_CHARACTERS.charAt(i);
        }
        return extension;
    }

    private static short code(char c) {
        if (c < TABLE) {
            return CODES[c];
        }
        return c == EURO ? EURO_CODE : NONE;
    }

    static boolean carries(int codePoint) {
        return codePoint <= Character.MAX_VALUE && code((char) codePoint) != NONE;
    }

    /** Septets of the character: 1, 2, or 0 when neither table has it. */
    static int septets(char c) {
        short code = code(c);
        return code == NONE ? 0 : code < EXTENDED ? 1 : 2;
    }

    /** Septets of the text, or -1 when a character is in neither table. */
    static int septets(String text) {
        int septets = text.length();
        for (int i = 0, end = text.length(); i < end; i++) {
            short code = code(text.charAt(i));
            if (code >= EXTENDED) {
                septets++;
            } else if (code < 0) {
                return -1;
            }
        }
        return septets;
    }

    /** @param septets what {@link #septets(String)} counted */
    static byte[] encode(String text, int septets) {
        byte[] octets = new byte[septets];
        int at = 0;
        for (int i = 0, end = text.length(); i < end; i++) {
            short code = code(text.charAt(i));
            if (code >= EXTENDED) {
                octets[at++] = ESCAPE;
            }
            octets[at++] = (byte) (code & 0x7F);
        }
        return octets;
    }

    /**
     * Never throws. An octet above 0x7F is no septet and becomes U+FFFD. After an escape a code without extension character
     * is read in the default alphabet; a second escape (reserved for tables to come) and an escape at the end show as a
     * blank, as 3GPP TS 23.038 §6.2.1.1 asks.
     */
    static String decode(byte[] octets, int from) {
        char[] text = new char[octets.length - from];
        int length = 0;
        for (int i = from; i < octets.length; i++) {
            byte octet = octets[i];
            char c;
            if (octet != ESCAPE) {
                c = character(octet);
            } else if (++i == octets.length) {
                c = ' ';
            } else {
                byte extended = octets[i];
                char known = extended < 0 ? 0 : EXTENSION[extended];
                c = extended == ESCAPE ? ' ' : known != 0 ? known : character(extended);
            }
            text[length++] = c;
        }
        return new String(text, 0, length);
    }

    private static char character(byte octet) {
        return octet < 0 ? '\uFFFD' : CHARACTERS[octet];
    }
}
