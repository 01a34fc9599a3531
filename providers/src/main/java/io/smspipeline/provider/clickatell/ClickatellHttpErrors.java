package io.smspipeline.provider.clickatell;

import io.smspipeline.provider.http.ErrorTable;

/** The HTTP API's codes behind {@code ERR:}, as three digits. */
final class ClickatellHttpErrors {
    /** Its words have the second, in Unix time, until which no more is taken. */
    static final String LIMIT = "130";

    static final ErrorTable TABLE = ErrorTable.parse("""
            001 | AUTH              | account   | authentication failed
            002 | AUTH              | account   | unknown user or password
            003 | AUTH              | later     | the session expired
            005 | AUTH              | later     | the session is missing
            007 | AUTH              | account   | this IP address is locked out
            101 | REQUEST           | never     | a parameter is missing or invalid
            102 | REQUEST           | never     | the user data header is invalid
            103 | REQUEST           | never     | unknown message id
            104 | REQUEST           | never     | unknown client message id
            105 | INVALID_RECIPIENT | never     | the destination address is invalid
            106 | INVALID_SENDER    | never     | the source address is invalid
            107 | REQUEST           | never     | the message is empty
            108 | REQUEST           | never     | the API id is missing or invalid
            109 | REQUEST           | never     | the message id is missing
            113 | REQUEST           | never     | too many parts
            114 | SERVER            | never     | it cannot be routed
            115 | EXPIRED           | never     | it expired
            116 | REQUEST           | never     | the unicode data are invalid
            120 | REQUEST           | never     | the delivery time is invalid
            121 | INVALID_RECIPIENT | never     | the destination is blocked
            122 | OPTED_OUT         | never     | the recipient opted out
            123 | INVALID_SENDER    | never     | the sender id is invalid
            128 | INVALID_RECIPIENT | never     | the number is delisted
            130 | LIMITS            | slow-down | the limit of messages is reached
            201 | REQUEST           | never     | invalid batch id
            202 | REQUEST           | never     | no batch template
            301 | CREDIT            | account   | no credit left
            901 | SERVER            | later     | internal error
            """);

    private ClickatellHttpErrors() {}
}
