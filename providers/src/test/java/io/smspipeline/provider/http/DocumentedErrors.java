package io.smspipeline.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.Submission;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.record.FailureCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;

/**
 * The rows of a provider's documentation as tests: {@code code | HTTP status | class | flag}. A class is one of the common ones
 * (AUTH, CREDIT, LIMITS, SERVER, REQUEST, UNSUPPORTED, GENERIC); flag R means that the same message may go again, P that it
 * may not, A that the account is concerned.
 */
public final class DocumentedErrors {
    private static final Set<FailureCode> REQUEST = Set.of(
            FailureCode.REQUEST,
            FailureCode.INVALID_RECIPIENT,
            FailureCode.INVALID_SENDER,
            FailureCode.OPTED_OUT,
            FailureCode.CONTENT_BLOCKED);

    private static final Map<String, Set<Remedy>> FLAGS = Map.of(
            "R", Set.of(Remedy.SLOW_DOWN, Remedy.LATER),
            "P", Set.of(Remedy.NEVER),
            "A", Set.of(Remedy.ACCOUNT));

    private DocumentedErrors() {}

    /** One line of documentation. */
    public record Line(String code, int status, String kind, String flag) {}

    /** @param answer the body for a line's code, as the API writes it */
    public static List<DynamicTest> tests(HttpApi api, String table, Function<Line, String> answer) {
        return table.lines()
                .map(row -> row.split("\\|"))
                .map(cells -> new Line(
                        cells[0].strip(), Integer.parseInt(cells[1].strip()), cells[2].strip(), cells[3].strip()))
                .map(line -> DynamicTest.dynamicTest(
                        line.code() + " with HTTP " + line.status() + " is " + line.kind() + " " + line.flag(),
                        () -> check(api, line, answer.apply(line))))
                .toList();
    }

    private static void check(HttpApi api, Line line, String body) {
        Verdict verdict = verdict(api, line.status(), body);

        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        Verdict.Refused refused = (Verdict.Refused) verdict;
        assertThat(kind(refused.failure().getCode())).isEqualTo(line.kind());
        assertThat(FLAGS.get(line.flag())).contains(refused.remedy());
        assertThat(refused.failure().getPermanent()).isEqualTo(line.flag().equals("P"));
        assertThat(refused.failure().getProviderCode()).isNotBlank();
        assertThat(refused.failure().getReason()).isNotBlank();
    }

    /** What an answer means to a submission of "Hello". */
    public static Verdict verdict(HttpApi api, int status, String body) {
        return api.meaning(
                submission(),
                0,
                new HttpAnswer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8)),
                Instant.EPOCH);
    }

    /** Of a text "Hello" from 12345. */
    public static Submission submission() {
        return new Submission(Messages.text("m1", "Hello"), "12345", 1, 1, 1, null);
    }

    private static String kind(FailureCode code) {
        return REQUEST.contains(code) ? "REQUEST" : code.name();
    }
}
