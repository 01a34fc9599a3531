package io.smspipeline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way over an HTTP API: sent, reported by a signed webhook, answered by the handset. */
class AggregatorIT {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path directory;

    @Test
    void a_message_is_delivered_by_a_signed_receipt_and_answered_by_a_signed_message() throws IOException {
        int base = FreePorts.sevenInARow();
        try (SmsProcess aggregator = SmsProcess.start(
                        Map.of(),
                        "aggregator",
                        "--json",
                        "--type",
                        "twilio",
                        "--port",
                        "0",
                        "--http-port",
                        "0",
                        "--secret",
                        TOKEN,
                        "--callback",
                        "http://127.0.0.1:" + (base + 4) + "/s3cret/us");
                SmsProcess up = SmsProcess.start(
                        Map.of(),
                        "up",
                        "--json",
                        "--config",
                        configuration(aggregator
                                        .ready()
                                        .path("aggregator")
                                        .path("port")
                                        .asInt())
                                .toString(),
                        "--port-base",
                        Integer.toString(base))) {
            JsonNode ready = up.ready();
            assertThat(ready.path("receiver").asText()).isEqualTo("http://127.0.0.1:" + (base + 4));
            Map<String, String> address = Map.of(
                    "SMS_KAFKA__BOOTSTRAP_SERVERS", ready.path("kafka").asText(),
                    "SMS_SCHEMA_REGISTRY__URL", ready.path("registry").asText());
            String id;
            try (SmsProcess send = SmsProcess.start(
                    address,
                    "send",
                    "--to",
                    "+447700900126",
                    "--text",
                    "Grüße [€] over HTTP?",
                    "--wait",
                    "--json",
                    "--timeout",
                    SmsProcess.SECONDS)) {
                assertThat(send.exitCode()).isZero();
                List<JsonNode> said = send.json();
                id = said.get(0).path("id").asText();
                assertThat(said.get(said.size() - 1).path("state").asText()).isEqualTo("DELIVERED");
            }
            try (SmsProcess watch = SmsProcess.start(
                    address, "watch", "inbound", "--max", "1", "--json", "--timeout", SmsProcess.SECONDS)) {
                assertThat(watch.exitCode()).isZero();
                assertThat(watch.json().get(0).path("inReplyTo").asText()).isEqualTo(id);
                assertThat(watch.json().get(0).path("provider").asText()).isEqualTo("us");
            }
            assertThat(up.stop()).isZero();
            assertThat(aggregator.stop()).isZero();
        }
    }

    private Path configuration(int port) throws IOException {
        return Files.writeString(directory.resolve("sms.yaml"), """
                receiver: {http: {path: s3cret}}
                providers:
                  - {alias: us, type: twilio, account-sid: AC00000000000000000000000000000001, auth-token: %s, from: "+14155550199",
                     base-url: "http://127.0.0.1:%d"}
                """.formatted(TOKEN, port));
    }
}
