package io.smspipeline.router.status;

import io.smspipeline.record.MessageState;
import io.smspipeline.record.ReceiptState;
import org.jspecify.annotations.Nullable;

/** The order of states: SCHEDULED, ROUTED, UNCERTAIN, ACCEPTED, then the ends, among which there is none. */
final class States {
    private States() {}

    /** 0 for none yet. */
    static int rank(@Nullable MessageState state) {
        if (state == null) {
            return 0;
        }
        return switch (state) {
            case SCHEDULED -> 1;
            case ROUTED -> 2;
            case UNCERTAIN -> 3;
            case ACCEPTED -> 4;
            case DELIVERED, UNDELIVERABLE, EXPIRED, REJECTED, CANCELLED, UNKNOWN -> 5;
        };
    }

    /** Whether no state follows. ACCEPTED may be final too, but is no end. */
    static boolean isEnd(@Nullable MessageState state) {
        return rank(state) == 5;
    }

    /** What a provider's final word means for a part. Words that are not final by nature tell nothing when they are the last. */
    static MessageState of(@Nullable ReceiptState word) {
        if (word == null) {
            return MessageState.UNKNOWN;
        }
        return switch (word) {
            case DELIVERED -> MessageState.DELIVERED;
            case EXPIRED -> MessageState.EXPIRED;
            case DELETED -> MessageState.CANCELLED;
            case UNDELIVERABLE, SKIPPED -> MessageState.UNDELIVERABLE;
            case REJECTED -> MessageState.REJECTED;
            case SCHEDULED, ENROUTE, ACCEPTED, UNKNOWN -> MessageState.UNKNOWN;
        };
    }
}
