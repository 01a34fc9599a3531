package io.smspipeline.localkafka.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.localkafka.registry.RegistryClient.Answer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(KafkaEnvExtension.class)
class LocalRegistryTest {

    private static final String TO = "{\"name\":\"to\",\"type\":\"string\"}";
    private static final String FROM_OPTIONAL = "{\"name\":\"from\",\"type\":[\"null\",\"string\"],\"default\":null}";
    private static final String FROM_REQUIRED = "{\"name\":\"from\",\"type\":\"string\"}";

    private final KafkaEnv env;
    private final RegistryClient registry;
    private String subject;

    LocalRegistryTest(KafkaEnv env) {
        this.env = env;
        this.registry = new RegistryClient(env.registryUrl());
    }

    @BeforeEach
    void everyTestHasItsOwnSubject(TestInfo test) {
        subject = test.getTestMethod().orElseThrow().getName() + "-"
                + test.getDisplayName().hashCode() + "-value";
    }

    /** A record type that only the test of this subject uses, so that ids of other tests do not matter. */
    private String schema(String... fields) {
        return "{\"type\":\"record\",\"name\":\"Of" + Integer.toHexString(subject.hashCode()) + "\",\"fields\":["
                + String.join(",", fields) + "]}";
    }

    @Test
    void a_registered_schema_is_found_by_id_by_version_and_by_itself() throws Exception {
        String schema = schema(TO);
        int id = registry.register(subject, schema);

        Answer byId = registry.get("/schemas/ids/" + id);
        assertThat(byId.contentType()).isEqualTo("application/vnd.schemaregistry.v1+json");
        assertThat(new Schema.Parser().parse(byId.ok().path("schema").asText()))
                .isEqualTo(new Schema.Parser().parse(schema));
        for (JsonNode found : List.of(
                registry.get("/subjects/" + subject + "/versions/1").ok(),
                registry.get("/subjects/" + subject + "/versions/latest").ok(),
                registry.postSchema("/subjects/" + subject, schema).ok())) {
            assertThat(found.path("subject").asText()).isEqualTo(subject);
            assertThat(found.path("version").asInt()).isEqualTo(1);
            assertThat(found.path("id").asInt()).isEqualTo(id);
            assertThat(found.path("schema")).isEqualTo(byId.body().path("schema"));
        }
        assertThat(registry.get("/subjects").ok().toString()).contains("\"" + subject + "\"");
        assertThat(registry.get("/subjects/" + subject + "/versions").ok().toString())
                .isEqualTo("[1]");
        assertThat(registry.get("/schemas/ids/" + id + "/versions").ok().toString())
                .isEqualTo("[{\"subject\":\"" + subject + "\",\"version\":1}]");
    }

    @Test
    void equal_schemas_have_one_id_in_every_subject_and_one_version_in_each() throws Exception {
        int id = registry.register(subject, schema(TO));

        assertThat(registry.register(subject, "  " + schema(" " + TO) + "\n")).isEqualTo(id);
        assertThat(registry.register("another-" + subject, schema(TO))).isEqualTo(id);
        assertThat(registry.get("/subjects/" + subject + "/versions").ok().toString())
                .isEqualTo("[1]");
        assertThat(registry.register(subject, schema(TO, FROM_OPTIONAL))).isNotEqualTo(id);
        assertThat(registry.get("/subjects/" + subject + "/versions").ok().toString())
                .isEqualTo("[1,2]");
    }

    @Test
    void many_who_register_at_once_get_one_id_for_each_schema() throws Exception {
        List<String> schemas = Stream.of("a", "b", "c", "d")
                .map(name -> schema(TO, "{\"name\":\"" + name + "\",\"type\":\"int\",\"default\":0}"))
                .toList();
        List<Callable<Integer>> registrations = new ArrayList<>();
        for (int client = 0; client < 8; client++) {
            schemas.forEach(schema -> registrations.add(() -> registry.register(subject, schema)));
        }
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Integer> ids = new ArrayList<>();
            for (Future<Integer> id : clients.invokeAll(registrations)) {
                ids.add(id.get());
            }
            assertThat(ids.stream().distinct()).hasSize(schemas.size());
            assertThat(registry.get("/subjects/" + subject + "/versions").ok()).hasSize(schemas.size());
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void full_transitive_refuses_a_new_field_without_default_and_says_why() throws Exception {
        registry.setLevel("/config/" + subject, "FULL_TRANSITIVE").ok();
        registry.register(subject, schema(TO));

        Answer refused = registry.postSchema("/subjects/" + subject + "/versions", schema(TO, FROM_REQUIRED));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorCode()).isEqualTo(409);
        assertThat(refused.message())
                .contains(subject, "FULL_TRANSITIVE", "cannot read version 1", "READER_FIELD_MISSING_DEFAULT_VALUE");
        assertThat(registry.get("/subjects/" + subject + "/versions").ok().toString())
                .isEqualTo("[1]");
        registry.register(subject, schema(TO, FROM_OPTIONAL));
    }

