package io.smspipeline.quickstart.story;

import io.smspipeline.record.EventKind;
import io.smspipeline.record.HeldPart;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.OutgoingMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one message. Immutable.
 *
 * @param id its id
 * @param events what happened, in the order of time; receipts among them
 * @param statuses its states, oldest first
 * @param message as it was published; null when that was not looked for, or is gone
 */
public record Story(
        String id,
        List<LifecycleEvent> events,
        List<MessageStatus> statuses,
        @Nullable OutgoingMessage message) {
    public Story {
        events = List.copyOf(events);
        statuses = List.copyOf(statuses);
    }

    /** Whether nothing speaks of it. */
    public boolean isUnknown() {
        return events.isEmpty() && statuses.isEmpty() && message == null;
    }

    /** Its latest status. */
    public Optional<MessageStatus> latest() {
        return statuses.isEmpty() ? Optional.empty() : Optional.of(statuses.get(statuses.size() - 1));
    }

    /** Its state; null before the first. */
    public @Nullable MessageState state() {
        return latest().map(MessageStatus::getState).orElse(null);
    }

    Story withMessage(@Nullable OutgoingMessage published) {
        return new Story(id, events, statuses, published);
    }

    /** Recipient; empty only when nothing speaks of the message. */
    String to() {
        return latest().map(MessageStatus::getTo)
                .or(() -> events.stream().findFirst().map(LifecycleEvent::getTo))
                .orElse(message == null ? "" : message.getTo());
    }

    int attempt() {
        return events.stream().mapToInt(LifecycleEvent::getAttempt).max().orElse(1);
    }

    /** The alias that took it last, else that it was last given to; null when it is still with us, or never left. */
    @Nullable
    String provider() {
        LifecycleEvent taken = lastTaken();
        if (taken != null) {
            return taken.getProvider();
        }
        String provider = null;
        for (LifecycleEvent event : events) {
            if (event.getKind() == EventKind.RETURNED) {
                provider = null;
            } else if (event.getProvider() != null) {
                provider = event.getProvider();
            }
        }
        return provider;
    }

    /** Sender id as that provider was given it. */
    @Nullable
    String from() {
        LifecycleEvent taken = lastTaken();
        return taken == null ? null : taken.getFrom();
    }

    /** What the provider of {@link #provider()} took, each submission of a part for itself. */
    List<HeldPart> held() {
        LifecycleEvent last = lastTaken();
        List<HeldPart> held = new ArrayList<>();
        for (LifecycleEvent event : events) {
            if (last != null && isTaken(event) && last.getProvider().equals(event.getProvider())) {
                HeldPart part = new HeldPart(event.getPart(), event.getProviderMessageId());
                if (!held.contains(part)) {
                    held.add(part);
                }
            }
        }
        return held;
    }

    private @Nullable LifecycleEvent lastTaken() {
        LifecycleEvent last = null;
        for (LifecycleEvent event : events) {
            last = isTaken(event) ? event : last;
        }
        return last;
    }

    private static boolean isTaken(LifecycleEvent event) {
        return event.getKind() == EventKind.ACCEPTED
                && event.getProvider() != null
                && event.getProviderMessageId() != null;
    }
}
