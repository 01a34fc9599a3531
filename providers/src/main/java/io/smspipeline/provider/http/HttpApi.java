package io.smspipeline.provider.http;

import io.smspipeline.provider.HeldMessage;
import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Submission;
import io.smspipeline.record.OutgoingMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How one provider's API is spoken: what {@link HttpProvider} cannot know. Implementations neither wait nor connect, and are
 * safe for use by many threads.
 */
public interface HttpApi {
    /** As {@link io.smspipeline.provider.Provider#plan}. */
    Plan plan(OutgoingMessage message);

    /** Whether receipts come for submissions that asked for one: with most providers they do. */
    default boolean givesReceipts() {
        return true;
    }

    /**
     * The request that hands a submission over.
     *
     * @param validity what remains of the message's validity; positive
     * @param variant 0; one more after each {@link Verdict.Mistaken}
     */
    Call submit(Submission submission, Duration validity, int variant);

    /**
     * What the answer to it means.
     *
     * @param now the time of day
     */
    Verdict meaning(Submission submission, int variant, HttpAnswer answer, Instant now);

    /** Whether the same request again is recognised by the provider as a repeat, and taken once only. */
    default boolean recognisesRepeats() {
        return false;
    }

    /**
     * How to ask whether a submission was taken whose answer was lost.
     *
     * @param leftAt when its request left
     */
    default Optional<LookUp> lookUp(Submission submission, Instant leftAt) {
        return Optional.empty();
    }

    /** How to ask what became of a message it took; empty where nobody tells. */
    default Optional<Inquiry> inquiry(HeldMessage message) {
        return Optional.empty();
    }

    /** A question whose answer tells whether the account is accepted again; empty where there is none. */
    default Optional<Call> accountCheck() {
        return Optional.empty();
    }

    /** Whether the answer to {@link #accountCheck} means that messages are worth trying. */
    default boolean isAccountFine(HttpAnswer answer) {
        return answer.isSuccess();
    }
}
