package io.smspipeline.provider.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.http.DocumentedErrors;
import io.smspipeline.provider.http.DocumentedErrors.Line;
import io.smspipeline.provider.http.ErrorRow;
import io.smspipeline.provider.http.Verdict;
import io.smspipeline.record.Failure;
import io.smspipeline.record.ReceiptState;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class VonageMessagesErrorsTest {
    private static final String TABLE = """
            1000 | 429 | LIMITS      | R
            1010 | 422 | REQUEST     | P
            1020 | 422 | REQUEST     | P
            1030 | 500 | SERVER      | R
            1040 | 422 | REQUEST     | P
            1050 | 422 | REQUEST     | P
            1060 | 401 | AUTH        | A
            1070 | 402 | CREDIT      | A
            1080 | 401 | AUTH        | A
            1090 | 422 | REQUEST     | P
            1100 | 500 | SERVER      | R
            1120 | 422 | REQUEST     | P
            1130 | 422 | REQUEST     | P
            1170 | 422 | REQUEST     | P
            1180 | 422 | GENERIC     | R
            1190 | 422 | REQUEST     | P
            1210 | 422 | REQUEST     | P
            1220 | 422 | GENERIC     | R
            1230 | 500 | SERVER      | R
            1240 | 422 | REQUEST     | P
            1241 | 422 | LIMITS      | R
            1250 | 422 | UNSUPPORTED | P
            1260 | 422 | REQUEST     | P
            1280 | 422 | REQUEST     | P
            1330 | 422 | GENERIC     | R
            1331 | 500 | SERVER      | R
            1360 | 422 | EXPIRED     | P
            """;

    private final VonageMessagesApi api = VonageMessagesApiTest.api();

    private static String problem(Line line) {
        return "{\"type\":\"https://developer.vonage.com/api-errors/messages#" + line.code()
                + "\",\"title\":\"no\",\"detail\":\"no\",\"instance\":\"bf0ca0bf927b3b52e3cb03217e1a1ddf\"}";
    }

    @TestFactory
    List<DynamicTest> every_documented_code_is_one_of_ours() {
        return DocumentedErrors.tests(api, TABLE, VonageMessagesErrorsTest::problem);
    }

    @TestFactory
    List<DynamicTest> what_has_no_code_goes_by_its_status() {
        return DocumentedErrors.tests(api, """
                unauthorized | 401 | AUTH    | A
                low-balance  | 402 | CREDIT  | A
                validation   | 422 | REQUEST | P
                rate-limit   | 429 | LIMITS  | R
                internal     | 500 | SERVER  | R
                """, VonageMessagesErrorsTest::problem);
    }

    @TestFactory
    List<DynamicTest> every_code_means_the_same_in_a_receipt() {
        return VonageMessagesErrors.TABLE.rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.code(), () -> same(row)))
                .toList();
    }

    private static void same(ErrorRow row) {
        Failure failure = VonageMessagesErrors.OF_RECEIPTS.failure("eu", ReceiptState.REJECTED, row.code(), null);

        assertThat(failure).isNotNull();
        assertThat(failure.getCode()).isEqualTo(row.failure());
        assertThat(failure.getPermanent()).isEqualTo(row.failure("eu", null).getPermanent());
    }

    @Test
    void what_was_taken_without_an_id_and_what_a_gateway_answered_is_in_doubt() {
        assertThat(DocumentedErrors.verdict(api, 202, "{}")).isInstanceOf(Verdict.Unclear.class);
        assertThat(DocumentedErrors.verdict(api, 504, "")).isInstanceOf(Verdict.Unclear.class);
    }
}
