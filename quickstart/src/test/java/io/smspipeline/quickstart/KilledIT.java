package io.smspipeline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything in one JVM, killed hard and started again on the same data. */
class KilledIT {
    private static final int MESSAGES = 3_000;

    @TempDir
    private Path data;

    @Test
    void what_was_published_before_the_kill_is_delivered_afterwards() {
        String base = Integer.toString(FreePorts.sevenInARow());
        Set<String> published;
        try (SmsProcess up = up(base)) {
            Map<String, String> address = address(up.ready());
            String input = IntStream.range(0, MESSAGES)
                    .mapToObj("{\"to\":\"+4477009%1$05d\",\"text\":\"before the kill %1$d\"}"::formatted)
                    .collect(Collectors.joining("\n"));
            try (SmsProcess send = SmsProcess.start(address, "send", "--stdin").fed(input)) {
                assertThat(send.exitCode()).isZero();
                published = send.json().stream()
                        .map(line -> line.path("id").asText())
                        .collect(Collectors.toSet());
            }
            up.kill();
        }
        assertThat(published).hasSize(MESSAGES);

        try (SmsProcess up = up(base);
                SmsProcess watch = SmsProcess.start(address(up.ready()), "watch", "status", "--json")) {
            Awaitility.await("every message is DELIVERED")
                    .atMost(SmsProcess.PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        Map<String, List<String>> ends = ends(watch);
                        return published.stream()
                                .allMatch(id -> ends.getOrDefault(id, List.of()).contains("DELIVERED"));
                    });
            assertThat(ends(watch).values()).as("one final state each").allMatch(all -> all.size() == 1);
            assertThat(up.stop()).isZero();
        }
    }

    /** The final states of each message so far. */
    private static Map<String, List<String>> ends(SmsProcess watch) {
        return watch.json().stream()
                .filter(status -> status.path("final").asBoolean())
                .collect(Collectors.groupingBy(
                        status -> status.path("messageId").asText(),
                        Collectors.mapping(status -> status.path("state").asText(), Collectors.toList())));
    }

    private SmsProcess up(String base) {
        return SmsProcess.start(Map.of(), "up", "--json", "--port-base", base, "--data", data.toString());
    }

    private static Map<String, String> address(JsonNode ready) {
        return Map.of(
                "SMS_KAFKA__BOOTSTRAP_SERVERS", ready.path("kafka").asText(),
                "SMS_SCHEMA_REGISTRY__URL", ready.path("registry").asText());
    }
}
