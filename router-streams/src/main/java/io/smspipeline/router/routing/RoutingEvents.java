package io.smspipeline.router.routing;

import io.smspipeline.record.EventKind;
import io.smspipeline.record.Failure;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.OutgoingMessage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What routing tells about messages. */
record RoutingEvents(String source) {
    /** Nobody needs more of a recipient that is none. */
    private static final int LONGEST_RECIPIENT = 64;

    LifecycleEvent scheduled(OutgoingMessage message, Instant now) {
        return of(message, EventKind.SCHEDULED, 1, null, null, now);
    }

    LifecycleEvent routed(OutgoingMessage message, int attempt, String provider, Instant now) {
        return of(message, EventKind.ROUTED, attempt, provider, null, now);
    }

    LifecycleEvent refused(OutgoingMessage message, int attempt, Failure failure, Instant now) {
        return of(message, EventKind.REFUSED, attempt, null, failure, now);
    }

    LifecycleEvent expired(OutgoingMessage message, int attempt, Failure failure, Instant now) {
        return of(message, EventKind.EXPIRED, attempt, null, failure, now);
    }

    private LifecycleEvent of(
            OutgoingMessage message,
            EventKind kind,
            int attempt,
            @Nullable String provider,
            @Nullable Failure failure,
            Instant now) {
        String to = message.getTo();
        return new LifecycleEvent(
                message.getId(),
                to.length() > LONGEST_RECIPIENT ? to.substring(0, LONGEST_RECIPIENT) : to,
                message.getFrom(),
                1,
                1,
                kind,
                provider,
                null,
                null,
                failure,
                attempt,
                false,
                message.getAllowReply(),
                false,
                message.getClientReference(),
                message.getLabels(),
                message.getTenant(),
                now,
                source);
    }
}
