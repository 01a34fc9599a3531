package io.smspipeline.provider.webhook;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as providers write them; null for what is none. Pure functions. */
public final class Times {
    private static final DateTimeFormatter PLAIN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("yyMMddHHmm", Locale.ROOT);

    private Times() {}

    /** {@code 2020-01-01T14:00:00.000Z} or with offset. */
    public static @Nullable Instant iso(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** {@code 2020-01-01 14:00:00} in that zone. */
    public static @Nullable Instant plain(@Nullable String text, ZoneId zone) {
        try {
            return text == null
                    ? null
                    : LocalDateTime.parse(text, PLAIN).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** As ISO-8601, or else as plain time in UTC. */
    public static @Nullable Instant isoOrPlain(@Nullable String text) {
        Instant iso = iso(text);
        return iso == null ? plain(text, ZoneOffset.UTC) : iso;
    }

    /** {@code 2001011400}, year to minute, as ISO-8601 without zone. */
    public static @Nullable String localOfShort(@Nullable String text) {
        try {
            return text == null ? null : LocalDateTime.parse(text, SHORT) + ":00";
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Seconds since 1970. */
    public static @Nullable Instant seconds(@Nullable String text) {
        try {
            return text == null ? null : Instant.ofEpochSecond(Long.parseLong(text.strip()));
        } catch (NumberFormatException | DateTimeException e) {
            return null;
        }
    }

    /** Milliseconds since 1970. */
    public static @Nullable Instant millis(@Nullable String text) {
        try {
            return text == null ? null : Instant.ofEpochMilli(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
