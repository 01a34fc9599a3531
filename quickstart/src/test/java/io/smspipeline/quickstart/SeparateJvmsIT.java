package io.smspipeline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broker, registry, SMSC and every service, each in a JVM of its own. */
class SeparateJvmsIT {
    @TempDir
    private Path directory;

    @Test
    void services_in_separate_jvms_give_the_same_result() throws IOException {
        try (SmsProcess smsc = SmsProcess.start(Map.of(), "smsc", "--port", "0", "--http-port", "0", "--json");
                SmsProcess broker = SmsProcess.start(Map.of(), "run", "broker", "--port", "0", "--json")) {
            Map<String, String> address = new HashMap<>();
            address.put(
                    "SMS_KAFKA__BOOTSTRAP_SERVERS", broker.ready().path("kafka").asText());
            try (SmsProcess registry = SmsProcess.start(address, "run", "registry", "--port", "0", "--json")) {
                address.put(
                        "SMS_SCHEMA_REGISTRY__URL",
                        registry.ready().path("registry").asText());
                String config = configuration(smsc.ready()).toString();
                expectDone(address, "topics", "apply", "--config", config);
                expectDone(address, "topics", "check", "--config", config);
                try (SmsProcess router = SmsProcess.start(address, "run", "router", "--config", config);
                        SmsProcess sender = SmsProcess.start(address, "run", "sender", "--config", config);
                        SmsProcess receiver = SmsProcess.start(address, "run", "receiver", "--config", config)) {
                    String id = deliver(address);
                    JsonNode reply = reply(address);
                    assertThat(reply.path("inReplyTo").asText()).isEqualTo(id);
                    assertThat(List.of(sender.stop(), receiver.stop(), router.stop()))
                            .containsOnly(0);
                }
            }
        }
    }

    private static String deliver(Map<String, String> address) {
        try (SmsProcess send = SmsProcess.start(
                address,
                "send",
                "--to",
                "+447700900125",
                "--text",
                "Apart?",
                "--wait",
                "--json",
                "--timeout",
                SmsProcess.SECONDS)) {
            assertThat(send.exitCode()).isZero();
            assertThat(send.json().get(send.json().size() - 1).path("state").asText())
                    .isEqualTo("DELIVERED");
            return send.json().get(0).path("id").asText();
        }
    }

    private static JsonNode reply(Map<String, String> address) {
        try (SmsProcess watch = SmsProcess.start(
                address, "watch", "inbound", "--max", "1", "--json", "--timeout", SmsProcess.SECONDS)) {
            assertThat(watch.exitCode()).isZero();
            return watch.json().get(0);
        }
    }

    private static void expectDone(Map<String, String> address, String... arguments) {
        try (SmsProcess command = SmsProcess.start(address, arguments)) {
            assertThat(command.exitCode()).as(String.join(" ", arguments)).isZero();
        }
    }

    private Path configuration(JsonNode smsc) throws IOException {
        return Files.writeString(directory.resolve("sms.yaml"), """
                providers:
                  - {alias: primary, type: smpp, host: 127.0.0.1, port: %d, system-id: demo, password: secret, from: "12345"}
                """.formatted(
                        smsc.path("smsc").path("port").asInt()));
    }
}
