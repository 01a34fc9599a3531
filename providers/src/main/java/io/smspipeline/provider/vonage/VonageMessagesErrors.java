package io.smspipeline.provider.vonage;

import io.smspipeline.provider.http.ErrorTable;
import io.smspipeline.provider.webhook.DeliveryErrors;

/** Codes of Vonage's Messages API, in answers and in callbacks: what stands behind the hash sign in the type of an error. */
final class VonageMessagesErrors {
    static final ErrorTable TABLE = ErrorTable.parse("""
            1000 | LIMITS            | slow-down    | throttled
            1010 | REQUEST           | never        | a parameter is missing
            1020 | REQUEST           | never        | a parameter is invalid
            1030 | SERVER            | later        | internal error
            1040 | REQUEST           | never        | invalid message
            1050 | INVALID_RECIPIENT | never        | the number is barred
            1060 | AUTH              | account      | the account is barred
            1070 | CREDIT            | account      | no quota left
            1080 | AUTH              | account      | the account is not enabled
            1090 | REQUEST           | never        | the message is too long
            1100 | SERVER            | later        | communication failed
            1120 | INVALID_SENDER    | never        | the sender is refused
            1130 | REQUEST           | never        | bad ttl
            1170 | INVALID_RECIPIENT | never        | bad number
            1180 | GENERIC           | later 60s x3 | the subscriber is absent for a while
            1190 | INVALID_RECIPIENT | never        | the subscriber is absent for good
            1210 | CONTENT_BLOCKED   | never        | rejected as spam
            1220 | GENERIC           | later 60s x3 | the handset is busy
            1230 | SERVER            | later        | network error
            1240 | OPTED_OUT         | never        | illegal number: the subscriber opted out
            1241 | LIMITS            | later 60s    | too many messages to this number
            1250 | UNSUPPORTED       | never        | unroutable
            1260 | INVALID_RECIPIENT | never        | the destination is unreachable
            1280 | CONTENT_BLOCKED   | never        | blocked by the carrier
            1330 | GENERIC           | later 10s x3 | unknown
            1331 | SERVER            | later        | error of the provider
            1360 | EXPIRED           | never        | its time to live passed
            """);

    static final DeliveryErrors OF_RECEIPTS = TABLE.ofReceipts();

    private VonageMessagesErrors() {}

    /** The code in an error's {@code type}; all of it where it has no hash sign. */
    static String code(String type) {
        return type.substring(type.lastIndexOf('#') + 1);
    }
}
