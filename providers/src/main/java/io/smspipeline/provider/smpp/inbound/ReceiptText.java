package io.smspipeline.provider.smpp.inbound;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a delivery receipt (SMPP 3.4 appendix B, whose format is each vendor's own) taken apart. Keys in any case and
 * order, with or without a blank after the colon; of a key given twice the first counts; {@code text:} ends the search.
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

    private static final Pattern KEY = Pattern.compile(
            "(?:^|(?<=\\s))(?:(id)|(sub)|(dlvrd)|(submit[ _]?date)|(done[ _]?date)|(stat)|(err)|(text)):",
            Pattern.CASE_INSENSITIVE);

    private enum Key {
        ID,
        SUB,
        DLVRD,
        SUBMIT_DATE,
        DONE_DATE,
        STAT,
        ERR,
        TEXT
    }

    /** Reads a text. Never throws; what is not there is null. */
    public static ReceiptText parse(String text) {
        Map<Key, String> found = new EnumMap<>(Key.class);
        Matcher matcher = KEY.matcher(text);
        Key open = null;
        int begin = 0;
        while (open != Key.TEXT && matcher.find()) {
            close(found, open, text.substring(begin, matcher.start()));
            open = keyOf(matcher);
            begin = matcher.end();
        }
        String rest = text.substring(begin);
        if (open == Key.TEXT) {
            found.put(Key.TEXT, rest.startsWith(" ") ? rest.substring(1) : rest);
        } else {
            close(found, open, rest);
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

    private static Key keyOf(Matcher matcher) {
        for (Key key : Key.values()) {
            if (matcher.group(key.ordinal() + 1) != null) {
                return key;
            }
        }
        throw new IllegalStateException("the pattern has a group for each key");
    }

    private static void close(Map<Key, String> found, @Nullable Key key, String value) {
        if (key == null) {
            return;
        }
        String stripped = value.strip();
        int end = 0;
        while (end < stripped.length() && !Character.isWhitespace(stripped.charAt(end))) {
            end++;
        }
        found.putIfAbsent(key, stripped.substring(0, end));
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
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** {@link #stat} in upper case; empty when there is none. */
    String statUpper() {
        return stat == null ? "" : stat.toUpperCase(Locale.ROOT);
    }
}
