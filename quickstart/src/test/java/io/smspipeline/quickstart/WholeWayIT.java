package io.smspipeline.quickstart;

import static io.smspipeline.quickstart.SmsProcess.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a newcomer does: `up` in one terminal, everything else in another. */
class WholeWayIT {
    private static SmsProcess up;
    private static Map<String, String> address;

    @BeforeAll
    static void everything_runs() {
        long start = System.nanoTime();
        up = SmsProcess.start(Map.of(), "up", "--json", "--port-base", Integer.toString(FreePorts.sevenInARow()));
        JsonNode ready = up.ready();
        System.out.printf(
                "up: ready after %.1f s, resident %d MB%n",
                Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0, residentMegabytes(up.pid()));
        address = Map.of(
                "SMS_KAFKA__BOOTSTRAP_SERVERS", ready.path("kafka").asText(),
                "SMS_SCHEMA_REGISTRY__URL", ready.path("registry").asText());
    }

    @AfterAll
    static void it_ends_in_order_when_told() {
        System.out.printf("up: resident at the end %d MB%n", residentMegabytes(up.pid()));
        assertThat(up.stop()).isZero();
    }

    @Test
    void a_message_is_delivered_and_its_reply_says_what_it_answers() {
        try (SmsProcess send =
                sms("send", "--to", "+447700900123", "--text", "Hello?", "--wait", "--json", "--timeout", SECONDS)) {
            assertThat(send.exitCode()).isZero();
            List<JsonNode> told = send.json();
            String id = told.get(0).path("id").asText();
            assertThat(told.subList(1, told.size()))
                    .extracting(status -> status.path("messageId").asText())
                    .containsOnly(id);
            assertThat(told.subList(1, told.size()))
                    .extracting(status -> status.path("state").asText())
                    .containsSubsequence("ACCEPTED", "DELIVERED")
                    .endsWith("DELIVERED");
            assertThat(told.get(told.size() - 1).path("final").asBoolean()).isTrue();

            try (SmsProcess watch = sms("watch", "inbound", "--json", "--timeout", SECONDS, "--max", "1")) {
                assertThat(watch.exitCode()).isZero();
                assertThat(watch.json().get(0).path("from").asText()).isEqualTo("+447700900123");
            }
        }
    }

    @Test
    void one_message_s_story_can_be_read_afterwards() {
        try (SmsProcess send =
                sms("send", "--to", "+447700900124", "--text", "Story", "--wait", "--json", "--timeout", SECONDS)) {
            assertThat(send.exitCode()).isZero();
            String id = send.json().get(0).path("id").asText();
            try (SmsProcess message = sms("message", id, "--json", "--timeout", SECONDS)) {
                assertThat(message.exitCode()).isZero();
                JsonNode story = message.json().get(0);
                assertThat(story.path("state").asText()).isEqualTo("DELIVERED");
                assertThat(story.path("events"))
                        .extracting(event -> event.path("kind").asText())
                        .contains("ROUTED", "ACCEPTED");
            }
        }
        try (SmsProcess unknown = sms("message", "nobody-knows", "--json")) {
            assertThat(unknown.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void a_bad_number_or_an_empty_text_is_refused_at_once() {
        for (String[] wrong : List.of(new String[] {"12", "Hello"}, new String[] {"+447700900123", ""})) {
            try (SmsProcess send = sms("send", "--to", wrong[0], "--text", wrong[1])) {
                assertThat(send.exitCode()).isEqualTo(2);
                assertThat(send.lines()).isEmpty();
            }
        }
    }

    @Test
    void unchecked_the_pipeline_itself_rejects_it_and_says_why() {
        try (SmsProcess send =
                sms("send", "--to", "12", "--text", "Hello", "--unchecked", "--wait", "--json", "--timeout", SECONDS)) {
            assertThat(send.exitCode()).isEqualTo(1);
            JsonNode last = send.json().get(send.json().size() - 1);
            assertThat(last.path("state").asText()).isEqualTo("REJECTED");
            assertThat(last.path("failure").path("code").asText()).isEqualTo("INVALID_RECIPIENT");
        }
        try (SmsProcess send = sms(
                "send",
                "--to",
                "+447700900123",
                "--text",
                "",
                "--unchecked",
                "--wait",
                "--json",
                "--timeout",
                SECONDS)) {
            assertThat(send.exitCode()).isEqualTo(1);
            JsonNode last = send.json().get(send.json().size() - 1);
            assertThat(last.path("state").asText()).isEqualTo("REJECTED");
            assertThat(last.path("failure").path("reason").asText()).isNotEmpty();
        }
    }

    @Test
    void lines_of_stdin_are_answered_in_their_order_and_a_bad_one_stops_nobody() {
        String input = IntStream.range(0, 2_000)
                .mapToObj(i -> i == 7
                        ? "{\"to\":\"12\",\"text\":\"wrong\"}"
                        : "{\"to\":\"+4477009%05d\",\"text\":\"line %d\",\"labels\":{\"n\":\"%d\"}}".formatted(i, i, i))
                .collect(Collectors.joining("\n"));
        try (SmsProcess send =
                sms("send", "--stdin", "--wait", "--timeout", SECONDS).fed(input)) {
            assertThat(send.exitCode()).isEqualTo(1);
            List<JsonNode> answers = send.json();
            assertThat(answers).hasSize(2_000);
            assertThat(answers.get(7).path("error").asText()).contains("to:");
            assertThat(answers.get(8).path("to").asText()).isEqualTo("+447700900008");
            assertThat(answers.get(1_999).path("id").asText()).isNotEmpty();
        }
    }

    private static SmsProcess sms(String... arguments) {
        return SmsProcess.start(address, arguments);
    }

    private static long residentMegabytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1;
        }
    }
}
