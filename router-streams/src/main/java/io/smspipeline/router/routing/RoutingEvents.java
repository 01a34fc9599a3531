package io.smspipeline.router.routing;

import io.smspipeline.record.Command;
import io.smspipeline.record.EventKind;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.OutgoingMessage;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What routing tells about messages. */
record RoutingEvents(String source) {
    /** Nobody needs more of a recipient that is none. */
    private static final int LONGEST_RECIPIENT = 64;

    LifecycleEvent scheduled(OutgoingMessage message, Instant now) {
        return of(message, EventKind.SCHEDULED, 1, null, null, false, now);
    }

    /** Its id came before: nothing is done. */
    LifecycleEvent repeated(OutgoingMessage message, Instant now) {
        Failure failure = new Failure(
                FailureCode.DUPLICATE,
                "a message with this id was published to this recipient before: it is not sent again",
                null,
                null,
                true);
        return of(message, EventKind.NOTED, 1, null, failure, false, now);
    }

    LifecycleEvent routed(OutgoingMessage message, int attempt, String provider, boolean possibleRepeat, Instant now) {
        return of(message, EventKind.ROUTED, attempt, provider, null, possibleRepeat, now);
    }

    LifecycleEvent refused(OutgoingMessage message, int attempt, Failure failure, Instant now) {
        return of(message, EventKind.REFUSED, attempt, null, failure, false, now);
    }

    LifecycleEvent expired(OutgoingMessage message, int attempt, Failure failure, Instant now) {
        return of(message, EventKind.EXPIRED, attempt, null, failure, false, now);
    }

    LifecycleEvent cancelled(OutgoingMessage message, int attempt, Instant now) {
        return of(message, EventKind.CANCELLED, attempt, null, null, false, now);
    }

    /** A person ended it. */
    LifecycleEvent failed(Command command, Failure failure, Instant now) {
        return of(command, EventKind.REFUSED, failure, now);
    }

    /** Why nothing came of a command. */
    LifecycleEvent noted(Command command, Failure failure, Instant now) {
        return of(command, EventKind.NOTED, failure, now);
    }

    private LifecycleEvent of(
            OutgoingMessage message,
            EventKind kind,
            int attempt,
            @Nullable String provider,
            @Nullable Failure failure,
            boolean possibleRepeat,
            Instant now) {
        LifecycleEvent event =
                event(message.getId(), message.getTo(), message.getFrom(), kind, attempt, provider, failure, now);
        event.setPossibleRepeat(possibleRepeat);
        event.setAllowReply(message.getAllowReply());
        event.setClientReference(message.getClientReference());
        event.setLabels(message.getLabels());
        event.setTenant(message.getTenant());
        return event;
    }

    private LifecycleEvent of(Command command, EventKind kind, Failure failure, Instant now) {
        return event(
                command.getMessageId(),
                command.getTo(),
                command.getFrom(),
                kind,
                command.getAttempt(),
                command.getProvider(),
                failure,
                now);
    }

    private LifecycleEvent event(
            String id,
            String to,
            @Nullable String from,
            EventKind kind,
            int attempt,
            @Nullable String provider,
            @Nullable Failure failure,
            Instant now) {
        return new LifecycleEvent(
                id,
                to.length() > LONGEST_RECIPIENT ? to.substring(0, LONGEST_RECIPIENT) : to,
                from,
                1,
                1,
                kind,
                provider,
                null,
                null,
                failure,
                attempt,
                false,
                false,
                false,
                false,
                false,
                null,
                Map.of(),
                null,
                now,
                source);
    }
}
