package io.smspipeline.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A registry reached over Confluent's REST interface, which Confluent, Redpanda, Karapace and Apicurio (ccompat) speak.
 * What was learnt once is kept: ids and schemas never change. Safe for use by many threads.
 */
public final class RestSchemaRegistry implements SchemaRegistry {
    private static final String JSON = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final RegistrySettings settings;
    private final HttpClient http;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<String, Map<Schema, Integer>> ids = new ConcurrentHashMap<>();

    /** Opens nothing: the first look-up connects. */
    public RestSchemaRegistry(RegistrySettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
    }

    @Override
    public int idOf(String subject, Schema schema) {
        Map<Schema, Integer> known = ids.computeIfAbsent(subject, name -> new ConcurrentHashMap<>());
        Integer id = known.get(schema);
        if (id == null) {
            id = settings.autoRegister() ? register(subject, schema) : lookUp(subject, schema);
            known.put(schema, id);
        }
        return id;
    }

    @Override
    public Schema byId(int id) {
        Schema schema = schemas.get(id);
        if (schema == null) {
            JsonNode answer = expect(ask("GET", "/schemas/ids/" + id, null), "schema id " + id);
            schema = new Schema.Parser().parse(answer.path("schema").asText());
            schemas.put(id, schema);
        }
        return schema;
    }

    /** Registers {@code schema} under {@code subject} whatever {@code auto.register.schemas} says; answers its id. */
    public int register(String subject, Schema schema) {
        return expect(ask("POST", "/subjects/" + encoded(subject) + "/versions", body(schema)), "subject " + subject)
                .path("id")
                .asInt();
    }

    private int lookUp(String subject, Schema schema) {
        return expect(ask("POST", "/subjects/" + encoded(subject), body(schema)), "subject " + subject)
                .path("id")
                .asInt();
    }

    /** Whether this very schema is registered under {@code subject}. */
    public boolean holds(String subject, Schema schema) {
        return ask("POST", "/subjects/" + encoded(subject), body(schema)).status() == 200;
    }

    /** The compatibility level set for {@code subject} itself; empty when only the global one applies. */
    public Optional<String> compatibilityOf(String subject) {
        Answer answer = ask("GET", "/config/" + encoded(subject), null);
        if (answer.status() == 404) {
            return Optional.empty();
        }
        return Optional.of(
                expect(answer, "subject " + subject).path("compatibilityLevel").asText());
    }

    /** Sets the compatibility level of {@code subject}, such as {@code FULL_TRANSITIVE}. */
    public void setCompatibility(String subject, String level) {
        ObjectNode body = MAPPER.createObjectNode().put("compatibility", level);
        expect(ask("PUT", "/config/" + encoded(subject), body.toString()), "subject " + subject);
    }

    /** Names of all subjects. */
    public List<String> subjects() {
        List<String> names = new ArrayList<>();
        expect(ask("GET", "/subjects", null), "subjects").forEach(name -> names.add(name.asText()));
        return names;
    }

    private record Answer(int status, JsonNode body) {}

    private static JsonNode expect(Answer answer, String what) {
        if (answer.status() / 100 == 2) {
            return answer.body();
        }
        throw SchemaRegistryException.refused("the schema registry refuses " + what + ": HTTP " + answer.status()
                + ", error " + answer.body().path("error_code").asInt() + ", "
                + answer.body().path("message").asText("no message"));
    }

    private Answer ask(String method, String path, @Nullable String body) {
        IOException last = null;
        for (URI url : settings.urls()) {
            try {
                HttpResponse<String> response = http.send(
                        request(url, method, path, body), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
                if (response.statusCode() >= 500) {
                    last = new IOException("HTTP " + response.statusCode());
                    continue;
                }
                return new Answer(response.statusCode(), parse(response.body()));
            } catch (IOException e) {
                last = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw SchemaRegistryException.unreachable("interrupted while asking the schema registry", e);
            }
        }
        throw SchemaRegistryException.unreachable(
                "no answer from the schema registry at " + settings.urls() + " (" + last + "). Check "
                        + RegistrySettings.URL + " and that the registry runs.",
                last == null ? new IOException("no address") : last);
    }

    private HttpRequest request(URI url, String method, String path, @Nullable String body) {
        String base = url.toString();
        URI target = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(settings.timeout())
                .header("Accept", JSON)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (body != null) {
            request.header("Content-Type", JSON);
        }
        settings.userInfo()
                .ifPresent(user -> request.header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8))));
        return request.build();
    }

    private static JsonNode parse(String body) throws IOException {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IOException("the answer is no JSON: is this really a schema registry?", e);
        }
    }

    private static String body(Schema schema) {
        return MAPPER.createObjectNode().put("schema", schema.toString()).toString();
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8);
    }
}
