package io.smspipeline.router.status;

import io.smspipeline.record.Failure;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageState;
import io.smspipeline.router.state.StateReader;
import io.smspipeline.router.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one message. Immutable.
 *
 * @param to recipient
 * @param clientReference the application's name for it
 * @param labels as published
 * @param tenant on whose behalf
 * @param state as last published; null before the first
 * @param finished whether the last published status was final
 * @param guessed whether that was our guess: a provider's word may still correct it
 * @param sequence of the last published status; 0 before the first
 * @param attempt highest seen, from 1
 * @param possibleRepeat whether the handset may have rung twice
 * @param provider alias that had it in the highest attempt
 * @param parts submissions that make the message, from 1
 * @param submissions in the order we heard of them
 */
record MessageRecord(
        String to,
        @Nullable String clientReference,
        Map<String, String> labels,
        @Nullable String tenant,
        @Nullable MessageState state,
        boolean finished,
        boolean guessed,
        int sequence,
        int attempt,
        boolean possibleRepeat,
        @Nullable String provider,
        int parts,
        List<Submission> submissions) {
    private static final int FORM = 2;

    MessageRecord {
        labels = Map.copyOf(labels);
        submissions = List.copyOf(submissions);
    }

    /** Before anything is known but the first event's own words. */
    static MessageRecord begunBy(LifecycleEvent event) {
        return new MessageRecord(
                event.getTo(), null, Map.of(), null, null, false, false, 0, 1, false, null, 1, List.of());
    }

    /** Takes over what the event says of the message as a whole; what is known already stays. */
    MessageRecord knowing(LifecycleEvent event) {
        boolean newer = event.getAttempt() >= attempt && event.getProvider() != null;
        return new MessageRecord(
                to.isEmpty() ? event.getTo() : to,
                clientReference == null ? event.getClientReference() : clientReference,
                labels.isEmpty() ? event.getLabels() : labels,
                tenant == null ? event.getTenant() : tenant,
                state,
                finished,
                guessed,
                sequence,
                Math.max(attempt, event.getAttempt()),
                possibleRepeat || event.getPossibleRepeat(),
                newer ? event.getProvider() : provider,
                parts,
                submissions);
    }

    MessageRecord with(int moreParts, List<Submission> all) {
        return new MessageRecord(
                to,
                clientReference,
                labels,
                tenant,
                state,
                finished,
                guessed,
                sequence,
                attempt,
                possibleRepeat,
                provider,
                Math.max(parts, moreParts),
                all);
    }

    /** After a status was published. */
    MessageRecord published(MessageState now, boolean nowFinished, boolean nowGuessed) {
        return in(now, nowFinished, nowGuessed, sequence + 1);
    }

    /** The guess turned out right. */
    MessageRecord confirmed() {
        return in(state, finished, false, sequence);
    }

    private MessageRecord in(@Nullable MessageState now, boolean nowFinished, boolean nowGuessed, int nowSequence) {
        return new MessageRecord(
                to,
                clientReference,
                labels,
                tenant,
                now,
                nowFinished,
                nowGuessed,
                nowSequence,
                attempt,
                possibleRepeat,
                provider,
                parts,
                submissions);
    }

    /** @param deadline epoch milliseconds, see {@link StateWriter} */
    byte[] written(long deadline) {
        return new StateWriter(FORM, deadline)
                .text(to)
                .text(clientReference)
                .map(labels)
                .text(tenant)
                .text(state == null ? null : state.name())
                .flag(finished)
                .flag(guessed)
                .number(sequence)
                .number(attempt)
                .flag(possibleRepeat)
                .text(provider)
                .number(parts)
                .list(
                        submissions,
                        (out, one) -> out.number(one.part())
                                .number(one.attempt())
                                .text(one.provider())
                                .text(one.providerMessageId())
                                .text(one.state().name())
                                .flag(one.receiptExpected())
                                .failure(one.failure())
                                .flag(one.failuresOnly()))
                .written();
    }

    static MessageRecord read(byte[] octets) {
        StateReader in = new StateReader("message", FORM, octets);
        String to = in.word();
        String clientReference = in.text();
        Map<String, String> labels = in.map();
        String tenant = in.text();
        String state = in.text();
        return new MessageRecord(
                to,
                clientReference,
                labels,
                tenant,
                state == null ? null : MessageState.valueOf(state),
                in.flag(),
                in.flag(),
                in.count(),
                in.count(),
                in.flag(),
                in.text(),
                in.count(),
                in.list(MessageRecord::submission));
    }

    private static Submission submission(StateReader in) {
        int part = in.count();
        int attempt = in.count();
        String provider = in.text();
        String providerMessageId = in.text();
        MessageState state = MessageState.valueOf(in.word());
        boolean receiptExpected = in.flag();
        Failure failure = in.failure();
        return new Submission(
                part,
                attempt,
                provider,
                providerMessageId,
                state,
                receiptExpected,
                in.form() > 1 && in.flag(),
                failure);
    }

    /** Whether all that was taken is fine unless its provider says otherwise. */
    boolean isGoodWithoutNews() {
        return state == MessageState.ACCEPTED
                && submissions.stream().allMatch(one -> !one.open() || one.failuresOnly())
                && submissions.stream().noneMatch(Submission::failed);
    }

    /** The submissions of one part, in the order we heard of them. */
    List<Submission> ofPart(int part) {
        List<Submission> found = new ArrayList<>(1);
        for (Submission submission : submissions) {
            if (submission.part() == part) {
                found.add(submission);
            }
        }
        return found;
    }
}
