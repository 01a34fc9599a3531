package io.smspipeline.provider.vonage;

import io.smspipeline.provider.http.ErrorTable;

/** The SMS API's {@code status} in answers. Its HTTP status is 200 whatever they say. */
final class VonageErrors {
    static final ErrorTable TABLE = ErrorTable.parse("""
            1  | LIMITS            | slow-down | throttled
            2  | REQUEST           | never     | a parameter is missing
            3  | REQUEST           | never     | a parameter is not valid
            4  | AUTH              | account   | the credentials are refused
            5  | SERVER            | later     | internal error
            6  | REQUEST           | never     | the message is not valid, as with an unknown prefix
            7  | INVALID_RECIPIENT | never     | the number is barred
            8  | AUTH              | account   | the account is barred
            9  | CREDIT            | account   | the account has no credit
            10 | LIMITS            | slow-down | too many connections
            11 | AUTH              | account   | the account may not use this API
            12 | REQUEST           | never     | the message is too long
            14 | AUTH              | account   | the signature is refused
            15 | INVALID_SENDER    | never     | the sender is not allowed
            22 | REQUEST           | never     | the network code is not valid
            23 | REQUEST           | never     | the callback's address is not valid
            29 | AUTH              | never     | the recipient is not on the demonstration account's list
            32 | REQUEST           | never     | a signature and the secret together
            33 | INVALID_RECIPIENT | never     | the number is deactivated
            """);

    private VonageErrors() {}
}
