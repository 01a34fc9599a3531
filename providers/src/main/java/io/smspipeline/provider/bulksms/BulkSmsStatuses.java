package io.smspipeline.provider.bulksms;

import static io.smspipeline.provider.webhook.DeliveryErrors.Meaning.forGood;
import static io.smspipeline.provider.webhook.DeliveryErrors.Meaning.thisTime;

import io.smspipeline.provider.webhook.DeliveryErrors;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.ReceiptState;
import java.util.Map;

/** BulkSMS's words for the state of a message: a type, and for failures a subtype. */
final class BulkSmsStatuses {
    private static final Map<String, ReceiptState> STATES = Map.ofEntries(
            Map.entry("ACCEPTED", ReceiptState.ACCEPTED),
            Map.entry("SCHEDULED", ReceiptState.SCHEDULED),
            Map.entry("SENT", ReceiptState.ACCEPTED),
            Map.entry("DELIVERED", ReceiptState.DELIVERED),
            Map.entry("UNKNOWN", ReceiptState.UNKNOWN),
            Map.entry("FAILED", ReceiptState.UNDELIVERABLE),
            Map.entry("FAILED.EXPIRED", ReceiptState.EXPIRED),
            Map.entry("FAILED.BLOCKED", ReceiptState.REJECTED),
            Map.entry("FAILED.NOT_SENT", ReceiptState.REJECTED));

    /** By type and subtype. */
    static final DeliveryErrors ERRORS = new DeliveryErrors(Map.ofEntries(
            Map.entry("FAILED.EXPIRED", forGood(FailureCode.EXPIRED, "not delivered within its validity")),
            Map.entry("FAILED.HANDSET_ERROR", thisTime(FailureCode.GENERIC, "the handset reported an error")),
            Map.entry(
                    "FAILED.BLOCKED",
                    forGood(FailureCode.OPTED_OUT, "the recipient is on the list of blocked numbers")),
            Map.entry("FAILED.NOT_SENT", forGood(FailureCode.GENERIC, "it was not sent"))));

    private BulkSmsStatuses() {}

    static ReceiptState state(String type, String subtype) {
        ReceiptState byType = STATES.getOrDefault(type, ReceiptState.UNKNOWN);
        return STATES.getOrDefault(type + "." + subtype, byType);
    }
}
