package io.smspipeline.provider.clickatell;

import io.smspipeline.provider.TestProviders;
import io.smspipeline.provider.http.DocumentedErrors;
import io.smspipeline.provider.http.DocumentedErrors.Line;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ClickatellErrorsTest {
    private static final String TABLE = """
            1   | 401 | AUTH        | A
            2   | 400 | AUTH        | A
            3   | 400 | AUTH        | A
            7   | 401 | AUTH        | A
            18  | 500 | SERVER      | R
            19  | 503 | SERVER      | R
            20  | 402 | CREDIT      | A
            21  | 400 | REQUEST     | P
            22  | 400 | REQUEST     | P
            23  | 400 | REQUEST     | P
            24  | 400 | REQUEST     | P
            25  | 400 | REQUEST     | P
            26  | 400 | REQUEST     | P
            27  | 400 | REQUEST     | P
            28  | 400 | REQUEST     | P
            30  | 400 | REQUEST     | P
            31  | 400 | REQUEST     | P
            32  | 400 | REQUEST     | P
            33  | 400 | REQUEST     | P
            38  | 400 | UNSUPPORTED | A
            39  | 400 | UNSUPPORTED | A
            40  | 400 | REQUEST     | P
            43  | 400 | LIMITS      | R
            44  | 400 | REQUEST     | P
            45  | 400 | REQUEST     | P
            100 | 400 | REQUEST     | P
            101 | 400 | UNSUPPORTED | P
            """;

    private final ClickatellApi api = new ClickatellApi(
            "za", ((ClickatellAccount) TestProviders.of("type: clickatell", "api-key: k")).settings());

    private static String inMessage(Line line) {
        return "{\"messages\":[{\"apiMessageId\":null,\"accepted\":false,\"to\":\"447700900123\",\"error\":{\"code\":"
                + line.code() + ",\"description\":\"no\"}}]}";
    }

    @TestFactory
    List<DynamicTest> every_documented_error_of_a_message_is_one_of_ours() {
        return DocumentedErrors.tests(api, TABLE, ClickatellErrorsTest::inMessage);
    }

    @TestFactory
    List<DynamicTest> and_so_is_every_one_of_a_whole_answer() {
        return DocumentedErrors.tests(
                api,
                TABLE,
                line -> "{\"messages\":[],\"error\":{\"code\":\"" + line.code() + "\",\"description\":\"no\"}}");
    }

    @TestFactory
    List<DynamicTest> a_message_may_be_refused_in_an_answer_that_is_a_success() {
        return DocumentedErrors.tests(api, """
                25  | 202 | REQUEST | P
                43  | 207 | LIMITS  | R
                999 | 202 | GENERIC | R
                """, ClickatellErrorsTest::inMessage);
    }
}
