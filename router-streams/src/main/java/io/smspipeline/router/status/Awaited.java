package io.smspipeline.router.status;

import org.jspecify.annotations.Nullable;

/**
 * A submission whose receipt is awaited, or has come.
 *
 * @param messageId of the message it belongs to
 * @param to recipient
 * @param part from 1 to {@code parts}
 * @param parts submissions of the message
 * @param attempt which attempt it was
 * @param providerMessageId as the provider wrote it when it accepted
 * @param acceptedAt epoch milliseconds
 * @param ended the state its final receipt told; null while it is open
 * @param until how long it is remembered, epoch milliseconds
 * @param alsoKnownAs whether it lies here under a further form of its id, which may as well be the id of another submission
 */
record Awaited(
        String messageId,
        String to,
        int part,
        int parts,
        int attempt,
        String providerMessageId,
        long acceptedAt,
        @Nullable String ended,
        long until,
        boolean alsoKnownAs) {

    boolean open() {
        return ended == null;
    }

    boolean same(Awaited other) {
        return messageId.equals(other.messageId) && part == other.part && attempt == other.attempt;
    }

    Awaited endedWith(String state, long rememberedUntil) {
        return new Awaited(
                messageId,
                to,
                part,
                parts,
                attempt,
                providerMessageId,
                acceptedAt,
                state,
                rememberedUntil,
                alsoKnownAs);
    }
}
