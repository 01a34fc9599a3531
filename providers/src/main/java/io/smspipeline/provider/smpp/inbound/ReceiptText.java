package io.smspipeline.provider.smpp.inbound;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text of a delivery receipt (SMPP 3.4 appendix B, whose format is each vendor's own) taken apart. Keys in any case and
 * order, with or without blanks around the colon, {@code submit date} also as {@code submitdate} or {@code submit_date}; a
 * value is one word; of a key given twice the first counts; {@code text:} ends the search.
 *
 * @param id the message's id, as sent
 * @param sub parts submitted
 * @param dlvrd parts delivered
 * @param submitDate in the SMSC's local time; null when absent, zero or no date
 * @param doneDate as {@code submitDate}
 * @param stat the state in the SMSC's word
 * @param err the SMSC's error code
 * @param text everything after {@code text:}
 */
public record ReceiptText(
        @Nullable String id,
        @Nullable Integer sub,
        @Nullable Integer dlvrd,
        @Nullable LocalDateTime submitDate,
        @Nullable LocalDateTime doneDate,
        @Nullable String stat,
        @Nullable String err,
        @Nullable String text) {

    /** What may stand before the colon; by hand rather than by pattern, which took most of a receipt's time. */
    private enum Key {
        ID("", "id"),
        SUB("", "sub"),
        DLVRD("", "dlvrd"),
        SUBMIT_DATE("submit", "date"),
        DONE_DATE("done", "date"),
        STAT("", "stat"),
        ERR("", "err"),
        TEXT("", "text");

        private static final Key[] ALL = values();

        private final String before;
        private final String word;

        /** @param before a word that stands before, apart by blanks, "_" and "-" or glued; empty when there is none */
        Key(String before, String word) {
            this.before = before;
            this.word = word;
        }

        /** Where the key begins that ends here; -1 when that is not this key. */
        int endingAt(String text, int end) {
            int begin = wordEndingAt(text, end, word);
            if (begin > 0 && !before.isEmpty()) {
                int gap = begin;
                while (gap > 0 && (isBlank(text.charAt(gap - 1)) || "_-".indexOf(text.charAt(gap - 1)) >= 0)) {
                    gap--;
                }
                begin = wordEndingAt(text, gap, before);
            }
            return begin == 0 || begin > 0 && separates(text.charAt(begin - 1)) ? begin : -1;
        }

        private static int wordEndingAt(String text, int end, String word) {
            int begin = end - word.length();
            return begin >= 0 && text.regionMatches(true, begin, word, 0, word.length()) ? begin : -1;
        }
    }

    /** NUL too: some SMSCs count the end of their C string as text. */
    private static boolean isBlank(char c) {
        return c == 0 || Character.isWhitespace(c);
    }

    /** What parts a value from the next key: a blank by the standard, a comma or semicolon with some. */
    private static boolean separates(char c) {
        return isBlank(c) || c == ',' || c == ';' || c == '|';
    }

    /** Reads a text. Never throws; what is not there is null. */
    public static ReceiptText parse(String text) {
        Map<Key, String> found = new EnumMap<>(Key.class);
        Key open = null;
        int begin = 0;
        for (int colon = text.indexOf(':'); colon >= 0 && open != Key.TEXT; colon = text.indexOf(':', colon + 1)) {
            int keyEnd = colon;
            while (keyEnd > begin && isBlank(text.charAt(keyEnd - 1))) {
                keyEnd--;
            }
            for (Key key : Key.ALL) {
                int keyBegin = key.endingAt(text, keyEnd);
                if (keyBegin >= begin) {
                    close(found, open, text, begin, keyBegin);
                    open = key;
                    begin = colon + 1;
                    break;
                }
            }
        }
        if (open == Key.TEXT) {
            found.put(Key.TEXT, text.substring(text.startsWith(" ", begin) ? begin + 1 : begin));
        } else {
            close(found, open, text, begin, text.length());
        }
        return new ReceiptText(
                given(found.get(Key.ID)),
                number(found.get(Key.SUB)),
                number(found.get(Key.DLVRD)),
                date(found.get(Key.SUBMIT_DATE)),
                date(found.get(Key.DONE_DATE)),
                given(found.get(Key.STAT)),
                given(found.get(Key.ERR)),
                found.get(Key.TEXT));
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    /** The value is the first word between the colon and the next key. */
    private static void close(Map<Key, String> found, @Nullable Key key, String text, int from, int to) {
        if (key == null) {
            return;
        }
        int begin = from;
        while (begin < to && isBlank(text.charAt(begin))) {
            begin++;
        }
        int end = begin;
        while (end < to && !isBlank(text.charAt(end))) {
            end++;
        }
        while (end > begin && separates(text.charAt(end - 1))) {
            end--;
        }
        found.putIfAbsent(key, text.substring(begin, end));
    }

    /** Whether the text is that of a receipt, whatever esm_class says: it names an id, a state and one thing more. */
    public boolean isReceipt() {
        return id != null && stat != null && (sub != null || submitDate != null || doneDate != null || err != null);
    }

    private static @Nullable Integer number(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 9 || !isDigits(text)) {
            return null;
        }
        return Integer.valueOf(text);
    }

    /** YYMMDDhhmm, YYMMDDhhmmss (or, when that is no date, YYYYMMDDhhmm), YYYYMMDDhhmmss. */
    private static @Nullable LocalDateTime date(@Nullable String text) {
        if (text == null || !isDigits(text)) {
            return null;
        }
        return switch (text.length()) {
            case 10 -> dateOf("20" + text + "00");
            case 12 -> {
                LocalDateTime withSeconds = dateOf("20" + text);
                yield withSeconds != null ? withSeconds : dateOf(text + "00");
            }
            case 14 -> dateOf(text);
            default -> null;
        };
    }

    private static @Nullable LocalDateTime dateOf(String digits) {
        try {
            return LocalDateTime.of(
                    part(digits, 0, 4),
                    part(digits, 4, 6),
                    part(digits, 6, 8),
                    part(digits, 8, 10),
                    part(digits, 10, 12),
                    part(digits, 12, 14));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int part(String digits, int from, int to) {
        return Integer.parseInt(digits.substring(from, to));
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** {@link #stat} in upper case; empty when there is none. */
    String statUpper() {
        return stat == null ? "" : stat.toUpperCase(Locale.ROOT);
    }
}
