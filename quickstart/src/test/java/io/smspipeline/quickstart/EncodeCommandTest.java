package io.smspipeline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smspipeline.quickstart.command.Answer;
import io.smspipeline.quickstart.command.CommandLineTree;
import io.smspipeline.quickstart.command.InputLines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodeCommandTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void a_text_is_shown_as_octets_and_parts() throws IOException {
        assertThat(encode("", "--text", "a@b")).isZero();

        assertThat(answers().get(0))
                .isEqualTo(MAPPER.readTree("{\"encoding\":\"GSM7\",\"data_coding\":0,\"septets\":3,\"parts\":1,"
                        + "\"esm_class\":0,\"short_message_hex\":[\"610062\"]}"));
    }

    @Test
    void lines_are_answered_in_order_and_a_bad_one_stops_nobody() throws IOException {
        int exit = encode("""
                {"text":"Hello","mode":"udh8","ref":66,"encoding_asked":"auto"}
                {"text":"ç","encoding_asked":"GSM7"}
                no json
                {"binary_hex":"010604039e81ea00","ports":{"destination":2948,"source":9200}}
                {"text":"sar","mode":"never"}
                """, "--stdin");

        assertThat(exit).isEqualTo(1);
        List<JsonNode> answers = answers();
        assertThat(answers).hasSize(5);
        assertThat(answers.get(0).path("short_message_hex").get(0).asText()).isEqualTo("48656c6c6f");
        assertThat(answers.get(1).path("error").asText()).contains("ç");
        assertThat(answers.get(2).path("error").asText()).startsWith("no JSON");
        assertThat(answers.get(3).path("short_message_hex").get(0).asText()).startsWith("0605040b8423f0");
        assertThat(answers.get(4).path("error").asText()).contains("mode is 'never'");
    }

    @Test
    void sar_and_payload_are_shown_as_they_go_on_the_wire() throws IOException {
        assertThat(encode("", "--text", "x".repeat(161), "--mode", "sar")).isZero();
        assertThat(encode("", "--text", "x".repeat(161), "--mode", "payload")).isZero();

        assertThat(answers()
                        .get(0)
                        .path("sar")
                        .get(1)
                        .path("sar_segment_seqnum")
                        .asInt())
                .isEqualTo(2);
        assertThat(answers().get(1).path("message_payload_hex").asText()).hasSize(322);
    }

    private int encode(String input, String... arguments) {
        List<String> line = new ArrayList<>(List.of("encode"));
        line.addAll(List.of(arguments));
        return CommandLineTree.of(
                        new Answer(new PrintStream(out, true, StandardCharsets.UTF_8)),
                        new InputLines(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8))))
                .execute(line.toArray(new String[0]));
    }

    private List<JsonNode> answers() throws IOException {
        List<JsonNode> answers = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            answers.add(MAPPER.readTree(line));
        }
        return answers;
    }
}
