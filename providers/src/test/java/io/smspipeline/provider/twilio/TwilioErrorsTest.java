package io.smspipeline.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.http.DocumentedErrors;
import io.smspipeline.provider.http.Verdict;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TwilioErrorsTest {
    private final TwilioApi api = TwilioApiTest.api();

    @TestFactory
    List<DynamicTest> every_documented_error_is_one_of_ours() {
        return DocumentedErrors.tests(
                api,
                """
                20003 | 401 | AUTH        | A
                20404 | 404 | AUTH        | A
                20429 | 429 | LIMITS      | R
                20500 | 500 | SERVER      | R
                20503 | 503 | SERVER      | R
                21211 | 400 | REQUEST     | P
                21212 | 400 | REQUEST     | P
                21408 | 400 | UNSUPPORTED | P
                21602 | 400 | REQUEST     | P
                21606 | 400 | REQUEST     | P
                21608 | 400 | AUTH        | P
                21610 | 400 | REQUEST     | P
                21611 | 400 | LIMITS      | R
                21611 | 429 | LIMITS      | R
                21612 | 400 | UNSUPPORTED | P
                21614 | 400 | REQUEST     | P
                21617 | 400 | REQUEST     | P
                21635 | 400 | REQUEST     | P
                21658 | 400 | REQUEST     | P
                """,
                line -> "{\"code\":" + line.code() + ",\"message\":\"no\",\"more_info\":\"\",\"status\":"
                        + line.status() + "}");
    }

    @TestFactory
    List<DynamicTest> what_has_no_code_of_twilio_goes_by_its_status() {
        return DocumentedErrors.tests(api, """
                none | 401 | AUTH    | A
                none | 403 | AUTH    | A
                none | 404 | AUTH    | A
                none | 301 | AUTH    | A
                none | 402 | CREDIT  | A
                none | 400 | REQUEST | P
                none | 429 | LIMITS  | R
                none | 500 | SERVER  | R
                none | 503 | SERVER  | R
                """, line -> "<html>gateway</html>");
    }

    @Test
    void a_gateway_that_got_no_answer_leaves_it_open_whether_twilio_took_it() {
        assertThat(DocumentedErrors.verdict(api, 502, "")).isInstanceOf(Verdict.Unclear.class);
        assertThat(DocumentedErrors.verdict(api, 504, "")).isInstanceOf(Verdict.Unclear.class);
    }

    @Test
    void success_without_a_sid_leaves_it_open_too() {
        assertThat(DocumentedErrors.verdict(api, 201, "<xml/>")).isInstanceOf(Verdict.Unclear.class);
    }
}
