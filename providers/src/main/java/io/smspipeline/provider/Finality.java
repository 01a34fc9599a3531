package io.smspipeline.provider;

import io.smspipeline.record.ReceiptState;

/** Whether a provider has had its last word. */
public final class Finality {
    private Finality() {}

    /**
     * Whether nothing further is expected after this state. ACCEPTED is not final: SMPP 3.4 5.2.28 calls it so, yet a later state
     * does follow. UNKNOWN is not, though it may be the last we hear.
     */
    public static boolean of(ReceiptState state) {
        return switch (state) {
            case DELIVERED, EXPIRED, DELETED, UNDELIVERABLE, REJECTED, SKIPPED -> true;
            case SCHEDULED, ENROUTE, ACCEPTED, UNKNOWN -> false;
        };
    }
}
