package io.smspipeline.localkafka.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;

/**
 * What a client asks, taken apart.
 *
 * @param method GET, POST, PUT or DELETE
 * @param path its segments, decoded; a subject may contain slashes, which arrive encoded
 * @param query as sent, empty when there is none
 * @param body empty when there is none
 */
record Request(String method, List<String> path, String query, String body) {

    /** Far above any schema a person wrote. */
    private static final int LARGEST_BODY = 4 * 1024 * 1024;

    static Request of(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw Refusal.tooLarge(LARGEST_BODY);
        }
        String query = exchange.getRequestURI().getRawQuery();
        return new Request(
                exchange.getRequestMethod(),
                segments(exchange.getRequestURI().getRawPath()),
                query == null ? "" : query,
                new String(body, StandardCharsets.UTF_8));
    }

    private static List<String> segments(String rawPath) {
        return Arrays.stream(rawPath.split("/", -1))
                .filter(segment -> !segment.isEmpty())
                // In a path, unlike in a form, a plus sign is a plus sign.
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    /** Whether the query says {@code name=true}. */
    boolean flag(String name) {
        return Arrays.asList(query.split("&", -1)).contains(name + "=true");
    }

    /** The {@code schema} of the body, which must be Avro without references. */
    Schema schema() {
        JsonNode body = json();
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw Refusal.invalidSchema("schemaType is " + type + ", and this local registry knows AVRO only");
        }
        if (!body.path("references").isEmpty()) {
            throw Refusal.invalidSchema("references to other subjects are not supported by this local registry;"
                    + " write the referenced types into the schema");
        }
        if (!body.path("schema").isTextual()) {
            throw Refusal.invalidSchema("the request has no field 'schema' with the schema as a string");
        }
        return SchemaVersion.parse(body.path("schema").asText());
    }

    /** The {@code compatibility} of the body. */
    CompatibilityLevel level() {
        String name = json().path("compatibility").asText();
        return CompatibilityLevel.named(name).orElseThrow(() -> Refusal.invalidLevel(name));
    }

    private JsonNode json() {
        try {
            return RegistryRecord.JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw Refusal.malformed("the body is no JSON: " + e.getOriginalMessage());
        }
    }
}
