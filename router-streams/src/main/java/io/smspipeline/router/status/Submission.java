package io.smspipeline.router.status;

import io.smspipeline.record.Failure;
import io.smspipeline.record.MessageState;
import org.jspecify.annotations.Nullable;

/**
 * One time that a part was handed to a provider, or ended without it.
 *
 * @param part from 1
 * @param attempt from 1
 * @param provider alias; null when the message ended in routing
 * @param providerMessageId null when the provider gave none, or its answer never came
 * @param state UNCERTAIN, ACCEPTED or a final one
 * @param receiptExpected whether the provider will say more
 * @param failuresOnly whether it will do so only when the part does not arrive
 * @param failure why it did not arrive
 */
record Submission(
        int part,
        int attempt,
        @Nullable String provider,
        @Nullable String providerMessageId,
        MessageState state,
        boolean receiptExpected,
        boolean failuresOnly,
        @Nullable Failure failure) {

    /** Taken by the provider, and the end not known. */
    boolean open() {
        return state == MessageState.ACCEPTED && receiptExpected;
    }

    boolean failed() {
        return States.isEnd(state) && state != MessageState.DELIVERED;
    }

    /** Whether both speak of the same handing over. */
    boolean same(Submission other) {
        if (part != other.part) {
            return false;
        }
        if (providerMessageId != null && other.providerMessageId != null) {
            return providerMessageId.equals(other.providerMessageId)
                    && (provider == null || provider.equals(other.provider));
        }
        return attempt == other.attempt && state == other.state;
    }
}
