package io.smspipeline.router.routing;

import io.smspipeline.admission.Admission;
import io.smspipeline.record.Encoding;
import io.smspipeline.record.OnUncertain;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.record.StatusReport;
import io.smspipeline.record.TextContent;
import io.smspipeline.schemas.trust.TrustedRecords;
import io.smspipeline.settings.Section;
import io.smspipeline.text.Transliteration;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads the section {@code set} of a route. Stateless. */
final class OverridesReader {
    static {
        TrustedRecords.trust();
    }

    private OverridesReader() {}

    static Overrides read(Section route) {
        if (!route.has("set")) {
            return Overrides.NONE;
        }
        Section set = route.section("set");
        String from = set.text("from").orNull();
        if (from != null) {
            checkSender(set, "from", from);
        }
        Map<String, String> params = new HashMap<>(set.map("params"));
        Transliteration transliteration =
                set.choice("transliteration", Transliteration.class).orNull();
        if (transliteration != null) {
            params.put(
                    Overrides.TRANSLITERATION,
                    transliteration.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        return new Overrides(
                from == null ? null : new Overrides.Sender(from),
                set.duration("valid-for")
                        .between(Duration.ofSeconds(1), Duration.ofDays(7))
                        .orNull(),
                set.choice("status-report", StatusReport.class).orNull(),
                set.choice("priority", Priority.class).orNull(),
                params);
    }

    /** Reports a sender id that every message with it would be refused for. */
    static void checkSender(Section section, String key, String sender) {
        OutgoingMessage probe = OutgoingMessage.newBuilder()
                .setId("probe")
                .setTo("+447700900123")
                .setFrom(sender)
                .setContent(new TextContent("probe"))
                .setEncoding(Encoding.AUTO)
                .setOnUncertain(OnUncertain.RESEND)
                .setCreatedAt(Instant.EPOCH)
                .build();
        Admission.unfit(probe)
                .ifPresent(failure -> section.fault(
                        key,
                        "'" + sender + "' is no sender id: " + failure.getReason(),
                        "write a number, or a name of at most 11 characters"));
    }
}
