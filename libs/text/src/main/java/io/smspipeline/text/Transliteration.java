package io.smspipeline.text;

/**
 * Whether characters outside the alphabet may be replaced by ones inside that say the same: typographic quotes, dashes, blanks
 * and the like, as {@code transliteration.tsv} lists them, and a letter with a combining mark by the letter that has the mark.
 * Letters of other alphabets and emoji are never replaced.
 */
public enum Transliteration {
    /** What was written is sent. */
    NEVER,
    /** Where the whole text is then sent in GSM 03.38 (or the encoding that was asked for), and nowhere else. */
    WHERE_IT_FITS,
    /** Wherever the table has a replacement, even if the text needs UCS-2 all the same. */
    ALWAYS
}
