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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person wants done about messages that were published before. */
class CommandsIT {
    private static SmsProcess up;

    @TempDir
    private static Path directory;

    private static Path configuration;
    private static URI smsc;

    @BeforeAll
    static void everything_runs() throws IOException {
        up = SmsProcess.start(Map.of(), "up", "--json", "--port-base", Integer.toString(FreePorts.sevenInARow()));
        JsonNode ready = up.ready();
        configuration = Files.writeString(directory.resolve("sms.yaml"), """
            kafka: {bootstrap.servers: "%s"}
            schema-registry: {url: "%s"}
            """.formatted(
                        ready.path("kafka").asText(), ready.path("registry").asText()));
        smsc = URI.create("http://127.0.0.1:" + ready.path("smsc").path("http").asInt());
    }

    @AfterAll
    static void it_ends_in_order_when_told() {
        assertThat(up.stop()).isZero();
    }

    @BeforeEach
    void the_smsc_delivers_at_once() {
        behave("{\"receiptDelay\":\"0s\",\"dropEvery\":0}");
    }

    @Test
    void a_message_that_waits_for_its_time_is_cancelled_and_told_so_once() {
        String id = reached("SCHEDULED", "--to", "+447700900201", "--send-at", "10m");

        Call query = sms("query", id, "--json");
        assertThat(query.exitCode()).isZero();
        assertThat(only(query).path("state").asText()).isEqualTo("SCHEDULED");
        Call cancel = sms("cancel", id, "--json");
        assertThat(cancel.exitCode()).isZero();
        assertThat(only(cancel).path("state").asText()).isEqualTo("CANCELLED");
        Call again = sms("cancel", id, "--json");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(only(again).path("reason").asText()).isEqualTo("it is CANCELLED already");
        assertThat(story(id).path("statuses"))
                .extracting(status -> status.path("state").asText())
                .containsExactly("SCHEDULED", "CANCELLED");
    }

    @Test
    void a_message_its_smsc_has_not_delivered_yet_is_queried_and_cancelled_there() {
        behave("{\"receiptDelay\":\"1h\"}");
        String id = accepted("--to", "+447700900202");

        Call query = sms("query", id);
        assertThat(query.exitCode()).isZero();
        assertThat(query.lines()).anyMatch(line -> line.startsWith("part 1") && line.endsWith("ENROUTE"));
        Call cancel = sms("cancel", id, "--json");
        assertThat(cancel.exitCode()).isZero();
        JsonNode outcome = only(cancel);
        assertThat(outcome.path("state").asText()).isEqualTo("CANCELLED");
        assertThat(outcome.path("parts")).hasSize(1);
        JsonNode story = story(id);
        assertThat(story.path("state").asText()).isEqualTo("CANCELLED");
        assertThat(story.path("events"))
                .extracting(event -> event.path("kind").asText())
                .containsSubsequence("ROUTED", "ACCEPTED", "NOTED", "CANCELLED");
    }

    @Test
    void every_part_of_a_long_message_is_cancelled() {
        behave("{\"receiptDelay\":\"1h\"}");
        String id = accepted("--to", "+447700900203", "--text", "long ".repeat(60));

        Call cancel = sms("cancel", id, "--json");
        assertThat(cancel.exitCode()).isZero();
        assertThat(only(cancel).path("parts"))
                .extracting(part -> part.path("state").asText())
                .containsExactly("DELETED", "DELETED");
        assertThat(sms("query", id).lines()).contains(id + "  CANCELLED");
    }

    @Test
    void what_was_delivered_cannot_be_withdrawn_and_what_nobody_published_is_unknown() {
        String id = published("--to", "+447700900204", "--text", "Quick", "--wait");

        Call cancel = sms("cancel", id, "--json");
        assertThat(cancel.exitCode()).isEqualTo(1);
        assertThat(only(cancel).path("reason").asText()).isEqualTo("it is DELIVERED already");
        Call unknown = sms("cancel", "nobody-knows");
        assertThat(unknown.exitCode()).isEqualTo(1);
        Call wrong = sms("resolve", id, "maybe");
        assertThat(wrong.exitCode()).isEqualTo(2);
    }

    @Test
    void a_receipt_shows_in_the_story_of_its_message() {
        String id = published("--to", "+447700900205", "--text", "Quick", "--wait");

        assertThat(story(id).path("events"))
                .filteredOn(event -> event.path("kind").asText().equals("RECEIPT"))
                .extracting(event -> event.path("receiptState").asText())
                .containsExactly("DELIVERED");
    }

    @Test
    void what_is_uncertain_is_submitted_again_or_ended_when_a_person_says_so() {
        behave("{\"dropEvery\":1}");
        String again = reached("UNCERTAIN", "--to", "+447700900206", "--on-uncertain", "HOLD");
        String ended = reached("UNCERTAIN", "--to", "+447700900207", "--on-uncertain", "HOLD");
        behave("{\"dropEvery\":0}");

        Call fail = sms("resolve", ended, "fail", "--json");
        assertThat(fail.exitCode()).isZero();
        assertThat(only(fail).path("state").asText()).isEqualTo("REJECTED");
        Call resolve = sms("resolve", again, "resend", "--json");
        assertThat(resolve.exitCode()).isZero();
        JsonNode last = awaitState(again, "DELIVERED").path("statuses");
        assertThat(last.get(last.size() - 1).path("attempt").asInt()).isEqualTo(2);
        assertThat(last.get(last.size() - 1).path("possibleRepeat").asBoolean()).isTrue();
    }

