package io.smspipeline.provider.http;

import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;

/**
 * What is said of an account whose check was answered otherwise than hoped.
 *
 * @param failure for people
 */
record HttpStatusWords(Failure failure) {
    static HttpStatusWords of(String alias, HttpAnswer answer) {
        return new HttpStatusWords(new Failure(
                answer.isSuccess() ? FailureCode.CREDIT : FailureCode.AUTH,
                alias
                        + (answer.isSuccess()
                                ? " says that the account has no money"
                                : " refuses the account with HTTP " + answer.status()),
                Integer.toString(answer.status()),
                answer.shownText(),
                false));
    }
}
