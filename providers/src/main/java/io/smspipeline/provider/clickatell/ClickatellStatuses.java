package io.smspipeline.provider.clickatell;

import static io.smspipeline.provider.webhook.DeliveryErrors.Meaning.forGood;
import static io.smspipeline.provider.webhook.DeliveryErrors.Meaning.thisTime;

import io.smspipeline.provider.webhook.DeliveryErrors;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.ReceiptState;
import java.util.Map;

/** Clickatell's numbers for the state of a message: those of the platform, and those of the API before it. */
final class ClickatellStatuses {
    /** By statusCode of the platform. */
    static final Map<String, ReceiptState> PLATFORM = Map.ofEntries(
            Map.entry("1", ReceiptState.UNKNOWN),
            Map.entry("2", ReceiptState.ENROUTE),
            Map.entry("3", ReceiptState.SCHEDULED),
            Map.entry("4", ReceiptState.ACCEPTED),
            Map.entry("5", ReceiptState.DELIVERED),
            Map.entry("6", ReceiptState.DELIVERED),
            Map.entry("20", ReceiptState.EXPIRED),
            Map.entry("21", ReceiptState.DELETED),
            Map.entry("22", ReceiptState.DELETED),
            Map.entry("23", ReceiptState.UNDELIVERABLE),
            Map.entry("24", ReceiptState.UNDELIVERABLE),
            Map.entry("25", ReceiptState.REJECTED),
            Map.entry("26", ReceiptState.REJECTED),
            Map.entry("27", ReceiptState.REJECTED),
            Map.entry("28", ReceiptState.REJECTED),
            Map.entry("29", ReceiptState.UNDELIVERABLE),
            Map.entry("100", ReceiptState.UNDELIVERABLE));

    /** By the words of the platform, where a callback has no number. */
    static final Map<String, ReceiptState> WORDS = Map.ofEntries(
            Map.entry("UNKNOWN", ReceiptState.UNKNOWN),
            Map.entry("QUEUED", ReceiptState.ENROUTE),
            Map.entry("SCHEDULED", ReceiptState.SCHEDULED),
            Map.entry("SENT_TO_SUPPLIER", ReceiptState.ACCEPTED),
            Map.entry("DEVICE_ACK", ReceiptState.DELIVERED),
            Map.entry("READ", ReceiptState.DELIVERED),
            Map.entry("EXPIRED", ReceiptState.EXPIRED),
            Map.entry("STOPPED", ReceiptState.DELETED),
            Map.entry("DELIVERY_FAILURE", ReceiptState.UNDELIVERABLE),
            Map.entry("EMULATED", ReceiptState.UNDELIVERABLE),
            Map.entry("INSUFFICIENT_ACCOUNT_BALANCE", ReceiptState.REJECTED),
            Map.entry("RECIPIENT_DOES_NOT_EXIST", ReceiptState.UNDELIVERABLE),
            Map.entry("ROUTING_ERROR", ReceiptState.UNDELIVERABLE));

    /** By statusCode of the platform. */
    static final DeliveryErrors PLATFORM_ERRORS = new DeliveryErrors(Map.ofEntries(
            Map.entry("20", forGood(FailureCode.EXPIRED, "not delivered within its validity")),
            Map.entry("21", forGood(FailureCode.GENERIC, "stopped")),
            Map.entry("22", forGood(FailureCode.GENERIC, "stopped")),
            Map.entry("23", forGood(FailureCode.GENERIC, "delivery failure")),
            Map.entry("24", forGood(FailureCode.GENERIC, "emulated: nothing was sent")),
            Map.entry("25", thisTime(FailureCode.CREDIT, "the account's balance is insufficient")),
            Map.entry("26", thisTime(FailureCode.LIMITS, "over the limit of volume")),
            Map.entry("27", thisTime(FailureCode.LIMITS, "over the limit of volume")),
            Map.entry("28", thisTime(FailureCode.LIMITS, "over the limit of volume")),
            Map.entry("29", forGood(FailureCode.INVALID_RECIPIENT, "the recipient does not exist")),
            Map.entry("100", forGood(FailureCode.UNSUPPORTED, "routing error"))));

    /** By status of the API before the platform. */
    static final Map<String, ReceiptState> FORMER = Map.ofEntries(
            Map.entry("1", ReceiptState.UNKNOWN),
            Map.entry("2", ReceiptState.ENROUTE),
            Map.entry("3", ReceiptState.ENROUTE),
            Map.entry("4", ReceiptState.DELIVERED),
            Map.entry("5", ReceiptState.UNDELIVERABLE),
            Map.entry("6", ReceiptState.DELETED),
            Map.entry("7", ReceiptState.UNDELIVERABLE),
            Map.entry("8", ReceiptState.ACCEPTED),
            Map.entry("9", ReceiptState.UNDELIVERABLE),
            Map.entry("10", ReceiptState.EXPIRED),
            Map.entry("11", ReceiptState.ENROUTE),
            Map.entry("12", ReceiptState.REJECTED),
            Map.entry("14", ReceiptState.REJECTED));

    /** By status of the API before the platform. */
    static final DeliveryErrors FORMER_ERRORS = new DeliveryErrors(Map.ofEntries(
            Map.entry("5", forGood(FailureCode.REQUEST, "error with the message")),
            Map.entry("6", forGood(FailureCode.GENERIC, "cancelled by the user")),
            Map.entry("7", forGood(FailureCode.GENERIC, "error delivering the message")),
            Map.entry("9", forGood(FailureCode.UNSUPPORTED, "routing error")),
            Map.entry("10", forGood(FailureCode.EXPIRED, "not delivered within its validity")),
            Map.entry("12", thisTime(FailureCode.CREDIT, "the account is out of credit")),
            Map.entry("14", thisTime(FailureCode.LIMITS, "over the limit of messages"))));

    private ClickatellStatuses() {}
}
