package io.smspipeline.provider.vonage;

import static io.smspipeline.provider.webhook.DeliveryErrors.Meaning.forGood;
import static io.smspipeline.provider.webhook.DeliveryErrors.Meaning.thisTime;

import io.smspipeline.provider.webhook.DeliveryErrors;
import io.smspipeline.record.FailureCode;
import java.util.Map;

/** Codes of Vonage's Messages API: what stands behind the hash sign in the type of an error. */
final class VonageMessagesErrors {
    static final DeliveryErrors TABLE = new DeliveryErrors(Map.ofEntries(
            Map.entry("1000", thisTime(FailureCode.LIMITS, "throttled")),
            Map.entry("1010", forGood(FailureCode.REQUEST, "a parameter is missing")),
            Map.entry("1020", forGood(FailureCode.REQUEST, "a parameter is invalid")),
            Map.entry("1030", thisTime(FailureCode.SERVER, "internal error")),
            Map.entry("1040", forGood(FailureCode.REQUEST, "invalid message")),
            Map.entry("1050", forGood(FailureCode.INVALID_RECIPIENT, "the number is barred")),
            Map.entry("1060", thisTime(FailureCode.AUTH, "the account is barred")),
            Map.entry("1070", thisTime(FailureCode.CREDIT, "no quota left")),
            Map.entry("1080", thisTime(FailureCode.AUTH, "the account is not enabled")),
            Map.entry("1090", forGood(FailureCode.REQUEST, "the message is too long")),
            Map.entry("1100", thisTime(FailureCode.SERVER, "communication failed")),
            Map.entry("1120", forGood(FailureCode.INVALID_SENDER, "the sender is refused")),
            Map.entry("1130", forGood(FailureCode.REQUEST, "bad ttl")),
            Map.entry("1170", forGood(FailureCode.INVALID_RECIPIENT, "bad number")),
            Map.entry("1180", thisTime(FailureCode.GENERIC, "the subscriber is absent for a while")),
            Map.entry("1190", forGood(FailureCode.INVALID_RECIPIENT, "the subscriber is absent for good")),
            Map.entry("1210", forGood(FailureCode.CONTENT_BLOCKED, "rejected as spam")),
            Map.entry("1220", thisTime(FailureCode.GENERIC, "the handset is busy")),
            Map.entry("1230", thisTime(FailureCode.SERVER, "network error")),
            Map.entry("1240", forGood(FailureCode.OPTED_OUT, "illegal number: the subscriber opted out")),
            Map.entry("1241", thisTime(FailureCode.LIMITS, "too many messages to this number")),
            Map.entry("1250", forGood(FailureCode.UNSUPPORTED, "unroutable")),
            Map.entry("1260", forGood(FailureCode.INVALID_RECIPIENT, "the destination is unreachable")),
            Map.entry("1280", forGood(FailureCode.CONTENT_BLOCKED, "blocked by the carrier")),
            Map.entry("1330", thisTime(FailureCode.GENERIC, "unknown")),
            Map.entry("1331", thisTime(FailureCode.SERVER, "error of the provider")),
            Map.entry("1360", forGood(FailureCode.EXPIRED, "its time to live passed"))));

    private VonageMessagesErrors() {}
}
