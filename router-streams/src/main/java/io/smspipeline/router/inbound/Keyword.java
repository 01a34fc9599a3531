package io.smspipeline.router.inbound;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The first word of a message, as services are asked for by it: {@code stop.} is STOP. */
final class Keyword {
    /** A longer word is a sentence of a script without blanks, or nonsense. */
    private static final int LONGEST = 40;

    private Keyword() {}

    /** In upper case without what is neither letter nor digit around it; null when there is none. */
    static @Nullable String of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int begin = 0;
        while (begin < text.length() && !isWord(text.codePointAt(begin))) {
            begin += Character.charCount(text.codePointAt(begin));
        }
        int end = begin;
        int lastWord = begin;
        while (end < text.length() && !isBlank(text.codePointAt(end))) {
            int codePoint = text.codePointAt(end);
            end += Character.charCount(codePoint);
            lastWord = isWord(codePoint) ? end : lastWord;
        }
        return lastWord == begin || lastWord - begin > LONGEST
                ? null
                : text.substring(begin, lastWord).toUpperCase(Locale.ROOT);
    }

    private static boolean isWord(int codePoint) {
        return Character.isLetterOrDigit(codePoint);
    }

    private static boolean isBlank(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }
}
