package io.smspipeline.text;

/** UTF-16BE without byte order mark. */
final class Ucs2 {
    private Ucs2() {}

    static boolean carries(int codePoint) {
        return codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE;
    }

    /** Whether every surrogate has its other half. */
    static boolean carries(String text) {
        for (int i = 0, end = text.length(); i < end; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c) || ++i == end || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    static byte[] encode(String text) {
        byte[] octets = new byte[text.length() * 2];
        for (int i = 0, end = text.length(); i < end; i++) {
            char c = text.charAt(i);
            octets[2 * i] = (byte) (c >> 8);
            octets[2 * i + 1] = (byte) c;
        }
        return octets;
    }

    /**
     * Never throws: half a surrogate pair and an odd last octet become U+FFFD. Not the JDK's decoder, which takes the
     * character after a lone surrogate away with it.
     */
    static String decode(byte[] octets) {
        int units = octets.length / 2;
        boolean odd = (octets.length & 1) == 1;
        char[] text = new char[units + (odd ? 1 : 0)];
        for (int i = 0; i < units; i++) {
            text[i] = (char) (((octets[2 * i] & 0xFF) << 8) | (octets[2 * i + 1] & 0xFF));
        }
        for (int i = 0; i < units; i++) {
            if (Character.isSurrogate(text[i])) {
                if (Character.isHighSurrogate(text[i]) && i + 1 < units && Character.isLowSurrogate(text[i + 1])) {
                    i++;
                } else {
                    text[i] = '\uFFFD';
                }
            }
        }
        if (odd) {
            text[units] = '\uFFFD';
        }
        return new String(text);
    }
}
