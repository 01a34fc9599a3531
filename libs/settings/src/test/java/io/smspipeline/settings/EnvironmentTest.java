package io.smspipeline.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The environment wins over the file, and a mistyped variable does not go unnoticed. */
class EnvironmentTest {
    private static final Set<String> TOP_LEVEL =
            Set.of("kafka", "schema-registry", "health", "providers", "receiver", "receipt-timeout");

    @TempDir
    private Path folder;

    private static Settings settings(String yaml, Map<String, String> environment) {
        return Settings.parse(yaml, environment, TOP_LEVEL);
    }

    @Test
    void a_variable_wins_over_the_file() {
        Settings settings = settings(
                "health: {port: 1}\nreceipt-timeout: 72h\n",
                Map.of(
                        "SMS_HEALTH__PORT", "2",
                        "SMS_SCHEMA_REGISTRY__URL", "http://registry:8081",
                        "SMS_RECEIVER__HTTP__PUBLIC_URL", "https://sms.example",
                        "SMS_RECEIPT_TIMEOUT", "1h"));
        Section root = settings.root();

        assertThat(root.section("health").integer("port").required()).isEqualTo(2);
        assertThat(root.section("schema-registry").uri("url").required()).hasHost("registry");
        assertThat(root.section("receiver").section("http").text("public-url").required())
                .isEqualTo("https://sms.example");
        assertThat(root.duration("receipt-timeout").required()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.faults().isEmpty()).isTrue();
    }

    @Test
    void an_element_of_a_list_is_reached_by_its_alias() {
        Settings settings = settings(
                "providers: [{alias: primary, port: 1}, {alias: us-east, port: 1}]\n",
                Map.of("SMS_PROVIDERS__US_EAST__PORT", "2", "SMS_PROVIDERS__US_EAST__TLS__ENABLED", "true"));

        var providers = settings.root().aliased("providers");

        assertThat(providers).extracting(p -> p.integer("port").required()).containsExactly(1, 2);
        assertThat(providers)
                .extracting(p -> p.section("tls").flag("enabled").orElse(false))
                .containsExactly(false, true);
        assertThat(settings.faults().isEmpty()).isTrue();
    }

    @Test
    void kafka_properties_pass_through_and_the_environment_writes_them_with_dots() {
        Settings settings = settings(
                "kafka: {bootstrap.servers: a:1, consumer: {fetch.min.bytes: 7}, odd-key: x}\n",
                Map.of(
                        "SMS_KAFKA__BOOTSTRAP_SERVERS", "b:2,c:3",
                        "SMS_KAFKA__SASL_JAAS_CONFIG", "j",
                        "SMS_KAFKA__ODD_KEY", "y",
                        "SMS_KAFKA__CONSUMER__FETCH_MAX_BYTES", "9"));

        assertThat(settings.root().has("kafka")).isTrue();
        assertThat(settings.root().map("kafka"))
                .containsOnly(
                        Map.entry("bootstrap.servers", "b:2,c:3"),
                        Map.entry("consumer.fetch.min.bytes", "7"),
                        Map.entry("consumer.fetch.max.bytes", "9"),
                        Map.entry("odd-key", "y"),
                        Map.entry("sasl.jaas.config", "j"));
        assertThat(settings.faults().isEmpty()).isTrue();
    }

    @Test
    void defaults_of_a_passed_through_map_give_way_to_file_and_environment() {
        Settings settings = settings("kafka: {acks: all}\n", Map.of("SMS_KAFKA__CLIENT_ID", "c"));

        assertThat(settings.root().map("kafka", Map.of("acks", "1", "client.id", "x", "bootstrap.servers", "a:1")))
                .containsOnly(
                        Map.entry("acks", "all"), Map.entry("client.id", "c"), Map.entry("bootstrap.servers", "a:1"));
        assertThat(settings.print()).contains("bootstrap.servers: a:1");
    }

    @Test
    void a_section_is_there_when_only_the_environment_speaks_of_it() {
        Section root =
                settings("", Map.of("SMS_KAFKA__BOOTSTRAP_SERVERS", "b:2")).root();

        assertThat(root.has("kafka")).isTrue();
        assertThat(root.has("health")).isFalse();
    }

