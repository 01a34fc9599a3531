package io.smspipeline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Routes are changed while the pipeline runs. */
class RoutesIT {
    private static SmsProcess up;

    @TempDir
    private static Path directory;

    private static Path configuration;

    @BeforeAll
    static void everything_runs() throws IOException {
        up = SmsProcess.start(Map.of(), "up", "--json", "--port-base", Integer.toString(FreePorts.sevenInARow()));
        JsonNode ready = up.ready();
        configuration = Files.writeString(directory.resolve("sms.yaml"), """
                kafka: {bootstrap.servers: "%s"}
                schema-registry: {url: "%s"}
                """.formatted(
                        ready.path("kafka").asText(), ready.path("registry").asText()));
    }

    @AfterAll
    static void it_ends_in_order_when_told() {
        assertThat(up.stop()).isZero();
    }

    @Test
    void routes_are_applied_compared_with_real_traffic_and_taken_back_while_messages_flow() throws IOException {
        Path open = Files.writeString(directory.resolve("open.yaml"), """
                routes:
                  - {name: all, when: {}, to: primary}
                """);
        Path strict = Files.writeString(directory.resolve("strict.yaml"), """
                routes:
                  - {name: offers, when: {label.type: offer}, reject: nobody wants this}
                  - {name: all, when: {}, to: primary}
                """);

        Call first = sms("routes", "apply", open.toString(), "--comment", "the beginning", "--json");
        assertThat(first.exitCode()).isZero();
        long version = first.json().path("version").asLong();
        assertThat(first.json().path("applied").asBoolean()).isTrue();
        assertThat(delivered("offer")).isEqualTo("DELIVERED");
        assertThat(delivered("code")).isEqualTo("DELIVERED");

        Call again = sms("routes", "apply", open.toString(), "--json");
        assertThat(again.json().path("applied").asBoolean()).isFalse();
        assertThat(again.json().path("version").asLong()).isEqualTo(version);

        Call replay = sms("routes", "replay", strict.toString(), "--since", "1h", "--json");
        assertThat(replay.exitCode()).isZero();
        assertThat(replay.json().path("version").asLong()).isEqualTo(version);
        assertThat(replay.json().path("messages").asInt()).isEqualTo(2);
        assertThat(replay.json().path("changed").asInt()).isEqualTo(1);
        JsonNode changed = replay.json().path("decisions").get(0);
        assertThat(changed.path("old").path("provider").asText()).isEqualTo("primary");
        assertThat(changed.path("new").path("provider").isNull()).isTrue();
        assertThat(changed.path("new").path("rule").asText()).isEqualTo("offers");

        Call bad = sms(
                "routes",
                "apply",
                Files.writeString(directory.resolve("bad.yaml"), """
                        routes:
                          - {name: a, when: {to-prefix: x}, to: nobody}
                          - {name: b, when: {}, to: [{primary: 0}]}
                          - {name: c, when: {to-prefix: "+44"}, to: primary}
                        """).toString());
        assertThat(bad.exitCode()).isEqualTo(2);
        assertThat(bad.err())
                .startsWith("4 faults")
                .contains(
                        "routes[0].when.to-prefix",
                        "routes[0].to[0]: unknown provider 'nobody'",
                        "routes[1].to: has weights that sum to 0",
                        "routes[2]: is never reached");
        assertThat(sms("routes", "history", "--json").lines()).as("versions").hasSize((int) version);
        assertThat(delivered("offer")).as("by the table that stays").isEqualTo("DELIVERED");

        Call apply = sms("routes", "apply", strict.toString());
        assertThat(apply.exitCode()).isZero();
        assertThat(apply.lines())
                .containsExactly(
                        "+ routes {\"name\":\"offers\",\"when\":{\"label.type\":\"offer\"},\"reject\":\"nobody wants this\"}",
                        "version " + (version + 1) + " is published");
        Awaitility.await("offers are rejected")
                .atMost(SmsProcess.PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> delivered("offer").equals("REJECTED"));
        assertThat(delivered("code")).isEqualTo("DELIVERED");
        a_configuration_of_its_own_is_compared_and_explained_as_the_pipeline_is(version + 1);

        Call rollback = sms("routes", "rollback", "--comment", "they do want it", "--json");
        assertThat(rollback.exitCode()).isZero();
        assertThat(rollback.json().path("version").asLong()).isEqualTo(version + 2);
        Awaitility.await("offers are sent again")
                .atMost(SmsProcess.PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> delivered("offer").equals("DELIVERED"));

        Call history = sms("routes", "history", "--json");
        assertThat(history.lines()).hasSize(3);
        JsonNode last = SmsProcess.parsed(history.lines().get(2));
        assertThat(last.path("version").asLong()).isEqualTo(version + 2);
        assertThat(last.path("restored").asLong()).isEqualTo(version);
        assertThat(last.path("comment").asText()).isEqualTo("they do want it");
        assertThat(sms("routes", "rollback", "--to", "99").exitCode()).isEqualTo(2);
    }

    private static void a_configuration_of_its_own_is_compared_and_explained_as_the_pipeline_is(long version)
            throws IOException {
        Path own = Files.writeString(directory.resolve("own.yaml"), Files.readString(configuration) + """
                providers: [{alias: primary, type: smpp, host: 127.0.0.1, port: 2775, system-id: demo, password: secret}]
                routes:
                  - {name: everything, when: {}, to: primary}
                """);

        assertThat(smsWith(own, "routes", "history").err())
                .contains("the routes of the configuration differ from version " + version + ", which decides");
        assertThat(sms("routes", "history").err()).isEmpty();

        String[] offer = {"routes", "explain", "--to", "+447700900301", "--label", "type=offer", "--json"};
        assertThat(smsWith(own, offer).json().path("rule").asText()).isEqualTo("everything");
        assertThat(smsWith(own, and(offer, "--live")).json().path("rule").asText())
                .isEqualTo("offers");
        String[] code = {"routes", "explain", "--to", "+447700900301", "--json", "--live"};
        assertThat(smsWith(own, code).json().path("provider").asText()).isEqualTo("primary");
        assertThat(sms("opt-out", "add", "+447700900301").exitCode()).isZero();
        Call unwanted = smsWith(own, code);
        assertThat(unwanted.exitCode()).isEqualTo(1);
        assertThat(unwanted.json().path("rejected").asText()).startsWith("opted out from every sender");
    }

    private static String[] and(String[] arguments, String more) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(more);
        return all.toArray(String[]::new);
    }

    private static String delivered(String type) {
        Call send = sms(
                "send",
                "--to",
                "+447700900300",
                "--text",
                "Hello",
                "--label",
                "type=" + type,
                "--json",
                "--wait",
                "--timeout",
                SmsProcess.SECONDS);
        return SmsProcess.parsed(send.lines().get(send.lines().size() - 1))
                .path("state")
                .asText();
    }

    /** What a command said, and how it ended. */
    private record Call(int exitCode, List<String> lines, String err) {
        JsonNode json() {
            assertThat(lines).hasSize(1);
            return SmsProcess.parsed(lines.get(0));
        }
    }

    private static Call sms(String... arguments) {
        return smsWith(configuration, arguments);
    }

    private static Call smsWith(Path config, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        CommandLine line = CommandLineTree.of(
                new Answer(new PrintStream(out, true, StandardCharsets.UTF_8)),
                new InputLines(InputStream.nullInputStream()));
        line.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", config.toString()));
        int exitCode = line.execute(all.toArray(String[]::new));
        return new Call(exitCode, out.toString(StandardCharsets.UTF_8).lines().toList(), err.toString());
    }
}
