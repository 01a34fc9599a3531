package io.smspipeline.provider.clickatell;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.http.DocumentedErrors;
import io.smspipeline.provider.http.Remedy;
import io.smspipeline.provider.http.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ClickatellHttpErrorsTest {
    private final ClickatellHttpApi api = ClickatellHttpApiTest.api();

    @TestFactory
    List<DynamicTest> every_documented_error_is_one_of_ours() {
        return DocumentedErrors.tests(api, """
                001 | 200 | AUTH    | A
                002 | 200 | AUTH    | A
                003 | 200 | AUTH    | R
                005 | 200 | AUTH    | R
                007 | 200 | AUTH    | A
                101 | 200 | REQUEST | P
                102 | 200 | REQUEST | P
                103 | 200 | REQUEST | P
                104 | 200 | REQUEST | P
                105 | 200 | REQUEST | P
                106 | 200 | REQUEST | P
                107 | 200 | REQUEST | P
                108 | 200 | REQUEST | P
                109 | 200 | REQUEST | P
                113 | 200 | REQUEST | P
                114 | 200 | SERVER  | P
                115 | 200 | EXPIRED | P
                116 | 200 | REQUEST | P
                120 | 200 | REQUEST | P
                121 | 200 | REQUEST | P
                122 | 200 | REQUEST | P
                123 | 200 | REQUEST | P
                128 | 200 | REQUEST | P
                130 | 200 | LIMITS  | R
                201 | 200 | REQUEST | P
                202 | 200 | REQUEST | P
                301 | 200 | CREDIT  | A
                901 | 200 | SERVER  | R
                1   | 200 | AUTH    | A
                777 | 200 | GENERIC | R
                """, line -> "ERR: " + line.code() + ", no");
    }

    @TestFactory
    List<DynamicTest> what_stands_before_the_api_goes_by_its_status() {
        return DocumentedErrors.tests(api, """
                none | 401 | AUTH   | A
                none | 429 | LIMITS | R
                none | 503 | SERVER | R
                """, line -> "<html/>");
    }

    /** The clock of this test stands at the epoch's beginning; a day is the longest that is believed. */
    @Test
    void a_limit_says_until_when_no_message_may_go() {
        Verdict verdict =
                DocumentedErrors.verdict(api, 200, "ERR: 130, Maximum MT limit exceeded until UNIX TIME 1218008129");

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
            assertThat(refused.remedy()).isEqualTo(Remedy.SLOW_DOWN);
            assertThat(refused.pause()).isEqualTo(Duration.ofHours(24));
        });
    }

    @Test
    void an_answer_that_is_neither_leaves_it_open_whether_it_was_taken() {
        assertThat(DocumentedErrors.verdict(api, 200, "")).isInstanceOf(Verdict.Unclear.class);
        assertThat(DocumentedErrors.verdict(api, 504, "")).isInstanceOf(Verdict.Unclear.class);
    }
}
