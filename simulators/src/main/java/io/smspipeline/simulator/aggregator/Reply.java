package io.smspipeline.simulator.aggregator;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the API answers. */
record Reply(int status, Map<String, String> headers, byte[] body) {
    static Reply json(int status, JsonNode body) {
        return new Reply(
                status,
                Map.of("Content-Type", "application/json"),
                body.toString().getBytes(StandardCharsets.UTF_8));
    }

    Reply retryAfter(Duration pause) {
        if (pause.isZero()) {
            return this;
        }
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Retry-After", Long.toString((pause.toMillis() + 999) / 1_000));
        return new Reply(status, all, body);
    }
}
