package io.smspipeline.quickstart.story;

import io.smspipeline.record.EventKind;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.record.TextContent;
import io.smspipeline.schemas.trust.TrustedRecords;
import java.time.Instant;
import java.util.List;

/** What services tell of message m1. */
final class Told {
    static final Instant NOW = Instant.parse("2026-11-21T07:00:00Z");
    static final String HANDSET = "+447700900123";

    static {
        TrustedRecords.trust();
    }

    private Told() {}

    static LifecycleEvent event(EventKind kind) {
        return LifecycleEvent.newBuilder()
                .setMessageId("m1")
                .setTo(HANDSET)
                .setKind(kind)
                .setAt(NOW)
                .build();
    }

    static LifecycleEvent at(EventKind kind, String provider) {
        LifecycleEvent event = event(kind);
        event.setProvider(provider);
        return event;
    }

    static LifecycleEvent part(EventKind kind, int part, String providerMessageId) {
        LifecycleEvent event = at(kind, "primary");
        event.setFrom("12345");
        event.setPart(part);
        event.setParts(2);
        event.setProviderMessageId(providerMessageId);
        return event;
    }

    static LifecycleEvent noted(String reason, boolean permanent) {
        LifecycleEvent event = event(EventKind.NOTED);
        event.setFailure(new Failure(FailureCode.GENERIC, reason, null, null, permanent));
        return event;
    }

    static LifecycleEvent refusedPart(int part, String providerMessageId, String reason) {
        LifecycleEvent event = part(EventKind.NOTED, part, providerMessageId);
        event.setFailure(new Failure(FailureCode.GENERIC, reason, "0x00000011", "ESME_RCANCELFAIL", true));
        return event;
    }

    static LifecycleEvent toldPart(int part, String providerMessageId, ReceiptState state) {
        LifecycleEvent event = part(EventKind.NOTED, part, providerMessageId);
        event.setReceiptState(state);
        return event;
    }

    static MessageStatus status(MessageState state, boolean last) {
        return MessageStatus.newBuilder()
                .setMessageId("m1")
                .setTo(HANDSET)
                .setState(state)
                .setFinal$(last)
                .setAt(NOW)
                .build();
    }

    static OutgoingMessage published() {
        return OutgoingMessage.newBuilder()
                .setId("m1")
                .setTo(HANDSET)
                .setContent(new TextContent("Hello"))
                .setCreatedAt(NOW)
                .build();
    }

    static Story story(List<LifecycleEvent> events, MessageState state) {
        return new Story("m1", events, List.of(status(state, false)), null);
    }
}
