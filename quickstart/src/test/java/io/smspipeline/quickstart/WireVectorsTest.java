package io.smspipeline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.quickstart.command.Answer;
import io.smspipeline.quickstart.command.CommandLineTree;
import io.smspipeline.quickstart.command.InputLines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every vector of the libraries, through the command line. */
class WireVectorsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path ENCODING =
            Path.of("../libs/text/src/test/resources/io/smspipeline/text/encoding-vectors.json");
    private static final Path RECEIPTS = Path.of("../providers/src/test/resources/receipt-vectors.json");

    private int exit;

    private List<JsonNode> vectors(Path file, String list) throws IOException {
        List<JsonNode> vectors = new ArrayList<>();
        MAPPER.readTree(Files.readString(file)).get(list).forEach(vectors::add);
        return vectors;
    }

    private List<JsonNode> answers(String command, List<? extends JsonNode> lines) throws IOException {
        StringBuilder input = new StringBuilder();
        lines.forEach(line -> input.append(line).append('\n'));
        return answers(command, input.toString());
    }

    private List<JsonNode> answers(String command, String input) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        exit = CommandLineTree.of(
                        new Answer(new PrintStream(out, true, StandardCharsets.UTF_8)),
                        new InputLines(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8))))
                .execute(command, "--stdin");
        List<JsonNode> answers = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) {
            answers.add(MAPPER.readTree(line));
        }
        return answers;
    }

    @Test
    void each_encoding_vector_is_answered_with_what_it_expects_and_decodes_to_what_it_was() throws IOException {
        List<JsonNode> vectors = vectors(ENCODING, "vectors");

        List<JsonNode> encoded = answers("encode", vectors);

        assertThat(exit).isZero();
        assertThat(encoded).isEqualTo(vectors.stream().map(v -> v.get("expect")).toList());
        List<ObjectNode> expected = vectors.stream()
                .map(v -> {
                    String field = v.has("text") ? "text" : "binary_hex";
                    return MAPPER.createObjectNode()
                            .put(field, v.get(field).asText())
                            .put("partial", false);
                })
                .toList();
        assertThat(answers("decode", encoded)).isEqualTo(expected);
        assertThat(exit).isZero();
    }

    @Test
    void each_receipt_vector_is_answered_with_what_it_expects() throws IOException {
        List<JsonNode> vectors = vectors(RECEIPTS, "vectors");

        assertThat(answers("receipt", vectors))
                .isEqualTo(vectors.stream().map(v -> v.get("expect")).toList());
        assertThat(exit).isZero();
    }

    @Test
    void each_pair_of_ids_matches_as_expected() throws IOException {
        List<JsonNode> pairs = vectors(RECEIPTS, "id_match");

        assertThat(answers("receipt", pairs).stream().map(said -> said.get("match")))
                .isEqualTo(pairs.stream().map(pair -> pair.get("match")).toList());
    }

    @Test
    void ids_match_under_the_names_of_the_setting_and_under_auto() throws IOException {
        List<JsonNode> answers = answers("receipt", """
                {"submit_resp_id":"4A5F2C","receipt_id":"4874028","rule":"hex-submit-decimal-receipt"}
                {"submit_resp_id":"4874028","receipt_id":"4A5F2C","rule":"decimal-submit-hex-receipt"}
                {"submit_resp_id":"4A5F2C","receipt_id":"4874028","rule":"auto"}
                {"submit_resp_id":"4874028","receipt_id":"4A5F2C","rule":"auto"}
                {"submit_resp_id":"00ab","receipt_id":"AB","rule":"auto"}
                {"submit_resp_id":"12","receipt_id":"13","rule":"auto"}
                """);

        assertThat(answers.stream().map(said -> said.get("match").asBoolean()))
                .containsExactly(true, true, true, true, true, false);
    }

    @Test
    void a_line_that_cannot_be_answered_says_why_and_stops_nobody() throws IOException {
        List<JsonNode> receipts = answers("receipt", "[]\n{\"submit_resp_id\":\"1\"}\n{\"short_message\":\"id:1\"}\n");

        assertThat(exit).isEqualTo(1);
        assertThat(receipts).extracting(said -> said.has("error")).containsExactly(true, true, false);

        List<JsonNode> decoded = answers("decode", """
                {"data_coding":999,"short_message_hex":["61"]}
                {"data_coding":0,"short_message_hex":["6"]}
                {"data_coding":0}
                {"data_coding":0,"esm_class":64,"short_message_hex":["0500030102016a","0500030202016b"]}
                {"data_coding":0,"esm_class":64,"short_message_hex":["0500030102016a"]}
                """);

        assertThat(exit).isEqualTo(1);
        assertThat(decoded).extracting(said -> said.has("error")).containsExactly(true, true, true, true, false);
        assertThat(decoded.get(4).get("partial").asBoolean()).isTrue();
    }

    @Test
    void transliteration_and_national_tables_are_used_when_asked_and_told() throws IOException {
        List<JsonNode> answers = answers("encode", """
                {"text":"“ok”","transliterate":"where-it-fits"}
                {"text":"ş","languages":["turkish"]}
                """);

        assertThat(answers.get(0).get("encoding").asText()).isEqualTo("GSM7");
        assertThat(answers.get(0).get("replaced")).hasSize(2);
        assertThat(answers.get(1).get("single_shift").asText()).isEqualTo("TURKISH");
        assertThat(answers("decode", answers).get(1).get("text").asText()).isEqualTo("ş");
    }

    /** Cut characters, odd receipts, ids of any base. Encodings come from an implementation of its own, the rest from reading. */
    @Test
    void further_vectors_are_answered_with_what_they_expect() throws IOException {
        for (String command : List.of("encode", "receipt", "decode")) {
            List<JsonNode> vectors = further(command);
            List<JsonNode> answers = answers(
                    command, vectors.stream().map(vector -> vector.get("ask")).toList());

            assertThat(exit).isZero();
            assertThat(answers).hasSameSizeAs(vectors);
            for (int i = 0; i < vectors.size(); i++) {
                assertThat(answers.get(i))
                        .as("%s %s", command, vectors.get(i).get("ask"))
                        .isEqualTo(vectors.get(i).get("answer"));
            }
        }
    }

    private static List<JsonNode> further(String command) throws IOException {
        List<JsonNode> vectors = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/further-vectors.jsonl"))) {
            JsonNode vector = MAPPER.readTree(line);
            if (vector.get("command").asText().equals(command)) {
                vectors.add(vector);
            }
        }
        assertThat(vectors).isNotEmpty();
        return vectors;
    }

    @Test
    void what_cannot_be_encoded_as_asked_is_refused_with_each_character_and_where_it_stands() throws IOException {
        List<JsonNode> answers = answers("encode", """
                {"text":"Añ`b😀c`","encoding_asked":"GSM7"}
                {"text":"Añ€","encoding_asked":"LATIN1"}
                {"text":"a\\ud83db"}
                {"text":"%s","maxParts":6}
                {"text":"%s"}
                """.formatted("a".repeat(153 * 6 + 1), "a".repeat(153 * 255 + 1)));

        assertThat(exit).isEqualTo(1);
        assertThat(answers.get(0).get("error").asText())
                .contains("'`' U+0060 at 2", "U+1F600 at 4", "'`' U+0060 at 7")
                .doesNotContain("U+00F1");
        assertThat(answers.get(1).get("error").asText()).contains("U+20AC at 2");
        assertThat(answers.get(2).get("error").asText()).contains("U+D83D at 1");
        assertThat(answers.get(3).get("error").asText()).contains("7 parts", "at most 6");
        assertThat(answers.get(4).get("error").asText()).contains("256 parts", "at most 255");
    }
}
