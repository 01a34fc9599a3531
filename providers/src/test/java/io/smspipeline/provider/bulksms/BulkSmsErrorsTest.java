package io.smspipeline.provider.bulksms;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.http.DocumentedErrors;
import io.smspipeline.provider.http.Verdict;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BulkSmsErrorsTest {
    private final BulkSmsApi api = BulkSmsApiTest.api();

    @TestFactory
    List<DynamicTest> every_documented_error_is_one_of_ours() {
        return DocumentedErrors.tests(
                api,
                """
                /#bad-request         | 400 | REQUEST | P
                #unauthorized         | 401 | AUTH    | A
                #insufficient-credits | 403 | CREDIT  | A
                #forbidden            | 403 | AUTH    | A
                /#not-found           | 404 | REQUEST | P
                #too-many-requests    | 429 | LIMITS  | R
                #internal             | 500 | SERVER  | R
                #gateway              | 502 | SERVER  | R
                #unavailable          | 503 | SERVER  | R
                #timeout              | 504 | SERVER  | R
                """,
                line -> "{\"type\":\"https://developer.bulksms.com/json/v1/errors" + line.code()
                        + "\",\"title\":\"no\",\"status\":" + line.status() + "}");
    }

    @Test
    void a_message_that_failed_at_once_is_refused() {
        assertThat(DocumentedErrors.verdict(
                        api, 201, "[{\"id\":\"1\",\"to\":\"447700900123\",\"status\":{\"id\":\"FAILED.BLOCKED\"}}]"))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void an_answer_about_another_message_means_that_ours_was_taken_for_a_repeat() {
        assertThat(DocumentedErrors.verdict(api, 201, "[{\"id\":\"1\",\"to\":\"447700900999\"}]"))
                .isInstanceOf(Verdict.Mistaken.class);
        assertThat(DocumentedErrors.verdict(
                        api, 201, "[{\"id\":\"2\",\"to\":\"447700900123\",\"userSuppliedId\":\"of another\"}]"))
                .isInstanceOf(Verdict.Mistaken.class);
    }
}
