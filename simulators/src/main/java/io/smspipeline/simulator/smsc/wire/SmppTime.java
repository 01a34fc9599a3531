package io.smspipeline.simulator.smsc.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Times as SMPP 3.4 §7.1.1 writes them: {@code YYMMDDhhmmsstnnp}, absolute or from now. */
public final class SmppTime {
    private static final DateTimeFormatter TO_SECONDS =
            DateTimeFormatter.ofPattern("yyMMddHHmmss").withZone(ZoneOffset.UTC);
    private static final int LENGTH = 16;
    private static final int QUARTER_OF_AN_HOUR = 900;

    private SmppTime() {}

    /**
     * The moment that is meant.
     *
     * @param now what relative times count from
     * @return null for an empty text
     * @throws MalformedPduException when it is no such time
     */
    public static @Nullable Instant read(String text, Instant now) {
        if (text.isEmpty()) {
            return null;
        }
        if (text.length() != LENGTH || !text.chars().limit(LENGTH - 1).allMatch(c -> c >= '0' && c <= '9')) {
            throw new MalformedPduException("\"" + text + "\" is no time: SMPP 3.4 §7.1.1 wants YYMMDDhhmmsstnnp");
        }
        try {
            return switch (text.charAt(LENGTH - 1)) {
                case 'R' -> relative(text, now);
                case '+' -> absolute(text).minusSeconds((long) pair(text, 13) * QUARTER_OF_AN_HOUR);
                case '-' -> absolute(text).plusSeconds((long) pair(text, 13) * QUARTER_OF_AN_HOUR);
                default -> throw new MalformedPduException("\"" + text + "\" ends in none of R, + and -");
            };
        } catch (DateTimeException e) {
            throw new MalformedPduException("\"" + text + "\" is no time: " + e.getMessage());
        }
    }

    private static Instant relative(String text, Instant now) {
        return LocalDateTime.ofInstant(now, ZoneOffset.UTC)
                .plusYears(pair(text, 0))
                .plusMonths(pair(text, 2))
                .plusDays(pair(text, 4))
                .plusHours(pair(text, 6))
                .plusMinutes(pair(text, 8))
                .plusSeconds(pair(text, 10))
                .toInstant(ZoneOffset.UTC);
    }

    private static Instant absolute(String text) {
        return LocalDateTime.of(
                        2000 + pair(text, 0),
                        pair(text, 2),
                        pair(text, 4),
                        pair(text, 6),
                        pair(text, 8),
                        pair(text, 10),
                        (text.charAt(12) - '0') * 100_000_000)
                .toInstant(ZoneOffset.UTC);
    }

    private static int pair(String text, int at) {
        return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
    }

    /** An absolute time in UTC, to the second. */
    public static String written(Instant time) {
        return TO_SECONDS.format(time) + "000+";
    }
}
