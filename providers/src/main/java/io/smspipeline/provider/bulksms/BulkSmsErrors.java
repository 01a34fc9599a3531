package io.smspipeline.provider.bulksms;

import io.smspipeline.provider.http.ErrorTable;

/** What an error's {@code type} says, without its address: the part behind {@code errors#} or {@code errors/#}. */
final class BulkSmsErrors {
    static final ErrorTable TABLE = ErrorTable.parse("""
            bad-request          | REQUEST | never     | the request is not valid
            not-found            | REQUEST | never     | there is no such thing
            insufficient-credits | CREDIT  | account   | the account has not enough credits
            """);

    /** {@code FAILED.*} of messages. */
    static final ErrorTable FAILED = ErrorTable.parse("""
            FAILED.EXPIRED       | EXPIRED   | never | its validity ended before it was delivered
            FAILED.HANDSET_ERROR | GENERIC   | never | the handset refused it
            FAILED.BLOCKED       | OPTED_OUT | never | the recipient is blocked
            FAILED.NOT_SENT      | GENERIC   | never | it was not sent
            """);

    private BulkSmsErrors() {}
}
