package io.smspipeline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smspipeline.simulator.aggregator.AggregatorBehaviour;
import io.smspipeline.simulator.aggregator.AggregatorSettings;
import io.smspipeline.simulator.aggregator.AggregatorType;
import io.smspipeline.simulator.aggregator.SimulatedAggregator;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Whether simulated aggregators are like the real ones, in the eyes of the clients that Twilio and Vonage publish: their answers,
 * their refusals and the signatures of their callbacks.
 */
class NodeClientsIT {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String SIGNATURE = "my_signature_secret_0123456789ab";

    @Test
    void the_official_clients_take_simulated_aggregators_for_the_real_ones() throws Exception {
        int port = FreePorts.sevenInARow();
        try (SimulatedAggregator twilio =
                        SimulatedAggregator.start(AggregatorSettings.forTests(AggregatorType.TWILIO, ACCOUNT, TOKEN)
                                .withCallback(URI.create("http://127.0.0.1:" + port + "/twilio"), 1)
                                .withBehaviour(AggregatorBehaviour.PROMPT.with(
                                        "refusals", Map.of("14155550111", "21610", "14155550112", "20429"))));
                SimulatedAggregator vonage = SimulatedAggregator.start(AggregatorSettings.forTests(
                                AggregatorType.VONAGE, "demo", "secret")
                        .withCallback(URI.create("http://127.0.0.1:" + port + "/vonage"), 1)
                        .withSignature("sha256hmac", SIGNATURE)
                        .withBehaviour(AggregatorBehaviour.PROMPT.with("refusals", Map.of("447700900007", "7"))))) {
            Map<String, List<JsonNode>> told = told(port, twilio, vonage);

            JsonNode created = only(told, "twilio create");
            assertThat(created.path("sid").asText()).matches("SM[0-9a-f]{32}");
            assertThat(created.path("status").asText()).isEqualTo("queued");
            assertThat(created.path("body").asText()).isEqualTo("Grüße [€] & more?");
            assertThat(created.path("numSegments").asText()).isEqualTo("1");
            assertThat(created.path("accountSid").asText()).isEqualTo(ACCOUNT);
            assertThat(created.path("direction").asText()).isEqualTo("outbound-api");
            assertThat(created.path("created").asBoolean())
                    .as("a date it can read")
                    .isTrue();
            assertThat(only(told, "twilio fetch").path("sid")).isEqualTo(created.path("sid"));
            assertThat(only(told, "twilio list").path("sids")).contains(created.path("sid"));
            refused(told, "twilio bad recipient", 400, 21211);
            refused(told, "twilio opted out", 400, 21610);
            refused(told, "twilio too many", 429, 20429);
            refused(told, "twilio wrong token", 401, 20003);

            JsonNode sent = only(told, "vonage send").path("messages");
            assertThat(sent).hasSize(1);
            assertThat(sent.path(0).path("status").asText()).isEqualTo("0");
            assertThat(sent.path(0).path("messageId").asText()).isNotEmpty();
            assertThat(sent.path(0).path("clientRef").asText()).isEqualTo("r1");
            assertThat(only(told, "vonage long").path("messageCount").asInt()).isEqualTo(2);
            assertThat(only(told, "vonage long").path("messages")).hasSize(2);
            failed(told, "vonage barred", "7");
            failed(told, "vonage without sender", "2");
            failed(told, "vonage wrong secret", "4");

            for (String callback : List.of("twilio status", "twilio im", "vonage status", "vonage im")) {
                assertThat(told.get(callback)).as(callback).isNotEmpty().allSatisfy(each -> {
                    assertThat(each.path("genuine").asBoolean()).isTrue();
                    assertThat(each.path("genuineAltered").asBoolean()).isFalse();
                });
            }
            assertThat(told.get("twilio im").get(0).path("params").path("Body").asText())
                    .isEqualTo("Yes. You asked: Grüße [€] & more?");
            assertThat(told.get("vonage im").get(0).path("params").path("text").asText())
                    .isEqualTo("Yes. You asked: Grüße & more?");
        }
    }

    private static JsonNode only(Map<String, List<JsonNode>> told, String name) {
        assertThat(told.get(name)).as(name).hasSize(1);
        return told.get(name).get(0);
    }

    private static void refused(Map<String, List<JsonNode>> told, String name, int status, int code) {
        assertThat(only(told, name).path("status").asInt()).as(name).isEqualTo(status);
        assertThat(only(told, name).path("code").asInt()).as(name).isEqualTo(code);
        assertThat(only(told, name).path("moreInfo").asText()).as(name).endsWith("/errors/" + code);
    }

    private static void failed(Map<String, List<JsonNode>> told, String name, String status) {
        // Which of the two it is depends on the count being a number; Vonage writes it as text, and so does the
        // simulator.
        assertThat(only(told, name).path("fault").asText()).as(name).matches("MessageSend(All|Partial)Failure");
        assertThat(only(told, name).path("statuses").path(0).asText()).as(name).isEqualTo(status);
    }

    private static Map<String, List<JsonNode>> told(int port, SimulatedAggregator twilio, SimulatedAggregator vonage)
            throws IOException, InterruptedException {
        Process node = new ProcessBuilder(
                        "node",
                        "clients.js",
                        Integer.toString(port),
                        twilio.url().toString(),
                        vonage.url().toString(),
                        TOKEN,
                        "secret",
                        SIGNATURE)
                .directory(NodeSmsc.installed().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor(SmsProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(node.exitValue()).isZero();
        Map<String, List<JsonNode>> told = new LinkedHashMap<>();
        for (String line : said.lines().toList()) {
            JsonNode each = MAPPER.readTree(line);
            told.computeIfAbsent(each.path("name").asText(), name -> new ArrayList<>())
                    .add(each);
        }
        return told;
    }
}
