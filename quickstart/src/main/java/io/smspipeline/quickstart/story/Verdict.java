package io.smspipeline.quickstart.story;

import io.smspipeline.record.Command;
import io.smspipeline.record.CommandKind;
import io.smspipeline.record.EventKind;
import io.smspipeline.record.Failure;
import io.smspipeline.record.HeldPart;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.ReceiptState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What came of a command, from what is heard after it was given. For use by one thread. */
public final class Verdict {
    private final Command command;
    private final Map<HeldPart, PartVerdict> parts = new LinkedHashMap<>();
    private @Nullable MessageState state;
    private @Nullable String refusal;
    private boolean ended;
    private boolean carriedOut;

    /**
     * What came of it for one submission.
     *
     * @param part which
     * @param state in the provider's word, DELETED when it was withdrawn; null when it did not tell any
     * @param reason why it refused; null when it did not
     */
    public record PartVerdict(
            HeldPart part,
            @Nullable ReceiptState state,
            @Nullable String reason) {}

    /** @param before its state when the command was given; null for none */
    public Verdict(Command command, @Nullable MessageState before) {
        this.command = command;
        this.state = before;
    }

    /** Takes in what happened to any message. */
    public void hear(LifecycleEvent event) {
        if (!event.getMessageId().equals(command.getMessageId())) {
            return;
        }
        switch (event.getKind()) {
            case CANCELLED -> {
                if (command.getKind() == CommandKind.CANCEL) {
                    part(event, ReceiptState.DELETED, null);
                }
                carriedOut |= command.getKind() == CommandKind.CANCEL;
            }
            case RECEIPT -> told(event);
            case NOTED -> {
                if (event.getFailure() != null) {
                    refused(event, event.getFailure());
                } else if (event.getReceiptState() != null) {
                    told(event);
                }
            }
            case ROUTED, SCHEDULED ->
                carriedOut |= command.getKind() == CommandKind.RESEND && event.getAttempt() > command.getAttempt();
            case REFUSED, EXPIRED -> {
                if (command.getKind() == CommandKind.FAIL) {
                    carriedOut |= event.getKind() == EventKind.REFUSED;
                } else if (command.getKind() == CommandKind.RESEND && event.getAttempt() > command.getAttempt()) {
                    refusal = reason(event.getFailure());
                }
            }
            case SUBMITTING, ACCEPTED, THROTTLED, UNCERTAIN, RETURNED -> {}
        }
    }

    /** Takes in the status of any message. */
    public void hear(MessageStatus status) {
        if (status.getMessageId().equals(command.getMessageId())) {
            state = status.getState();
            ended |= Order.ENDS.contains(state);
        }
    }

    private void told(LifecycleEvent event) {
        if (command.getKind() == CommandKind.QUERY) {
            part(event, event.getReceiptState(), null);
        }
    }

    private void refused(LifecycleEvent event, Failure failure) {
        if (!failure.getReason().startsWith(command.getKind() + ":")) {
            return;
        }
        String reason = reason(failure);
        if (event.getProviderMessageId() != null) {
            part(event, event.getReceiptState(), reason);
        } else if (command.getProvider() != null || failure.getPermanent()) {
            refusal = reason;
        }
        // Else routing merely has not seen the message: it is withdrawn when it comes by.
    }

    private void part(LifecycleEvent event, @Nullable ReceiptState said, @Nullable String reason) {
        for (HeldPart part : command.getParts()) {
            if (part.getNumber() == event.getPart()
                    && part.getProviderMessageId().equals(event.getProviderMessageId())) {
                parts.put(part, new PartVerdict(part, said, reason));
            }
        }
    }

    /** Without the kind in front of it, which whoever gave the command knows. */
    private String reason(@Nullable Failure failure) {
        String reason = failure == null ? "no reason was given" : failure.getReason();
        String kind = command.getKind() + ":";
        return reason.startsWith(kind) ? reason.substring(kind.length()).strip() : reason;
    }

    /** Whether there is nothing more to wait for. */
    public boolean isKnown() {
        if (refusal != null) {
            return true;
        }
        boolean all = parts.size() == command.getParts().stream().distinct().count();
        return switch (command.getKind()) {
            case CANCEL -> all && (ended || (!carriedOut && !parts.isEmpty()));
            case QUERY -> all;
            case FAIL -> carriedOut && ended;
            default -> carriedOut;
        };
    }

    /** Whether what was wanted is done. */
    public boolean isDone() {
        return switch (command.getKind()) {
            case CANCEL -> state == MessageState.CANCELLED;
            case QUERY -> !parts.isEmpty() && parts.values().stream().allMatch(part -> part.reason() == null);
            default -> carriedOut;
        };
    }

    /** Whether somebody said no; not so when nobody said anything. */
    public boolean isRefused() {
        return !isDone() && (isKnown() || ended);
    }

    /** The state of the message as last heard; null for none. */
    public @Nullable MessageState state() {
        return state;
    }

    /** Why it is not done; null when it is, or when nobody said why. */
    public @Nullable String reason() {
        if (isDone()) {
            return null;
        }
        if (refusal != null) {
            return refusal;
        }
        return parts.values().stream()
                .map(PartVerdict::reason)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(ended ? "it is " + state + " already" : null);
    }

    /** What is known of each submission that the command named, in the order they answered. */
    public List<PartVerdict> parts() {
        return List.copyOf(parts.values());
    }
}
