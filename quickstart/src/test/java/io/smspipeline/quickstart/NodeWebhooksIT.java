package io.smspipeline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks signed by the packages twilio and @vonage/jwt or judged by @vonage/sms, which read signatures with the eyes of those who made them. */
class NodeWebhooksIT {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String SECRET = "my_signature_secret_0123456789ab";

    @TempDir
    private Path directory;

    @Test
    void what_the_official_packages_sign_is_taken_and_one_altered_octet_is_refused_and_counted() throws Exception {
        Path home = NodeSmsc.installed();
        HttpServer api = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        api.createContext("/", NodeWebhooksIT::isThere);
        api.start();
        try (SmsProcess up = SmsProcess.start(
                Map.of(),
                "up",
                "--json",
                "--config",
                configuration(api.getAddress().getPort()).toString(),
                "--port-base",
                Integer.toString(FreePorts.sevenInARow()))) {
            JsonNode ready = up.ready();
            String address = ready.path("receiver").asText() + "/s3cret";

            Map<String, JsonNode> answers = answers(home, address);

            assertThat(answers).hasSize(13);
            answers.forEach((name, answer) -> {
                boolean altered = name.contains("altered");
                if (!name.equals("vonage message, one octet of the body altered")) {
                    assertThat(answer.path("valid").asBoolean())
                            .as("what the package says of: " + name)
                            .isEqualTo(!altered);
                }
                assertThat(answer.path("status").asInt() / 100).as(name).isEqualTo(altered ? 4 : 2);
                assertThat(answer.path("status").asInt() == 403).as(name).isEqualTo(altered);
            });
            assertThat(answers.get("twilio message").path("type").asText()).startsWith("text/xml");
            assertThat(answers.get("twilio message").path("body").asText()).contains("<Response/>");
            assertThat(metrics(ready.path("health").asText()))
                    .contains("sms_receiver_signature_refused_total{provider=\"us\"} 2.0")
                    .contains("sms_receiver_signature_refused_total{provider=\"eu\"} 5.0");
            assertThat(inbound(ready))
                    .containsExactlyInAnyOrder("Hello & grüße = 1 ✓", "Hello from Vonage", "Hello & bye=1 ü");
            assertThat(up.stop()).isZero();
        } finally {
            api.stop(0);
        }
    }

    /** Nothing is sent here; a provider must only be up. */
    private static void isThere(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = "{}".getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Map<String, JsonNode> answers(Path home, String address) throws IOException, InterruptedException {
        Process node = new ProcessBuilder("node", "webhooks.js", address, TOKEN, SECRET)
                .directory(home.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor(SmsProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(node.exitValue()).isZero();
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        for (String line : said.lines().toList()) {
            JsonNode answer = MAPPER.readTree(line);
            answers.put(answer.path("name").asText(), answer);
        }
        return answers;
    }

    private static String metrics(String health) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(health + "/metrics")).build(), BodyHandlers.ofString())
                .body();
    }

    private static List<String> inbound(JsonNode ready) {
        Map<String, String> pipeline = Map.of(
                "SMS_KAFKA__BOOTSTRAP_SERVERS", ready.path("kafka").asText(),
                "SMS_SCHEMA_REGISTRY__URL", ready.path("registry").asText());
        try (SmsProcess watch = SmsProcess.start(
                pipeline, "watch", "inbound", "--max", "3", "--json", "--timeout", SmsProcess.SECONDS)) {
            assertThat(watch.exitCode()).isZero();
            return watch.json().stream().map(line -> line.path("text").asText()).toList();
        }
    }

    private Path configuration(int port) throws IOException {
        return Files.writeString(directory.resolve("sms.yaml"), """
                receiver: {http: {path: s3cret}}
                providers:
                  - {alias: us, type: twilio, account-sid: AC00000000000000000000000000000001, auth-token: %2$s, from: "+14155550199",
                     base-url: "http://127.0.0.1:%1$d"}
                  - {alias: eu, type: vonage, api-key: abcd1234, api-secret: dummy, signature-secret: %3$s, from: "447700900000",
                     base-url: "http://127.0.0.1:%1$d"}
                """.formatted(port, TOKEN, SECRET));
    }
}
