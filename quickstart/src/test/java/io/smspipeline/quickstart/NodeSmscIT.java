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

/** The same way against an SMSC on node-smpp, which reads our octets with its own eyes. */
class NodeSmscIT {
    private static final String TEXT = "Grüße [€] from node?";

    @TempDir
    private Path directory;

    @Test
    void over_either_kind_of_bind_a_message_is_delivered_and_answered() throws IOException {
        try (NodeSmsc separate = NodeSmsc.start();
                NodeSmsc transceiver = NodeSmsc.start();
                SmsProcess up = SmsProcess.start(
                        Map.of(),
                        "up",
                        "--json",
                        "--config",
                        configuration(separate.port(), transceiver.port()).toString(),
                        "--port-base",
                        Integer.toString(FreePorts.sevenInARow()))) {
            JsonNode ready = up.ready();
            assertThat(ready.has("smsc"))
                    .as("no simulator beside a configured SMSC")
                    .isFalse();
            Map<String, String> address = Map.of(
                    "SMS_KAFKA__BOOTSTRAP_SERVERS", ready.path("kafka").asText(),
                    "SMS_SCHEMA_REGISTRY__URL", ready.path("registry").asText());
            List<String> ids = List.of(
                    delivered(address, "separate", "+447700900126"),
                    delivered(address, "transceiver", "+447700900127"));
            try (SmsProcess watch = SmsProcess.start(
                    address, "watch", "inbound", "--max", "2", "--json", "--timeout", SmsProcess.SECONDS)) {
                assertThat(watch.exitCode()).isZero();
                assertThat(watch.json())
                        .extracting(inbound -> inbound.path("inReplyTo").asText())
                        .containsExactlyInAnyOrderElementsOf(ids);
            }
            assertThat(up.stop()).isZero();
            assertBoundAndSubmitted(separate, "transmitter", "receiver");
            assertBoundAndSubmitted(transceiver, "transceiver");
        }
    }

    private static String delivered(Map<String, String> address, String provider, String to) {
        try (SmsProcess send = SmsProcess.start(
                address,
                "send",
                "--provider",
                provider,
                "--to",
                to,
                "--text",
                TEXT,
                "--wait",
                "--json",
                "--timeout",
                SmsProcess.SECONDS)) {
            assertThat(send.exitCode()).isZero();
            return send.json().get(0).path("id").asText();
        }
    }

    private static void assertBoundAndSubmitted(NodeSmsc smsc, String... kinds) {
        assertThat(smsc.events())
                .filteredOn(event -> event.path("event").asText().equals("bind"))
                .extracting(event -> event.path("kind").asText())
                .as("a link that a busy machine lost is bound again")
                .hasSameElementsAs(List.of(kinds));
        assertThat(smsc.events())
                .filteredOn(event -> event.path("event").asText().equals("submit"))
                .extracting(event -> event.path("text").asText())
                .containsOnly(TEXT);
    }

    private Path configuration(int separate, int transceiver) throws IOException {
        return Files.writeString(directory.resolve("sms.yaml"), """
                providers:
                  - {alias: separate, type: smpp, host: 127.0.0.1, port: %d, system-id: demo, password: secret, from: "12345", bind: separate}
                  - {alias: transceiver, type: smpp, host: 127.0.0.1, port: %d, system-id: demo, password: secret, from: "12345", bind: transceiver}
                """.formatted(separate, transceiver));
    }
}
