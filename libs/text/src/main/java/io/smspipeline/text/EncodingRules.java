package io.smspipeline.text;

import java.util.List;

/**
 * How characters become octets.
 *
 * @param asked the encoding
 * @param transliteration whether characters may be replaced
 * @param languages whose national tables may be used where the default tables do not carry the text (in GSM7 and AUTO), the
 *     preferred one first; none by default, since old handsets show other characters then
 */
public record EncodingRules(EncodingChoice asked, Transliteration transliteration, List<NationalLanguage> languages) {
    public EncodingRules {
        languages = List.copyOf(languages);
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
