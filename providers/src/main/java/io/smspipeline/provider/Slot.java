package io.smspipeline.provider;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Room for one submission. Used exactly once, by the thread that reserved it. */
public interface Slot {
    /**
     * Hands over. Completes with what the provider said; fails only for a bug of ours, never for the network. The room is
     * free again when the outcome is known.
     *
     * @param validity what remains of the message's validity at this moment; positive
     */
    CompletionStage<SendOutcome> submit(Submission submission, Duration validity);

    /** Gives the room back unused. The provider's listener is not called: whoever releases knows. */
    void release();
}
