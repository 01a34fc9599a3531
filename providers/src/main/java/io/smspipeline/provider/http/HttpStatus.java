package io.smspipeline.provider.http;

import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a status says where the body says nothing that is understood: RFC 9110 15. */
public final class HttpStatus {
    private static final ErrorTable TABLE = ErrorTable.parse("""
            400 | REQUEST | never        | the request is malformed
            401 | AUTH    | account      | the credentials are refused
            402 | CREDIT  | account      | the account has no money
            403 | AUTH    | account      | the account may not do this
            404 | AUTH    | account      | there is nothing at this address: base-url or the account's id is wrong
            405 | AUTH    | account      | the address takes no such request: base-url is wrong
            408 | SERVER  | later        | the request came too slowly
            413 | REQUEST | never        | the request is too large
            415 | REQUEST | never        | the request's type is not understood
            422 | REQUEST | never        | the request is not valid
            425 | SERVER  | later        | too early
            429 | LIMITS  | slow-down    | too many requests
            500 | SERVER  | later        | trouble of its own
            501 | UNSUPPORTED | never    | not offered
            503 | SERVER  | later        | not available
            3xx | AUTH    | account      | the address has moved: correct base-url
            4xx | REQUEST | never        | the request is refused
            5xx | SERVER  | later        | trouble of its own
            ?   | GENERIC | later 10s x3 | an answer nobody expects
            """);

    private HttpStatus() {}

    /**
     * What the status of an answer means. A success that names no message may be one: that message is in doubt, and not sent again
     * lightly.
     *
     * @param provider who says so
     * @param words the provider's own; null when it gave none
     * @param safe whether the same request again is recognised as a repeat, so that nothing is left to doubt
     */
    public static Verdict meaning(
            String provider, HttpAnswer answer, @Nullable String words, Duration retryAfter, boolean safe) {
        int status = answer.status();
        if (answer.isSuccess()) {
            return withoutId(provider, answer);
        }
        // A gateway speaks for somebody whose answer it did not get: that somebody may have taken the message.
        if (!safe && (status == 502 || status == 504)) {
            return new Verdict.Unclear(new Failure(
                    FailureCode.SERVER,
                    provider + " may have taken it or not: a gateway answered " + status + " in its place",
                    Integer.toString(status),
                    words,
                    false));
        }
        ErrorRow row = row(status);
        return new ErrorRow(
                        Integer.toString(status), row.failure(), row.remedy(), row.pause(), row.tries(), row.meaning())
                .refusal(provider, words, retryAfter);
    }

    /** An answer that seems to have taken a message and does not name it: it may have. */
    public static Verdict withoutId(String provider, HttpAnswer answer) {
        return new Verdict.Unclear(new Failure(
                FailureCode.GENERIC,
                provider + " answered " + answer.status() + " without a message's id",
                Integer.toString(answer.status()),
                answer.shownText(),
                false));
    }

    private static ErrorRow row(int status) {
        for (String code : new String[] {Integer.toString(status), status / 100 + "xx", "?"}) {
            ErrorRow row = TABLE.row(code);
            if (row != null) {
                return row;
            }
        }
        throw new IllegalStateException("the table has no row for the rest");
    }
}
