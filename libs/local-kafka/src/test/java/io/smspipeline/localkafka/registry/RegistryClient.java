package io.smspipeline.localkafka.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Speaks the registry's HTTP interface as written, so that tests see what any client sees. */
final class RegistryClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    RegistryClient(String url) {
        this.url = url;
    }

    /** @param body null where the answer had none */
    record Answer(int status, String contentType, JsonNode body) {

        /** What is there when all went well. */
        JsonNode ok() {
            if (status != 200) {
                throw new AssertionError("HTTP " + status + ": " + body);
            }
            return body;
        }

        int errorCode() {
            return body.path("error_code").asInt();
        }

        String message() {
            return body.path("message").asText();
        }
    }

    Answer get(String path) throws Exception {
        return send("GET", path, "");
    }

    Answer delete(String path) throws Exception {
        return send("DELETE", path, "");
    }

    Answer postSchema(String path, String schema) throws Exception {
        return send("POST", path, JSON.createObjectNode().put("schema", schema).toString());
    }

    int register(String subject, String schema) throws Exception {
        return postSchema("/subjects/" + subject + "/versions", schema)
                .ok()
                .path("id")
                .asInt();
    }

    Answer setLevel(String path, String level) throws Exception {
        return send(
                "PUT", path, JSON.createObjectNode().put("compatibility", level).toString());
    }

    Answer send(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(Duration.ofSeconds(60))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                JSON.readTree(response.body()));
    }
}
