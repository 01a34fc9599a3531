package io.smspipeline.provider.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.http.DocumentedErrors;
import io.smspipeline.provider.http.Remedy;
import io.smspipeline.provider.http.Verdict;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class VonageErrorsTest {
    private final VonageApi api = VonageApiTest.api();

    private static String answer(String code) {
        return "{\"message-count\":\"1\",\"messages\":[{\"status\":\"" + code + "\",\"error-text\":\"no\"}]}";
    }

    @TestFactory
    List<DynamicTest> every_documented_status_is_one_of_ours() {
        return DocumentedErrors.tests(api, """
                1  | 200 | LIMITS  | R
                2  | 200 | REQUEST | P
                3  | 200 | REQUEST | P
                4  | 200 | AUTH    | A
                5  | 200 | SERVER  | R
                6  | 200 | REQUEST | P
                7  | 200 | REQUEST | P
                8  | 200 | AUTH    | A
                9  | 200 | CREDIT  | A
                10 | 200 | LIMITS  | R
                11 | 200 | AUTH    | A
                12 | 200 | REQUEST | P
                14 | 200 | AUTH    | A
                15 | 200 | REQUEST | P
                22 | 200 | REQUEST | P
                23 | 200 | REQUEST | P
                29 | 200 | AUTH    | P
                32 | 200 | REQUEST | P
                33 | 200 | REQUEST | P
                77 | 200 | GENERIC | R
                """, line -> answer(line.code()));
    }

    @TestFactory
    List<DynamicTest> what_stands_before_the_api_goes_by_its_status() {
        return DocumentedErrors.tests(api, """
                none | 401 | AUTH    | A
                none | 429 | LIMITS  | R
                none | 500 | SERVER  | R
                none | 503 | SERVER  | R
                """, line -> "<html/>");
    }

    @Test
    void all_parts_taken_are_found_by_each_of_their_ids() {
        Verdict verdict = DocumentedErrors.verdict(
                api,
                200,
                "{\"message-count\":\"2\",\"messages\":[{\"status\":\"0\",\"message-id\":\"A1\"},{\"status\":\"0\",\"message-id\":\"A2\"}]}");

        assertThat(verdict).isEqualTo(new Verdict.Taken("A1", List.of("A1", "A2")));
    }

    @Test
    void a_message_of_which_only_some_parts_were_taken_is_not_sent_again() {
        Verdict verdict = DocumentedErrors.verdict(
                api,
                200,
                "{\"message-count\":\"2\",\"messages\":[{\"status\":\"0\",\"message-id\":\"A1\"},{\"status\":\"1\",\"error-text\":\"throttled\"}]}");

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
            assertThat(refused.remedy()).isEqualTo(Remedy.NEVER);
            assertThat(refused.failure().getReason()).startsWith("1 of 2 parts were taken");
        });
    }
}
