package io.smspipeline.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Octets to characters. Never throws whatever the octets are. Immutable, safe for use by many threads. */
public final class TextDecoder {
    /** For accounts where {@code data_coding} 0 is GSM 03.38. */
    public static final TextDecoder GSM = new TextDecoder(DefaultAlphabet.GSM);

    private final Alphabet dataCodingZero;
    private final boolean packed;

    /** @param dataCodingZero what this SMSC means by {@code data_coding} 0 */
    public TextDecoder(DefaultAlphabet dataCodingZero) {
        packed = dataCodingZero == DefaultAlphabet.GSM_PACKED;
        this.dataCodingZero = switch (dataCodingZero) {
            case GSM, GSM_PACKED -> Alphabet.GSM7;
            case LATIN1 -> Alphabet.LATIN1;
            case ASCII -> Alphabet.ASCII;
        };
    }

    private enum Alphabet {
        GSM7,
        UCS2,
        LATIN1,
        ASCII,
        CYRILLIC,
        HEBREW,
        ISO_2022_JP,
        KOREAN,
        OCTETS
    }

    /**
     * Takes a {@code short_message} apart and reads its characters.
     *
     * @param dataCoding 0..255, SMPP 3.4 §5.2.19 and 3GPP TS 23.038 §4
     * @param headerPresent whether {@code esm_class} has 0x40
     */
    public DecodedText decode(int dataCoding, byte[] shortMessage, boolean headerPresent) {
        if (!headerPresent) {
            byte[] body = body(dataCoding, shortMessage, 0);
            return new DecodedText(UserDataHeader.NONE, true, body, text(dataCoding, body));
        }
        UserDataHeader.Parsed parsed = UserDataHeader.parse(shortMessage);
        byte[] body = body(dataCoding, shortMessage, parsed.bodyOffset());
        String text = text(dataCoding, body, parsed.header().nationalShift());
        return new DecodedText(parsed.header(), parsed.wellFormed(), body, text);
    }

    private byte[] body(int dataCoding, byte[] shortMessage, int from) {
        byte[] body = from == 0 ? shortMessage : Arrays.copyOfRange(shortMessage, from, shortMessage.length);
        return packed && alphabet(dataCoding & 0xFF) == Alphabet.GSM7
                ? PackedSeptets.unpacked(body, PackedSeptets.fillBits(from))
                : body;
    }

    /**
     * The characters of octets without header, septets unpacked: of one part, or of several joined.
     *
     * @return null when the coding says 8-bit data, or is one we do not know
     */
    public @Nullable String text(int dataCoding, byte[] body) {
        return text(dataCoding, body, NationalShift.NONE);
    }

    /**
     * As {@link #text(int, byte[])}, of a body whose header names national tables.
     *
     * @param shift changes what GSM 03.38 means, no other coding
     */
    public @Nullable String text(int dataCoding, byte[] body, NationalShift shift) {
        return switch (alphabet(dataCoding & 0xFF)) {
            case GSM7 -> Gsm7.of(shift).decode(body);
            case UCS2 -> Ucs2.decode(body);
            case LATIN1 -> new String(body, StandardCharsets.ISO_8859_1);
            case ASCII -> new String(body, StandardCharsets.US_ASCII);
            case CYRILLIC -> inCharset("ISO-8859-5", body);
            case HEBREW -> inCharset("ISO-8859-8", body);
            case ISO_2022_JP -> inCharset("ISO-2022-JP", body);
            case KOREAN -> inCharset("EUC-KR", body);
            case OCTETS -> null;
        };
    }

    /** A small Java runtime may lack the rarer character sets: their texts stay octets then. */
    private static @Nullable String inCharset(String name, byte[] body) {
        return Charset.isSupported(name) ? new String(body, Charset.forName(name)) : null;
    }

    private Alphabet alphabet(int dataCoding) {
        return switch (dataCoding) {
            case 0x00 -> dataCodingZero;
            case 0x01 -> Alphabet.ASCII;
            case 0x03 -> Alphabet.LATIN1;
            case 0x06 -> Alphabet.CYRILLIC;
            case 0x07 -> Alphabet.HEBREW;
            case 0x08 -> Alphabet.UCS2;
            case 0x0A -> Alphabet.ISO_2022_JP;
            case 0x0E -> Alphabet.KOREAN;
            default -> alphabetOfGroup(dataCoding);
        };
    }

    /** 3GPP TS 23.038 §4. */
    private static Alphabet alphabetOfGroup(int dataCoding) {
        return switch (dataCoding >> 4) {
            // General group with a message class, and the same marked for automatic deletion; 0x20 (compressed) stays
            // octets.
            case 0x1, 0x4, 0x5 ->
                switch (dataCoding >> 2 & 3) {
                    case 0 -> Alphabet.GSM7;
                    case 2 -> Alphabet.UCS2;
                    default -> Alphabet.OCTETS;
                };
            // Message waiting: discard, store as GSM 03.38, store as UCS-2.
            case 0xC, 0xD -> Alphabet.GSM7;
            case 0xE -> Alphabet.UCS2;
            // Data coding and message class.
            case 0xF -> (dataCoding & 0x04) == 0 ? Alphabet.GSM7 : Alphabet.OCTETS;
            default -> Alphabet.OCTETS;
        };
    }
}
