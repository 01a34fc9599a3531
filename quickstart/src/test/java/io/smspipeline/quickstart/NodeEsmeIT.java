package io.smspipeline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our simulated SMSC as an ESME on node-smpp sees it, which reads and writes octets its own way. */
class NodeEsmeIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ENROUTE = 1;
    private static final int DELIVERED = 2;
    private static final int DELETED = 4;

    @TempDir
    private Path directory;

    /** What the ESME told, one step an object. */
    private List<JsonNode> steps(int port) throws IOException, InterruptedException {
        Path errors = directory.resolve("esme.err");
        Process node = new ProcessBuilder("node", "esme.js", Integer.toString(port))
                .directory(NodeSmsc.installed().toFile())
                .redirectError(errors.toFile())
                .start();
        List<JsonNode> steps = new ArrayList<>();
        try (var out = node.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                steps.add(JSON.readTree(line));
            }
        }
        assertThat(node.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).as(Files.readString(errors) + steps).isZero();
        return steps;
    }

    private static JsonNode stats(JsonNode smsc) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + smsc.path("http").asInt() + "/stats"))
                .timeout(Duration.ofSeconds(30))
                .build();
        return JSON.readTree(HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body());
    }

    @Test
    void it_binds_submits_asks_cancels_and_goes() throws Exception {
        Path pdus = directory.resolve("pdus.jsonl");
        try (SmsProcess smsc = SmsProcess.start(
                Map.of(),
                "smsc",
                "--json",
                "--port",
                "0",
                "--http-port",
                "0",
                "--account",
                "demo:secret",
                "--latency",
                "0ms..5ms",
                "--receipt-delay",
                "0ms",
                "--reply-delay",
                "0ms",
                "--log-pdus",
                pdus.toString())) {
            JsonNode ready = smsc.ready().path("smsc");

            List<JsonNode> steps = steps(ready.path("port").asInt());

            assertThat(steps)
                    .extracting(step -> step.path("event").asText())
                    .containsExactly(
                            "bind",
                            "submit",
                            "receipt",
                            "submit",
                            "receipt",
                            "reply",
                            "submit",
                            "query",
                            "cancel",
                            "receipt",
                            "query",
                            "enquire_link",
                            "unbind");
            assertThat(steps)
                    .filteredOn(step -> step.has("status"))
                    .allSatisfy(step -> assertThat(step.path("status").asInt()).isZero());
            assertThat(steps.get(0).path("version").asInt()).isEqualTo(0x34);
            assertReceipt(steps.get(2), steps.get(1), DELIVERED, "stat:DELIVRD");
            assertReceipt(steps.get(4), steps.get(3), DELIVERED, "stat:DELIVRD");
            assertThat(steps.get(5).path("from").asText()).isEqualTo("447700900123");
            assertThat(steps.get(5).path("text").asText()).endsWith("Will all parts be there €?");
            assertThat(steps.get(7).path("state").asInt()).isEqualTo(ENROUTE);
            assertReceipt(steps.get(9), steps.get(6), DELETED, "stat:DELETED");
            assertThat(steps.get(10).path("state").asInt()).isEqualTo(DELETED);
            JsonNode stats = stats(ready);
            assertThat(stats.path("accepted").asInt()).isEqualTo(3);
            assertThat(stats.path("cancelled").asInt()).isEqualTo(1);
            assertThat(stats.path("unbinds").asInt()).isEqualTo(1);
            assertThat(stats.path("malformed").asInt()).isZero();
            assertThat(smsc.stop()).isZero();
        }
        List<String> logged = new ArrayList<>();
        for (String line : Files.readAllLines(pdus)) {
            logged.add(JSON.readTree(line).path("command").asText());
        }
        assertThat(logged)
                .startsWith("bind_transceiver", "bind_transceiver_resp")
                .endsWith("unbind_resp");
        assertThat(logged).filteredOn("submit_sm"::equals).hasSize(3);
    }

    private static void assertReceipt(JsonNode receipt, JsonNode submit, int state, String text) {
        assertThat(receipt.path("id").asText()).isEqualTo(submit.path("id").asText());
        assertThat(receipt.path("state").asInt()).isEqualTo(state);
        assertThat(receipt.path("esmClass").asInt()).isEqualTo(4);
        assertThat(receipt.path("text").asText())
                .contains(text)
                .contains("id:" + submit.path("id").asText());
    }
}
