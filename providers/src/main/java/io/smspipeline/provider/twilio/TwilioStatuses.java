package io.smspipeline.provider.twilio;

import static io.smspipeline.provider.webhook.DeliveryErrors.Meaning.forGood;
import static io.smspipeline.provider.webhook.DeliveryErrors.Meaning.thisTime;

import io.smspipeline.provider.webhook.DeliveryErrors;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.ReceiptState;
import java.util.Map;

/** Twilio's words for the state of a message, and its codes for why one did not arrive. */
final class TwilioStatuses {
    /** By MessageStatus. */
    static final Map<String, ReceiptState> STATES = Map.ofEntries(
            Map.entry("accepted", ReceiptState.ENROUTE),
            Map.entry("scheduled", ReceiptState.SCHEDULED),
            Map.entry("queued", ReceiptState.ENROUTE),
            Map.entry("sending", ReceiptState.ENROUTE),
            Map.entry("sent", ReceiptState.ACCEPTED),
            Map.entry("delivered", ReceiptState.DELIVERED),
            Map.entry("read", ReceiptState.DELIVERED),
            Map.entry("undelivered", ReceiptState.UNDELIVERABLE),
            Map.entry("failed", ReceiptState.UNDELIVERABLE),
            Map.entry("canceled", ReceiptState.DELETED));

    /** By ErrorCode, those that come with a status callback. */
    static final DeliveryErrors ERRORS = new DeliveryErrors(Map.ofEntries(
            Map.entry("21610", forGood(FailureCode.OPTED_OUT, "the recipient opted out from this sender")),
            Map.entry("30001", thisTime(FailureCode.LIMITS, "queue overflow")),
            Map.entry("30002", thisTime(FailureCode.AUTH, "the account was suspended after queueing")),
            Map.entry("30003", thisTime(FailureCode.GENERIC, "the handset is unreachable")),
            Map.entry("30004", forGood(FailureCode.CONTENT_BLOCKED, "blocked by the carrier or the recipient")),
            Map.entry("30005", forGood(FailureCode.INVALID_RECIPIENT, "unknown handset or number not in service")),
            Map.entry("30006", forGood(FailureCode.INVALID_RECIPIENT, "landline or unreachable carrier")),
            Map.entry("30007", forGood(FailureCode.CONTENT_BLOCKED, "filtered as spam")),
            Map.entry("30008", thisTime(FailureCode.GENERIC, "unknown")),
            Map.entry("30034", forGood(FailureCode.INVALID_SENDER, "unregistered sender in the US")),
            Map.entry("30450", forGood(FailureCode.REQUEST, "blocked by the protection against SMS pumping"))));

    private TwilioStatuses() {}
}
