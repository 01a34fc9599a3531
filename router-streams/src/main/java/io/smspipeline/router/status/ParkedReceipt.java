package io.smspipeline.router.status;

import io.smspipeline.record.Failure;
import io.smspipeline.record.ReceiptState;
import org.jspecify.annotations.Nullable;

/**
 * A receipt whose acceptance is not known yet.
 *
 * @param id of the submission as the receipt writes it
 * @param handset whom it speaks of; empty when it does not say
 * @param receivedAt epoch milliseconds
 * @param until how long it waits, epoch milliseconds
 */
record ParkedReceipt(
        String provider,
        String id,
        String handset,
        ReceiptState state,
        @Nullable Failure failure,
        long receivedAt,
        long until) {

    /** Whether it says nothing that the other does not say. */
    boolean repeats(ParkedReceipt other) {
        return state == other.state && handset.equals(other.handset);
    }
}