    /**
     * Version 1 has 'to', version 2 adds 'from' with a default. Candidates: 'from' required (reads 2, not 1, and both
     * read it); nothing but an optional 'note' (reads both; 1 cannot read it for want of 'to', nor can 2).
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "NONE,                true,  true",
        "BACKWARD,            true,  true",
        "BACKWARD_TRANSITIVE, false, true",
        "FORWARD,             true,  false",
        "FORWARD_TRANSITIVE,  true,  false",
        "FULL,                true,  false",
        "FULL_TRANSITIVE,     false, false"
    })
    void each_level_compares_in_its_directions_with_its_versions(String level, boolean fromRequired, boolean withoutTo)
            throws Exception {
        registry.setLevel("/config/" + subject, level).ok();
        registry.register(subject, schema(TO));
        registry.register(subject, schema(TO, FROM_OPTIONAL));
        String note = "{\"name\":\"note\",\"type\":\"string\",\"default\":\"\"}";

        assertThat(isCompatible("/versions", schema(TO, "{\"name\":\"from\",\"type\":[\"null\",\"string\"]}")))
                .isEqualTo(fromRequired);
        assertThat(isCompatible("/versions", schema(note))).isEqualTo(withoutTo);
    }

    private boolean isCompatible(String versions, String schema) throws Exception {
        return registry.postSchema("/compatibility/subjects/" + subject + versions, schema)
                .ok()
                .path("is_compatible")
                .asBoolean();
    }

    @Test
    void compatibility_with_one_version_is_told_without_registering() throws Exception {
        assertThat(isCompatible("/versions/latest", schema(TO))).isTrue();
        registry.register(subject, schema(TO));

        Answer verbose = registry.postSchema(
                "/compatibility/subjects/" + subject + "/versions/1?verbose=true", schema(TO, FROM_REQUIRED));
        assertThat(verbose.ok().path("is_compatible").asBoolean()).isFalse();
        assertThat(verbose.body().path("messages").toString()).contains("cannot read version 1");
        assertThat(isCompatible("/versions/latest", schema(TO, FROM_OPTIONAL))).isTrue();
        assertThat(registry.postSchema("/compatibility/subjects/" + subject + "/versions/7", schema(TO))
                        .errorCode())
                .isEqualTo(40402);
        assertThat(registry.get("/subjects/" + subject + "/versions").ok().toString())
                .isEqualTo("[1]");
    }

    @Test
    void a_subject_follows_the_global_level_until_it_has_its_own() throws Exception {
        assertThat(registry.get("/config").ok().path("compatibilityLevel").asText())
                .isEqualTo("BACKWARD");
        assertThat(registry.get("/config/" + subject).errorCode()).isEqualTo(40408);
        assertThat(registry.get("/config/" + subject + "?defaultToGlobal=true")
                        .ok()
                        .path("compatibilityLevel")
                        .asText())
                .isEqualTo("BACKWARD");

        assertThat(registry.setLevel("/config/" + subject, "full")
                        .ok()
                        .path("compatibility")
                        .asText())
                .isEqualTo("FULL");
        assertThat(registry.get("/config/" + subject)
                        .ok()
                        .path("compatibilityLevel")
                        .asText())
                .isEqualTo("FULL");
        registry.delete("/config/" + subject).ok();
        assertThat(registry.get("/config/" + subject).errorCode()).isEqualTo(40408);
        assertThat(registry.setLevel("/config/" + subject, "SOMETIMES").errorCode())
                .isEqualTo(42203);
    }

    @Test
    void what_is_not_there_is_refused_with_the_code_clients_look_for() throws Exception {
        registry.register(subject, schema(TO));

        assertRefused(registry.get("/subjects/unknown/versions"), 404, 40401);
        assertRefused(registry.get("/subjects/unknown/versions/latest"), 404, 40401);
        assertRefused(registry.postSchema("/subjects/unknown", schema(TO)), 404, 40401);
        assertRefused(registry.get("/subjects/" + subject + "/versions/2"), 404, 40402);
        assertRefused(registry.postSchema("/subjects/" + subject, schema(FROM_OPTIONAL)), 404, 40403);
        assertRefused(registry.get("/schemas/ids/999999"), 404, 40403);
        assertRefused(registry.get("/subjects/" + subject + "/versions/first"), 422, 42202);
        assertRefused(registry.get("/elsewhere"), 404, 404);
        assertRefused(registry.send("PUT", "/subjects", "{}"), 404, 404);
    }

    @Test
    void what_is_no_avro_schema_is_refused() throws Exception {
        String versions = "/subjects/" + subject + "/versions";

        assertRefused(registry.postSchema(versions, "{\"type\":\"recrod\"}"), 422, 42201);
        assertRefused(registry.send("POST", versions, "{}"), 422, 42201);
        assertRefused(
                registry.send("POST", versions, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message A {}\"}"),
                422,
                42201);
        assertRefused(
                registry.send(
                        "POST",
                        versions,
                        "{\"schema\":\"\\\"string\\\"\",\"references\":[{\"name\":\"a\",\"subject\":\"a\",\"version\":1}]}"),
                422,
                42201);
        assertRefused(registry.send("POST", versions, "schema=string"), 400, 400);
        assertRefused(registry.get(versions), 404, 40401);
    }

    private static void assertRefused(Answer answer, int status, int code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.errorCode()).as(answer.toString()).isEqualTo(code);
        assertThat(answer.message()).isNotEmpty();
        assertThat(answer.contentType()).isEqualTo("application/vnd.schemaregistry.v1+json");
    }

    @Test
    void a_deleted_subject_is_gone_while_records_with_its_ids_stay_readable() throws Exception {
        int id = registry.register(subject, schema(TO));

        assertThat(registry.delete("/subjects/" + subject).ok().toString()).isEqualTo("[1]");

        assertRefused(registry.get("/subjects/" + subject + "/versions"), 404, 40401);
        assertRefused(registry.delete("/subjects/" + subject), 404, 40404);
        assertThat(registry.get("/subjects").ok().toString()).doesNotContain("\"" + subject + "\"");
        registry.get("/schemas/ids/" + id).ok();
        assertThat(registry.register(subject, schema(TO))).isEqualTo(id);
        assertThat(registry.get("/subjects/" + subject + "/versions").ok().toString())
                .isEqualTo("[2]");
        assertThat(registry.delete("/subjects/" + subject + "/versions/2").ok().asInt())
                .isEqualTo(2);
        assertThat(registry.delete("/subjects/" + subject + "?permanent=true").status())
                .isEqualTo(422);
    }

    @Test
    void a_subject_may_contain_what_must_be_encoded_in_a_path() throws Exception {
        int id = registry.register("%3A.ctx%3Aa%2Fb+c%20d", schema(TO));

        assertThat(registry.get("/schemas/ids/" + id + "/subjects").ok().toString())
                .isEqualTo("[\":.ctx:a/b+c d\"]");
    }

    @Test
    void a_registry_started_again_on_the_same_broker_goes_on_with_the_same_ids() throws Exception {
        int first = registry.register(subject, schema(TO));
        registry.setLevel("/config/" + subject, "FULL_TRANSITIVE").ok();
        registry.register("deleted-" + subject, schema(FROM_OPTIONAL));
        registry.delete("/subjects/deleted-" + subject).ok();

        try (LocalRegistry again = LocalRegistry.start(env.bootstrapServers(), 0)) {
            RegistryClient after = new RegistryClient(again.url());
            assertThat(again.port()).isPositive();
            assertThat(after.register(subject, schema(TO))).isEqualTo(first);
            assertThat(after.get("/config/" + subject)
                            .ok()
                            .path("compatibilityLevel")
                            .asText())
                    .isEqualTo("FULL_TRANSITIVE");
            assertThat(after.get("/subjects").ok())
                    .isEqualTo(registry.get("/subjects").ok());
            assertRefused(after.get("/subjects/deleted-" + subject + "/versions"), 404, 40401);
        }
    }

    @Test
    void a_port_in_use_is_named() {
        int taken = Integer.parseInt(env.registryUrl().replaceAll(".*:", ""));

        assertThatThrownBy(() -> LocalRegistry.start(env.bootstrapServers(), taken))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("port " + taken);
    }
}
