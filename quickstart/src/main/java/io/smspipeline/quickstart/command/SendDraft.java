package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.smspipeline.client.Sms;
import io.smspipeline.record.OnUncertain;
import io.smspipeline.record.Priority;
import io.smspipeline.record.StatusReport;
import io.smspipeline.settings.Durations;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/**
 * What a person or a script says of a message, turned into one. The command line's options and the keys of a JSON line are
 * the same names. Stateless.
 */
final class SendDraft {
    private SendDraft() {}

    /** A message that takes replies, as one sent by hand does. */
    static Sms to(String recipient, String text) {
        return Sms.to(recipient).text(text).allowReply();
    }

    /**
     * From a JSON object.
     *
     * @throws UserFault naming the key that is missing, unknown or unusable
     */
    static Sms from(JsonNode node, Clock clock) {
        if (node == null || !node.isObject()) {
            throw new UserFault("expected a JSON object with to and text.");
        }
        Sms sms = to(required(node, "to"), required(node, "text"));
        for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (!field.getValue().isNull()) {
                set(sms, field.getKey(), field.getValue(), clock);
            }
        }
        return sms;
    }

    private static void set(Sms sms, String key, JsonNode value, Clock clock) {
        switch (key) {
            case "to", "text" -> {}
            case "labels" -> {
                if (!value.isObject()) {
                    throw new UserFault("labels is no object of texts.");
                }
                value.fields()
                        .forEachRemaining(label ->
                                sms.label(label.getKey(), label.getValue().asText()));
            }
            default -> option(sms, key, text(key, value), clock);
        }
    }

    /** One option by its name in JSON. */
    static void option(Sms sms, String key, String value, Clock clock) {
        switch (key) {
            case "from" -> sms.from(value);
            case "provider" -> sms.provider(value);
            case "priority" -> sms.priority(constant(Priority.class, key, value));
            case "validFor" -> sms.validFor(duration(key, value));
            case "sendAt" -> sms.sendAt(instant(key, value, clock));
            case "onUncertain" -> sms.onUncertain(constant(OnUncertain.class, key, value));
            case "statusReport" -> sms.statusReport(constant(StatusReport.class, key, value));
            case "deduplicationKey" -> sms.deduplicationKey(value);
            case "clientReference" -> sms.clientReference(value);
            case "id" -> sms.id(value);
            default ->
                throw new UserFault(
                        "'" + key + "' is no known key: known are to, text, from, provider, labels, priority,"
                                + " validFor, sendAt, onUncertain, statusReport, deduplicationKey, clientReference, id.");
        }
    }

    private static String required(JsonNode node, String key) {
        if (!node.hasNonNull(key)) {
            throw new UserFault(key + " is missing.");
        }
        return text(key, node.path(key));
    }

    private static String text(String key, JsonNode value) {
        if (!value.isTextual()) {
            throw new UserFault(key + " is no text: put it in quotes.");
        }
        return value.asText();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String key, String value) {
        try {
            return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UserFault(
                    key + " is '" + value + "': known are " + Arrays.toString(type.getEnumConstants()) + ".");
        }
    }

    private static Duration duration(String key, String value) {
        Duration duration = Durations.parse(value);
        if (duration == null || duration.isZero() || duration.isNegative()) {
            throw new UserFault(key + " is '" + value + "': give a duration such as 500ms, 30s, 72h or PT30S.");
        }
        return duration;
    }

    /** An instant in ISO-8601, or a duration from now. */
    static Instant instant(String key, String value, Clock clock) {
        Duration from = Durations.parse(value);
        if (from != null && !from.isNegative()) {
            return clock.instant().plus(from);
        }
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw new UserFault(key + " is '" + value
                    + "': give an instant such as 2026-11-21T09:00:00Z, or a duration from now such as 10m.");
        }
    }
}
