package io.smspipeline.schemas.serde;

import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.record.TextContent;
import io.smspipeline.schemas.trust.TrustedRecords;
import java.time.Instant;
import java.util.Map;

/** Records to write and read. */
public final class Samples {
    static {
        TrustedRecords.trust();
    }

    private Samples() {}

    /** A message with nothing left to chance, so that its octets are always the same. */
    public static OutgoingMessage message() {
        return OutgoingMessage.newBuilder()
                .setId("0199a8c0-0000-7000-8000-000000000001")
                .setTo("+447700900123")
                .setContent(new TextContent("Hello?"))
                .setPriority(Priority.HIGH)
                .setLabels(Map.of("type", "otp"))
                .setCreatedAt(Instant.parse("2026-11-21T09:00:00Z"))
                .build();
    }
}
