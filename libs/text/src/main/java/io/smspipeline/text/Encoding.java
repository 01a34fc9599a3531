package io.smspipeline.text;

/** How characters (or plain octets) are laid into {@code short_message}. */
public enum Encoding {
    /** GSM 03.38 default alphabet with its extension table, one septet an octet (unpacked), 3GPP TS 23.038 §6.2.1. */
    GSM7(0x00),
    /** UTF-16BE without byte order mark; a character above U+FFFF is a surrogate pair of four octets. */
    UCS2(0x08),
    /** ISO 8859-1. */
    LATIN1(0x03),
    /** Octets without characters. */
    BINARY(0x04);

    /** Octets of user data in one SM on the air, 3GPP TS 23.040 §9.2.3.16. */
    static final int OCTETS_OF_ONE_PART = 140;

    private final int dataCoding;

    Encoding(int dataCoding) {
        this.dataCoding = dataCoding;
    }

    /** The {@code data_coding} of SMPP 3.4 §5.2.19. */
    public int dataCoding() {
        return dataCoding;
    }

    /**
     * The {@code data_coding} that also names a message class (3GPP TS 23.038 §4, general group). LATIN1 has no such
     * coding: it is announced as 8-bit data.
     *
     * @param messageClass 0 (flash, shown at once) to 3
     */
    public int dataCoding(int messageClass) {
        if (messageClass < 0 || messageClass > 3) {
            throw new IllegalArgumentException("message class is " + messageClass
                    + ": 3GPP TS 23.038 knows classes 0 to 3. Use 0 for flash, or leave the class away.");
        }
        int alphabet = switch (this) {
            case GSM7 -> 0x10;
            case LATIN1, BINARY -> 0x14;
            case UCS2 -> 0x18;
        };
        return alphabet + messageClass;
    }

    /** What {@link EncodedText#units()} counts: {@code septets} for GSM7, else {@code octets}. */
    public String unitName() {
        return this == GSM7 ? "septets" : "octets";
    }

    /**
     * Room in one part beside a user data header, in septets for GSM7 and octets else.
     *
     * @param headerOctets length of the header with its length octet; 0 when there is none
     */
    public int roomBeside(int headerOctets) {
        int octets = Math.max(0, OCTETS_OF_ONE_PART - headerOctets);
        return switch (this) {
            case GSM7 -> octets * 8 / 7;
            case UCS2 -> octets & ~1;
            case LATIN1, BINARY -> octets;
        };
    }
}
