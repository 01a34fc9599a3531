package io.smspipeline.provider.twilio;

import io.smspipeline.provider.http.ErrorTable;

/** Error codes of Twilio's answers: its error and warning dictionary, as far as it concerns the creation of messages. */
final class TwilioErrors {
    static final ErrorTable TABLE = ErrorTable.parse("""
            20003 | AUTH              | account      | authentication failed
            20404 | AUTH              | account      | no such resource: the account's SID is wrong
            20429 | LIMITS            | slow-down    | too many concurrent requests
            20500 | SERVER            | later        | internal error
            20503 | SERVER            | later        | not available
            21211 | INVALID_RECIPIENT | never        | the recipient's number is not valid
            21212 | INVALID_SENDER    | never        | the sender is not valid
            21408 | UNSUPPORTED       | never        | the account may not send to this region
            21602 | REQUEST           | never        | the message has no body
            21606 | INVALID_SENDER    | never        | the sender cannot send SMS for this account
            21608 | AUTH              | never        | a trial account sends to verified numbers only
            21610 | OPTED_OUT         | never        | the recipient opted out of messages from this sender
            21611 | LIMITS            | later 60s    | the sender's queue is full
            21612 | UNSUPPORTED       | never        | no route from this sender to this recipient
            21614 | INVALID_RECIPIENT | never        | the recipient's number is not a mobile one
            21617 | REQUEST           | never        | the body is longer than 1600 characters
            21635 | INVALID_RECIPIENT | never        | the recipient's number is a landline
            21658 | REQUEST           | never        | a parameter is longer than it may be
            """);

    private TwilioErrors() {}
}