    @Test
    void a_paused_provider_is_listed_so_and_gets_nothing_until_it_runs_again() {
        assertThat(sms("provider", "pause", "primary").exitCode()).isZero();
        String id = null;
        try {
            Awaitility.await("the sender obeys")
                    .atMost(SmsProcess.PATIENCE)
                    .until(() -> provider()
                            .path("processes")
                            .path(0)
                            .path("control")
                            .asText()
                            .equals("PAUSE"));
            id = reached("ROUTED", "--to", "+447700900208");
            assertThat(provider().path("mode").asText()).isEqualTo("PAUSE");
            Awaitility.await("it waits")
                    .atMost(SmsProcess.PATIENCE)
                    .until(() ->
                            provider().path("processes").path(0).path("waiting").asInt() > 0);
            assertThat(story(id).path("state").asText()).isEqualTo("ROUTED");
        } finally {
            assertThat(sms("provider", "run", "primary").exitCode()).isZero();
        }
        awaitState(id, "DELIVERED");
        assertThat(provider().path("mode").asText()).isEqualTo("RUN");
        assertThat(provider().path("up").asBoolean()).isTrue();
        assertThat(sms("provider", "pause", "nobody").exitCode()).isEqualTo(2);
    }

    @Test
    void who_says_stop_gets_nothing_more_until_somebody_forgets_it() {
        String handset = "+447700900209";
        says(handset, "Stop.");
        Awaitility.await("it is on record")
                .atMost(SmsProcess.PATIENCE)
                .until(() -> optOuts(handset).contains("12345 KEYWORD"));
        String refused = reached("REJECTED", "--to", handset);
        assertThat(story(refused)
                        .path("statuses")
                        .findPath("failure")
                        .path("code")
                        .asText())
                .isEqualTo("OPTED_OUT");
        reached("DELIVERED", "--to", handset, "--from", "Other");

        assertThat(sms("opt-out", "remove", handset).exitCode()).isZero();
        assertThat(sms("opt-out", "remove", handset).exitCode()).isEqualTo(1);
        reached("DELIVERED", "--to", handset, "--text", "welcome back");
        assertThat(sms("opt-out", "add", handset).exitCode()).isZero();
        reached("REJECTED", "--to", handset, "--from", "Other", "--text", "to nobody");
        assertThat(sms("opt-out", "add", "nonsense").exitCode()).isEqualTo(2);
    }

    private static JsonNode provider() {
        return only(sms("provider", "list", "--json"));
    }

    private static List<String> optOuts(String handset) {
        return sms("opt-out", "list", "--json").json().stream()
                .filter(said -> said.path("handset").asText().equals(handset))
                .map(said ->
                        said.path("sender").asText() + " " + said.path("origin").asText())
                .toList();
    }

    private static void says(String handset, String text) {
        post("/mo", "{\"from\":\"%s\",\"to\":\"12345\",\"text\":\"%s\"}".formatted(handset.substring(1), text));
    }

    private static String accepted(String... options) {
        return reached("ACCEPTED", options);
    }

    private static String reached(String state, String... options) {
        String id = published(List.of(options).contains("--text") ? options : with(options, "--text", "Hello"));
        awaitState(id, state);
        return id;
    }

    private static String[] with(String[] options, String... more) {
        return Stream.concat(Arrays.stream(options), Arrays.stream(more)).toArray(String[]::new);
    }

    private static String published(String... options) {
        Call send = sms(with(new String[] {"send", "--json"}, options));
        assertThat(send.exitCode()).isZero();
        return send.json().get(0).path("id").asText();
    }

    private static JsonNode awaitState(String id, String state) {
        return Awaitility.await(id + " is " + state)
                .atMost(SmsProcess.PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> storyOrNull(id),
                        story -> story != null && story.path("state").asText().equals(state));
    }

    private static JsonNode story(String id) {
        JsonNode story = storyOrNull(id);
        assertThat(story).isNotNull();
        return story;
    }

    private static JsonNode storyOrNull(String id) {
        Call message = sms("message", id, "--json");
        return message.exitCode() == 0 ? only(message) : null;
    }

    private static JsonNode only(Call call) {
        assertThat(call.json()).hasSize(1);
        return call.json().get(0);
    }

    private static void behave(String changes) {
        post("/behaviour", changes);
    }

    private static void post(String path, String body) {
        try {
            int status = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(smsc.resolve(path))
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            assertThat(status).isBetween(200, 299);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What a command said, and how it ended. Here in this JVM: only the pipeline is a process of its own. */
    private record Call(int exitCode, List<String> lines) {
        List<JsonNode> json() {
            return lines.stream().map(SmsProcess::parsed).toList();
        }
    }

    private static Call sms(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int exitCode = CommandLineTree.of(
                        new Answer(new PrintStream(out, true, StandardCharsets.UTF_8)),
                        new InputLines(InputStream.nullInputStream()))
                .execute(with(arguments, "--timeout", SmsProcess.SECONDS, "--config", configuration.toString()));
        return new Call(exitCode, out.toString(StandardCharsets.UTF_8).lines().toList());
    }
}
