package io.smspipeline.provider.contract;

import io.smspipeline.record.Encoding;
import io.smspipeline.record.OnUncertain;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.record.StatusReport;
import io.smspipeline.record.TextContent;
import java.time.Instant;
import java.util.Map;

/** Messages for tests. */
public final class Messages {
    /** Whom they are for. */
    public static final String HANDSET = "+447700900123";

    private Messages() {}

    /** A text from {@code 12345} to {@link #HANDSET} that asks for the final state. */
    public static OutgoingMessage text(String id, String text) {
        OutgoingMessage message = new OutgoingMessage();
        message.setId(id);
        message.setTo(HANDSET);
        message.setFrom("12345");
        message.setContent(new TextContent(text));
        message.setEncoding(Encoding.AUTO);
        message.setLabels(Map.of());
        message.setPriority(Priority.NORMAL);
        message.setStatusReport(StatusReport.FINAL);
        message.setOnUncertain(OnUncertain.RESEND);
        message.setParams(Map.of());
        message.setCreatedAt(Instant.EPOCH);
        return message;
    }
}
