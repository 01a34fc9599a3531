package io.smspipeline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.smspipeline.quickstart.command.Answer;
import io.smspipeline.quickstart.command.CommandLineTree;
import io.smspipeline.quickstart.command.InputLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Routes are explained from the configuration alone. */
class RoutesExplainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private Path config;

    @BeforeEach
    void a_configuration() throws IOException {
        config = Files.writeString(directory.resolve("sms.yaml"), """
                providers:
                  - {alias: primary, type: smpp, host: 127.0.0.1, port: 2775, system-id: demo, password: secret}
                  - {alias: us, type: smpp, host: 127.0.0.1, port: 2776, system-id: demo, password: secret}
                routes:
                  - {name: otp, when: {label.type: otp}, to: [primary, us], set: {priority: high}}
                  - {name: spam, when: {label.type: spam}, reject: unwanted}
                  - {name: usa, when: {country: US, time: "08:00-20:00"}, to: [us, primary]}
                  - {name: by day, when: {label.kind: offer}, to: us, quiet-hours: {time: "20:00-08:00"}}
                """);
    }

    @Test
    void the_rule_that_decides_the_candidates_and_what_every_rule_says() {
        assertThat(explain(
                        "--to", "+1 (201) 555-0123", "--label", "module=x", "--at", "2026-11-21T12:00:00Z", "--json"))
                .isZero();

        JsonNode said = said();
        assertThat(said.fieldNames())
                .toIterable()
                .containsExactly("provider", "rule", "rejected", "candidates", "rules");
        assertThat(said.path("provider").asText()).isEqualTo("us");
        assertThat(said.path("rule").asText()).isEqualTo("usa");
        assertThat(said.path("rejected").isNull()).isTrue();
        assertThat(said.path("candidates")).extracting(JsonNode::asText).containsExactly("us", "primary");
        assertThat(said.path("rules"))
                .extracting(
                        rule -> rule.path("name").asText(),
                        rule -> rule.path("matches").asBoolean())
                .containsExactly(tuple("otp", false), tuple("spam", false), tuple("usa", true), tuple("by day", false));
        assertThat(said.path("rules").get(0).path("why").asText()).isEqualTo("label.type is not set, not 'otp'");
    }

    @Test
    void what_a_rule_sets_is_told() {
        assertThat(explain("--to", "+447700900123", "--label", "type=otp", "--json"))
                .isZero();

        assertThat(said().path("set").path("priority").asText()).isEqualTo("high");
    }

    @Test
    void without_a_rule_the_first_provider_carries_it() {
        assertThat(explain("--to", "+447700900123", "--json")).isZero();

        assertThat(said().path("provider").asText()).isEqualTo("primary");
        assertThat(said().path("rule").isNull()).isTrue();
    }

    @Test
    void when_nobody_carries_it_the_exit_code_is_1() {
        assertThat(explain("--to", "+447700900123", "--label", "type=spam", "--json"))
                .isEqualTo(1);

        assertThat(said().path("provider").isNull()).isTrue();
        assertThat(said().path("rule").asText()).isEqualTo("spam");
        assertThat(said().path("rejected").asText()).isEqualTo("route 'spam' rejects it: unwanted");
        assertThat(said().path("candidates")).isEmpty();
    }

    @Test
    void what_routing_refuses_before_any_rule_is_rejected_here_too() {
        assertThat(explain("--to", "12", "--json")).isEqualTo(1);

        assertThat(said().path("rejected").asText()).contains("2 digits");
    }

    @Test
    void quiet_hours_are_told_with_their_end() {
        assertThat(explain("--to", "+447700900123", "--label", "kind=offer", "--at", "2026-11-21T21:00:00Z", "--json"))
                .isZero();

        assertThat(said().path("heldUntil").asText()).isEqualTo("2026-11-22T08:00:00Z");
        assertThat(said().path("provider").asText()).isEqualTo("us");
    }

    @Test
    void a_provider_that_is_supposed_to_be_down_comes_last() {
        assertThat(explain("--to", "+447700900123", "--label", "type=otp", "--down", "primary", "--json"))
                .isZero();

        assertThat(said().path("candidates")).extracting(JsonNode::asText).containsExactly("us", "primary");
        assertThat(explain("--to", "+447700900123", "--down", "nobody")).isEqualTo(2);
        assertThat(err.toString()).contains("--down names 'nobody', which is not configured");
    }

    @Test
    void a_recipient_that_is_supposed_to_have_opted_out_gets_nothing_from_that_sender() {
        String[] offer = {"--to", "+447700900123", "--from", "MyShop", "--json", "--opted-out"};
        assertThat(explain(and(offer, "Other"))).isZero();
        out.reset();

        assertThat(explain(and(offer, "myshop"))).isEqualTo(1);

        assertThat(said().path("rejected").asText()).startsWith("opted out from sender MYSHOP");
    }

    private static String[] and(String[] arguments, String more) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(more);
        return all.toArray(String[]::new);
    }

    @Test
    void what_names_its_provider_is_held_in_quiet_hours_too() {
        assertThat(explain(
                        "--to",
                        "+447700900123",
                        "--label",
                        "kind=offer",
                        "--provider",
                        "primary",
                        "--at",
                        "2026-11-21T21:00:00Z",
                        "--json"))
                .isZero();

        assertThat(said().path("heldUntil").asText()).isEqualTo("2026-11-22T08:00:00Z");
        assertThat(said().path("provider").asText()).isEqualTo("primary");
    }

    @Test
    void a_person_reads_it_line_by_line() {
        assertThat(explain("--to", "+447700900123", "--label", "type=otp")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .contains("yes  otp: label.type is 'otp'", "carried by primary, then us, by rule 'otp'");
    }

    @Test
    void a_faulty_table_is_refused_with_all_its_faults() throws IOException {
        Files.writeString(config, """
                providers: [{alias: primary, type: smpp}]
                routes:
                  - {name: a, when: {}, to: [{primary: 0}]}
                  - {name: b, when: {to-prefix: abc, country: ZZ}, to: nobody}
                """);

        assertThat(explain("--to", "+447700900123", "--json")).isEqualTo(2);

        assertThat(err.toString().lines().findFirst()).hasValue("5 faults in the configuration:");
        assertThat(err.toString())
                .contains(
                        "routes[0].to: has weights that sum to 0",
                        "routes[1].when.to-prefix: 'abc'",
                        "routes[1].when.country: 'ZZ'",
                        "routes[1].to[0]: unknown provider 'nobody'",
                        "routes[1]: is never reached");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private JsonNode said() {
        return SmsProcess.parsed(out.toString(StandardCharsets.UTF_8).strip());
    }

    private int explain(String... arguments) {
        CommandLine line = CommandLineTree.of(
                new Answer(new PrintStream(out, true, StandardCharsets.UTF_8)),
                new InputLines(InputStream.nullInputStream()));
        line.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("routes", "explain", "--config", config.toString()));
        all.addAll(List.of(arguments));
        return line.execute(all.toArray(String[]::new));
    }
}