    @Test
    void a_variable_with_FILE_behind_it_names_a_file_for_every_key() throws Exception {
        Path port = Files.writeString(folder.resolve("port"), "8090\r\n");
        Path jaas = Files.writeString(folder.resolve("jaas"), "user\nand password\n\n");
        Path password = Files.writeString(folder.resolve("password"), "hush\n");
        Settings settings = settings(
                "providers: [{alias: primary, password-file: /not/there}]\n",
                Map.of(
                        "SMS_HEALTH__PORT_FILE", port.toString(),
                        "SMS_KAFKA__SASL_JAAS_CONFIG_FILE", jaas.toString(),
                        "SMS_PROVIDERS__PRIMARY__PASSWORD_FILE", password.toString()));
        Section root = settings.root();

        assertThat(root.section("health").integer("port").required()).isEqualTo(8090);
        assertThat(root.map("kafka")).containsExactly(Map.entry("sasl.jaas.config", "user\nand password"));
        assertThat(root.aliased("providers").get(0).secret("password").required())
                .isEqualTo(Secret.of("hush"));
        assertThat(settings.faults().isEmpty()).isTrue();
    }

    @Test
    void a_wrong_variable_is_named_where_its_value_is_reported() {
        Settings settings = settings("health: {port: 1}\n", Map.of("SMS_HEALTH__PORT", "abc"));

        settings.root().section("health").integer("port").required();

        assertThat(settings.faults().all().toString())
                .isEqualTo("[health.port: SMS_HEALTH__PORT abc is not a whole number; write one]");
    }

    @Test
    void an_unusable_file_and_a_value_told_twice_are_faults() {
        Settings settings = settings(
                "",
                Map.of(
                        "SMS_HEALTH__PORT_FILE", "/not/there",
                        "SMS_HEALTH__HOST", "h",
                        "SMS_HEALTH__HOST_FILE", "/not/there"));
        Section health = settings.root().section("health");

        health.integer("port").required();
        health.text("host").required();

        assertThat(settings.faults().all().stream().map(Fault::toString))
                .containsExactly(
                        "health.port: the file /not/there that SMS_HEALTH__PORT_FILE names does not exist;"
                                + " write the value into it",
                        "health.host: SMS_HEALTH__HOST and SMS_HEALTH__HOST_FILE are both set; set one of them");
    }

    @Test
    void a_variable_that_names_no_key_of_a_section_that_is_read_is_a_fault() {
        Settings settings = settings(
                "providers: [{alias: primary, port: 1}]\n",
                Map.of(
                        "SMS_HEALTH__PROT", "1",
                        "SMS_PROVIDERS__PRIMARY__PROT", "1",
                        "SMS_PROVIDERS__PRIMRY__PORT", "1",
                        "SMS_KAFAK__X", "1"));
        settings.root().section("health").integer("port").orElse(0);
        settings.root().aliased("providers").forEach(p -> p.integer("port").required());

        assertThat(settings.faults().all().stream().map(Fault::toString))
                .containsExactlyInAnyOrder(
                        "SMS_HEALTH__PROT: is not a known key; did you mean SMS_HEALTH__PORT?",
                        "SMS_PROVIDERS__PRIMARY__PROT: is not a known key; did you mean SMS_PROVIDERS__PRIMARY__PORT?",
                        "SMS_PROVIDERS__PRIMRY__PORT: names no alias in providers;"
                                + " did you mean SMS_PROVIDERS__PRIMARY__PORT?",
                        "SMS_KAFAK__X: names no known section; did you mean SMS_KAFKA__X?");
    }

    @Test
    void variables_of_other_services_of_the_cluster_and_empty_ones_are_ignored() {
        Settings settings = settings(
                "providers: [{alias: primary, port: 1}]\n",
                Map.of(
                        "SMS_RECEIVER_SERVICE_HOST", "10.0.0.1",
                        "SMS_RECEIVER_PORT_8080_TCP_ADDR", "10.0.0.1",
                        "SMS_HEALTH__PORT", "1",
                        "SMS_PROVIDERS__PRIMARY__PORT", "2",
                        "SMS_RECEIVER__PROT", "",
                        "PATH", "/bin"));
        settings.root().section("receiver").text("path").orElse("x");
        settings.root().aliased("providers").forEach(Section::readInPart);

        assertThat(settings.faults().isEmpty()).isTrue();
    }
}
