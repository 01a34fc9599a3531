package io.smspipeline.provider.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an API answered. Immutable.
 *
 * @param headers the first value of each, by name without regard to case
 * @param body the octets, the first {@value BoundedBody#LIMIT} of them
 */
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Who asks for more than this has lost its clock. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(24);

    private static final int SHOWN = 500;

    /** Copies the headers. */
    public HttpAnswer {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = copy;
    }

    /** 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The body as JSON; a missing node when it is none. */
    public JsonNode json() {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** The body as characters in UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The beginning of the body, on one line. */
    public String shownText() {
        String line = text().replaceAll("\\s+", " ").strip();
        return line.length() > SHOWN ? line.substring(0, SHOWN) : line;
    }

    /** How long {@code Retry-After} (RFC 9110 10.2.3) asks to wait, in either of its forms; zero when it says nothing. */
    public Duration retryAfter(Instant now) {
        String value = headers.getOrDefault("Retry-After", "").strip();
        if (value.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            return limited(Duration.ofMillis((long) Math.ceil(Double.parseDouble(value) * 1_000)));
        }
        if (value.isEmpty()) {
            return Duration.ZERO;
        }
        try {
            Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ENGLISH))
                    .toInstant();
            return limited(Duration.between(now, then));
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    private static Duration limited(Duration asked) {
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
    }
}
