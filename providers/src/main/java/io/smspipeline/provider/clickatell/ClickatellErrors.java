package io.smspipeline.provider.clickatell;

import io.smspipeline.provider.http.ErrorTable;

/** The platform's error codes, of whole answers and of single messages: "One API: Error messages". */
final class ClickatellErrors {
    static final ErrorTable TABLE = ErrorTable.parse("""
            1   | AUTH              | account   | the API key is refused
            2   | AUTH              | account   | the account is not active
            3   | AUTH              | account   | the integration is not active
            7   | AUTH              | account   | this IP address is not approved
            18  | SERVER            | later     | internal error
            19  | SERVER            | later     | internal error, retry
            20  | CREDIT            | account   | the account has no balance
            21  | REQUEST           | never     | the payload is malformed
            22  | REQUEST           | never     | too many messages in one request
            23  | REQUEST           | never     | a parameter is not valid
            24  | REQUEST           | never     | the message is too large
            25  | INVALID_RECIPIENT | never     | the recipient is not valid
            26  | OPTED_OUT         | never     | the recipient opted out
            27  | REQUEST           | never     | the recipient is not on this channel
            28  | REQUEST           | never     | the recipient is not on the sandbox's list
            30  | REQUEST           | never     | the content is not valid
            31  | REQUEST           | never     | the content is not valid
            32  | REQUEST           | never     | the content is not valid
            33  | REQUEST           | never     | the content is not valid
            38  | UNSUPPORTED       | account   | the channel is not active
            39  | UNSUPPORTED       | account   | the channel is not available
            40  | REQUEST           | never     | the character set is not valid
            43  | LIMITS            | slow-down | too many requests
            44  | INVALID_SENDER    | never     | the sender is suspended
            45  | INVALID_SENDER    | never     | the sender is not the account's
            100 | REQUEST           | never     | too many parts
            101 | UNSUPPORTED       | never     | no replies from this destination
            """);

    private ClickatellErrors() {}
}
