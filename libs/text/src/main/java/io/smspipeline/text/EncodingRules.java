package io.smspipeline.text;

import java.util.List;

/**
 * How characters become octets.
 *
 * @param asked the encoding
 * @param transliteration whether characters may be replaced
 * @param languages whose national tables may be used where the default tables do not carry the text (in GSM7 and AUTO), the
 *     preferred one first; none by default, since old handsets show other characters then
 * @param alphabet what the SMSC reads where the text is sent in GSM7; one that is not of septets knows no national tables
 */
public record EncodingRules(
        EncodingChoice asked,
        Transliteration transliteration,
        List<NationalLanguage> languages,
        DefaultAlphabet alphabet) {
    public EncodingRules {
        languages = List.copyOf(languages);
        if (!languages.isEmpty() && !alphabet.isOfSeptets()) {
            throw new IllegalArgumentException("national tables with a default alphabet of " + alphabet
                    + ": they are tables of GSM 03.38. Name no languages, or another alphabet.");
        }
    }

    /** For an SMSC whose default alphabet is GSM 03.38. */
    public EncodingRules(EncodingChoice asked, Transliteration transliteration, List<NationalLanguage> languages) {
        this(asked, transliteration, languages, DefaultAlphabet.GSM);
    }

    /** Whether a part in the default tables may contain it. */
    boolean defaultTablesCarry(int codePoint) {
        return Gsm7.DEFAULT.carries(codePoint) && alphabet.carries(codePoint);
    }

    /** Septets of the text in the default tables, or -1 when a character cannot be sent so. */
    int septetsInDefaultTables(String text) {
        return alphabet.carries(text) ? Gsm7.DEFAULT.septets(text) : -1;
    }

    /** Without transliteration and national tables. */
    public static EncodingRules of(EncodingChoice asked) {
        return switch (asked) {
            case AUTO -> AUTO;
            case GSM7 -> GSM7;
            case UCS2 -> UCS2;
            case LATIN1 -> LATIN1;
        };
    }

    private static final EncodingRules AUTO = plain(EncodingChoice.AUTO);
    private static final EncodingRules GSM7 = plain(EncodingChoice.GSM7);
    private static final EncodingRules UCS2 = plain(EncodingChoice.UCS2);
    private static final EncodingRules LATIN1 = plain(EncodingChoice.LATIN1);

    private static EncodingRules plain(EncodingChoice asked) {
        return new EncodingRules(asked, Transliteration.NEVER, List.of());
    }
}
