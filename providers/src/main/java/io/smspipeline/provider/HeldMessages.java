package io.smspipeline.provider;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * What a provider offers about a submission it took and has not delivered yet. Safe for use by many threads; never blocks.
 * Stages complete within the provider's response timeout; they fail only for a bug of ours, never for the network.
 */
public interface HeldMessages {
    /** Asks what became of it (SMPP 3.4 4.8 query_sm). */
    CompletionStage<HeldAnswer> query(HeldMessage message);

    /** Withdraws it (SMPP 3.4 4.9 cancel_sm). */
    CompletionStage<HeldAnswer> cancel(HeldMessage message);

    /**
     * Exchanges its text (SMPP 3.4 4.10 replace_sm).
     *
     * @param text at most one part in the encoding the provider expects; longer ones are refused
     * @param validity how long the new text may wait; positive
     */
    CompletionStage<HeldAnswer> replace(HeldMessage message, String text, Duration validity);
}
