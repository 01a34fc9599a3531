package io.smspipeline.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * GSM 03.38 (3GPP TS 23.038 §6.2.1), one septet an octet: a table of 128 characters and one behind the escape, which national
 * tables may replace. Immutable.
 */
final class Gsm7 {
    static final byte ESCAPE = 0x1B;

    /** The default alphabet in the order of its codes; the code of the escape holds a blank, which nobody looks up. */
    private static final String DEFAULT_ALPHABET = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ"
            + " !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
            + "¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /** Codes in hexadecimal, each with its character. */
    private static final String EXTENSION_TABLE = "0A\f 14^ 28{ 29} 2F\\ 3C[ 3D~ 3E] 40| 65€";

    /** Characters are looked up in an array below this, which is nearly all of every table, and compared above. */
    private static final int TABLE = 0x400;

    private static final short NONE = -1;
    private static final short EXTENDED = 0x100;

    /** With the default alphabet and its extension table. */
    static final Gsm7 DEFAULT = new Gsm7(NationalShift.NONE);

    private static final Map<NationalShift, Gsm7> NATIONAL = national();

    /** Code to character. */
    private final char[] characters;
    /** Code to character behind an escape; 0 where the table has none. */
    private final char[] extension = new char[128];
    /** Character to code, with {@link #EXTENDED} set for the extension table, or {@link #NONE}. */
    private final short[] codes = new short[TABLE];

    private final char[] highCharacters;
    private final short[] highCodes;

    private Gsm7(NationalShift shift) {
        NationalLanguage locking = shift.locking();
        String table = locking == null ? null : locking.lockingTable();
        characters = (table == null ? DEFAULT_ALPHABET : table).toCharArray();
        Arrays.fill(codes, NONE);
        StringBuilder high = new StringBuilder();
        StringBuilder codesOfHigh = new StringBuilder();
        extend(EXTENSION_TABLE, high, codesOfHigh);
        if (shift.single() != null) {
            extend(shift.single().singleShiftAdditions(), high, codesOfHigh);
        }
        // After the extensions, so that a character in both tables takes one septet.
        for (int code = 0; code < 128; code++) {
            if (code != ESCAPE) {
                put(characters[code], code, high, codesOfHigh);
            }
        }
        highCharacters = high.toString().toCharArray();
        highCodes = new short[highCharacters.length];
        for (int i = 0; i < highCodes.length; i++) {
            highCodes[i] = (short) codesOfHigh.charAt(i);
        }
    }

    private void extend(String pairs, StringBuilder high, StringBuilder codesOfHigh) {
        for (int at = 0; at < pairs.length(); at += 4) {
            int code = Integer.parseInt(pairs, at, at + 2, 16);
            extension[code] = pairs.charAt(at + 2);
            put(extension[code], EXTENDED | code, high, codesOfHigh);
        }
    }

    private void put(char c, int code, StringBuilder high, StringBuilder codesOfHigh) {
        if (c < TABLE) {
            codes[c] = (short) code;
        } else {
            high.insert(0, c);
            codesOfHigh.insert(0, (char) code);
        }
    }

    private static Map<NationalShift, Gsm7> national() {
        Map<NationalShift, Gsm7> all = new HashMap<>();
        for (NationalLanguage single : NationalLanguage.values()) {
            add(all, new NationalShift(single, null));
            for (NationalLanguage locking : NationalLanguage.values()) {
                if (locking.hasLockingTable()) {
                    add(all, new NationalShift(null, locking));
                    add(all, new NationalShift(single, locking));
                }
            }
        }
        return Map.copyOf(all);
    }

    private static void add(Map<NationalShift, Gsm7> all, NationalShift shift) {
        all.put(shift, new Gsm7(shift));
    }

    static Gsm7 of(NationalShift shift) {
        @Nullable Gsm7 national = shift.equals(NationalShift.NONE) ? null : NATIONAL.get(shift);
        return national == null ? DEFAULT : national;
    }

    private short code(char c) {
        if (c < TABLE) {
            return codes[c];
        }
        for (int i = 0; i < highCharacters.length; i++) {
            if (highCharacters[i] == c) {
                return highCodes[i];
            }
        }
        return NONE;
    }

    boolean carries(int codePoint) {
        return codePoint <= Character.MAX_VALUE && code((char) codePoint) != NONE;
    }

    /** Septets of the character: 1, 2, or 0 when neither table has it. */
    int septets(char c) {
        short code = code(c);
        return code == NONE ? 0 : code < EXTENDED ? 1 : 2;
    }

    /** Septets of the text, or -1 when a character is in neither table. */
    int septets(String text) {
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
    byte[] encode(String text, int septets) {
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
    String decode(byte[] octets) {
        char[] text = new char[octets.length];
        int length = 0;
        for (int i = 0; i < octets.length; i++) {
            byte octet = octets[i];
            char c;
            if (octet != ESCAPE) {
                c = character(octet);
            } else if (++i == octets.length) {
                c = ' ';
            } else {
                byte extended = octets[i];
                char known = extended < 0 ? 0 : extension[extended];
                c = extended == ESCAPE ? ' ' : known != 0 ? known : character(extended);
            }
            text[length++] = c;
        }
        return new String(text, 0, length);
    }

    private char character(byte octet) {
        return octet < 0 ? '\uFFFD' : characters[octet];
    }
}
