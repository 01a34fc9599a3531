package io.smspipeline.provider.vonage;

import static io.smspipeline.provider.webhook.DeliveryErrors.Meaning.forGood;
import static io.smspipeline.provider.webhook.DeliveryErrors.Meaning.thisTime;

import io.smspipeline.provider.webhook.DeliveryErrors;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.ReceiptState;
import java.util.Map;

/** Vonage's words for the state of a message, of both its APIs, and its codes for why one did not arrive. */
final class VonageStatuses {
    /** By status. */
    static final Map<String, ReceiptState> STATES = Map.ofEntries(
            Map.entry("accepted", ReceiptState.ACCEPTED),
            Map.entry("buffered", ReceiptState.ENROUTE),
            Map.entry("delivered", ReceiptState.DELIVERED),
            Map.entry("expired", ReceiptState.EXPIRED),
            Map.entry("failed", ReceiptState.UNDELIVERABLE),
            Map.entry("rejected", ReceiptState.REJECTED),
            Map.entry("unknown", ReceiptState.UNKNOWN),
            Map.entry("submitted", ReceiptState.ACCEPTED),
            Map.entry("read", ReceiptState.DELIVERED),
            Map.entry("undeliverable", ReceiptState.UNDELIVERABLE));

    /** By err-code of the SMS API. */
    static final DeliveryErrors ERRORS = new DeliveryErrors(Map.ofEntries(
            Map.entry("1", thisTime(FailureCode.GENERIC, "unknown")),
            Map.entry("2", thisTime(FailureCode.GENERIC, "the subscriber is absent for a while")),
            Map.entry("3", forGood(FailureCode.INVALID_RECIPIENT, "the subscriber is absent for good")),
            Map.entry("4", forGood(FailureCode.OPTED_OUT, "the subscriber bars such calls")),
            Map.entry("5", forGood(FailureCode.INVALID_RECIPIENT, "number portability error")),
            Map.entry("6", forGood(FailureCode.CONTENT_BLOCKED, "rejected as spam")),
            Map.entry("7", thisTime(FailureCode.GENERIC, "the handset is busy")),
            Map.entry("8", thisTime(FailureCode.SERVER, "network error")),
            Map.entry("9", forGood(FailureCode.OPTED_OUT, "illegal number: the subscriber opted out")),
            Map.entry("10", forGood(FailureCode.REQUEST, "illegal message")),
            Map.entry("11", forGood(FailureCode.UNSUPPORTED, "unroutable")),
            Map.entry("12", forGood(FailureCode.INVALID_RECIPIENT, "the destination is unreachable")),
            Map.entry("13", forGood(FailureCode.CONTENT_BLOCKED, "age restriction")),
            Map.entry("14", forGood(FailureCode.CONTENT_BLOCKED, "blocked by the carrier")),
            Map.entry("15", thisTime(FailureCode.GENERIC, "the recipient has no prepaid credit")),
            Map.entry("50", forGood(FailureCode.CONTENT_BLOCKED, "entity filter")),
            Map.entry("51", forGood(FailureCode.CONTENT_BLOCKED, "header filter")),
            Map.entry("52", forGood(FailureCode.CONTENT_BLOCKED, "content filter")),
            Map.entry("53", forGood(FailureCode.CONTENT_BLOCKED, "consent filter")),
            Map.entry("54", forGood(FailureCode.CONTENT_BLOCKED, "regulation")),
            Map.entry("99", thisTime(FailureCode.GENERIC, "general error"))));

    private VonageStatuses() {}
}
