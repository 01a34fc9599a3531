package io.smspipeline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same way against an SMSC on node-smpp, which reads our octets with its own eyes. */
class NodeSmscIT {
    private static final String TEXT = "Grüße [€] from node?";

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "bind: {0}")
    @ValueSource(strings = {"separate", "transceiver"})
    void a_message_is_delivered_and_answered(String bind) throws IOException {
        try (NodeSmsc smsc = NodeSmsc.start();
                SmsProcess up = SmsProcess.start(
                        Map.of(),
                        "up",
                        "--json",
                        "--config",
                        configuration(smsc.port(), bind).toString(),
                        "--port-base",
                        Integer.toString(FreePorts.sevenInARow()))) {
            JsonNode ready = up.ready();
            assertThat(ready.has("smsc"))
                    .as("no simulator beside a configured SMSC")
                    .isFalse();
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
                    TEXT,
                    "--wait",
                    "--json",
                    "--timeout",
                    SmsProcess.SECONDS)) {
                assertThat(send.exitCode()).isZero();
                id = send.json().get(0).path("id").asText();
            }
            try (SmsProcess watch = SmsProcess.start(
                    address, "watch", "inbound", "--max", "1", "--json", "--timeout", SmsProcess.SECONDS)) {
                assertThat(watch.exitCode()).isZero();
                assertThat(watch.json().get(0).path("inReplyTo").asText()).isEqualTo(id);
            }
            assertThat(up.stop()).isZero();
            List<String> binds = smsc.events().stream()
                    .filter(event -> event.path("event").asText().equals("bind"))
                    .map(event -> event.path("kind").asText())
                    .toList();
            assertThat(binds)
                    .as("a link that a busy machine lost is bound again")
                    .hasSameElementsAs(
                            bind.equals("separate") ? List.of("transmitter", "receiver") : List.of("transceiver"));
            assertThat(smsc.events())
                    .filteredOn(event -> event.path("event").asText().equals("submit"))
                    .extracting(event -> event.path("text").asText())
                    .containsOnly(TEXT);
        }
    }

    private Path configuration(int port, String bind) throws IOException {
        return Files.writeString(directory.resolve("sms.yaml"), """
                providers:
                  - {alias: node, type: smpp, host: 127.0.0.1, port: %d, system-id: demo, password: secret, from: "12345", bind: %s}
                """.formatted(port, bind));
    }
}
