package io.smspipeline.router.status;

import io.smspipeline.record.EventKind;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.PartStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Folds what happened to a message into its state. Events may come in any order and more than once: states only move
 * forward, a final one is published once, and only a final one that was our guess is corrected, once, by better knowledge.
 * Pure functions.
 */
final class StatusFold {
    private StatusFold() {}

    /**
     * What an event made of a message.
     *
     * @param record the same instance as before when the event changed nothing; null when there is nothing to remember
     * @param status to be published, if any
     */
    record Folded(@Nullable MessageRecord record, Optional<MessageStatus> status) {}

    /**
     * Takes an event in.
     *
     * @param before null for a message nothing is known of
     */
    static Folded fold(@Nullable MessageRecord before, LifecycleEvent event) {
        MessageState reached = reached(event.getKind());
        if (reached == null || (before != null && before.finished() && !before.guessed())) {
            return new Folded(before, Optional.empty());
        }
        MessageRecord record = (before == null ? MessageRecord.begunBy(event) : before).knowing(event);
        Submission submission = submission(event);
        if (submission != null) {
            record = record.with(event.getParts(), taken(record.submissions(), submission, event.getKind()));
        }
        Folded folded = told(event.getMessageId(), record, reached, event.getAt());
        return folded.record() != null && folded.record().equals(before) ? new Folded(before, folded.status()) : folded;
    }

    /**
     * Nothing was heard for too long. Only a message that is not finished can end so. Where a provider was to report failures
     * only, silence is what was hoped for: the message stays ACCEPTED, for good. Nobody said that it was DELIVERED.
     */
    static Folded silence(String messageId, MessageRecord before, Instant now) {
        if (before.finished()) {
            return new Folded(before, Optional.empty());
        }
        if (before.isGoodWithoutNews()) {
            MessageRecord after = before.published(MessageState.ACCEPTED, true, true);
            return new Folded(
                    after,
                    Optional.of(
                            status(messageId, before, after, Standing.of(before).parts(), null, null, now)));
        }
        Failure failure = new Failure(
                FailureCode.GENERIC,
                before.state() == MessageState.ACCEPTED
                        ? "no receipt came in time: the provider took it and said nothing more"
                        : "nothing was heard of it in time: nobody knows whether it was handed over",
                null,
                null,
                false);
        MessageRecord after = before.published(MessageState.UNKNOWN, true, true);
        return new Folded(
                after,
                Optional.of(status(messageId, before, after, Standing.of(before).parts(), failure, null, now)));
    }

    private static Folded told(String messageId, MessageRecord record, MessageState reached, Instant at) {
        Standing standing = Standing.of(record);
        if (record.finished()) {
            if (!standing.finished() || standing.guessed()) {
                return new Folded(record, Optional.empty());
            }
            if (standing.state() == record.state()) {
                return new Folded(record.confirmed(), Optional.empty());
            }
            MessageRecord after = record.published(sure(standing), true, false);
            return new Folded(
                    after,
                    Optional.of(status(
                            messageId, record, after, standing.parts(), standing.failure(), record.state(), at)));
        }
        MessageState now = standing.finished() ? sure(standing) : furthest(reached, record.state(), standing.state());
        if (now == record.state() && !standing.finished()) {
            return new Folded(record, Optional.empty());
        }
        MessageRecord after = record.published(now, standing.finished(), standing.guessed());
        return new Folded(
                after, Optional.of(status(messageId, record, after, standing.parts(), standing.failure(), null, at)));
    }

    /** The state an event alone brings a message to; null when it says nothing of its state. */
    private static @Nullable MessageState reached(EventKind kind) {
        return switch (kind) {
            case SCHEDULED -> MessageState.SCHEDULED;
            case ROUTED, UNCERTAIN, ACCEPTED, RECEIPT, REFUSED, EXPIRED, CANCELLED -> MessageState.ROUTED;
            case SUBMITTING, THROTTLED, RETURNED, NOTED -> null;
        };
    }

    private static @Nullable Submission submission(LifecycleEvent event) {
        MessageState state = switch (event.getKind()) {
            case UNCERTAIN -> MessageState.UNCERTAIN;
            case ACCEPTED -> MessageState.ACCEPTED;
            case RECEIPT -> States.of(event.getReceiptState());
            case REFUSED -> MessageState.REJECTED;
            case EXPIRED -> MessageState.EXPIRED;
            case CANCELLED -> MessageState.CANCELLED;
            case SCHEDULED, ROUTED, SUBMITTING, THROTTLED, RETURNED, NOTED -> null;
        };
        return state == null
                ? null
                : new Submission(
                        event.getPart(),
                        event.getAttempt(),
                        event.getProvider(),
                        event.getProviderMessageId(),
                        state,
                        event.getReceiptExpected(),
                        event.getFailuresOnly(),
                        state == MessageState.DELIVERED ? null : event.getFailure());
    }

    private static List<Submission> taken(List<Submission> before, Submission told, EventKind kind) {
        List<Submission> all = new ArrayList<>(before);
        if (kind == EventKind.UNCERTAIN) {
            // An answer that is known already is no longer uncertain.
            if (all.stream().noneMatch(one -> one.part() == told.part() && one.attempt() == told.attempt())) {
                all.add(told);
            }
            return all;
        }
        for (int i = 0; i < all.size(); i++) {
            Submission one = all.get(i);
            if (one.same(told)) {
                if ((kind == EventKind.RECEIPT || kind == EventKind.CANCELLED)
                        && one.state() == MessageState.ACCEPTED) {
                    all.set(i, told);
                }
                return all;
            }
        }
        if (kind == EventKind.ACCEPTED || kind == EventKind.RECEIPT) {
            all.removeIf(one -> one.state() == MessageState.UNCERTAIN
                    && one.part() == told.part()
                    && one.attempt() == told.attempt());
        }
        all.add(told);
        return all;
    }

    private static MessageState sure(Standing standing) {
        MessageState state = standing.state();
        if (state == null) {
            throw new IllegalStateException("a message is finished and has no state");
        }
        return state;
    }

    private static MessageState furthest(MessageState reached, @Nullable MessageState... others) {
        MessageState furthest = reached;
        for (MessageState other : others) {
            if (other != null && States.rank(other) > States.rank(furthest)) {
                furthest = other;
            }
        }
        return furthest;
    }

    private static MessageStatus status(
            String messageId,
            MessageRecord before,
            MessageRecord after,
            List<PartView> parts,
            @Nullable Failure failure,
            @Nullable MessageState corrects,
            Instant at) {
        List<PartStatus> shown = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            PartView part = parts.get(i);
            if (part.shown()) {
                shown.add(new PartStatus(i + 1, part.state(), part.providerMessageId()));
            }
        }
        List<String> ids = new ArrayList<>(parts.size());
        for (Submission submission : after.submissions()) {
            String id = submission.providerMessageId();
            if (id != null && !ids.contains(id)) {
                ids.add(id);
            }
        }
        return new MessageStatus(
                messageId,
                after.to(),
                after.state(),
                before.state(),
                after.finished(),
                corrects,
                shown,
                after.provider(),
                ids,
                failure,
                after.clientReference(),
                after.labels(),
                after.tenant(),
                after.attempt(),
                after.possibleRepeat(),
                at,
                after.sequence());
    }
}
