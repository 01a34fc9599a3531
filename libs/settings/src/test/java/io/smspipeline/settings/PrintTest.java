package io.smspipeline.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code config print} shows: everything that is in force, and no secret. */
class PrintTest {
    @TempDir
    private Path folder;

    @Test
    void defaults_and_the_environment_are_shown_in_place() {
        Settings settings = Settings.parse(
                "health: {port: 1}\nlog: {level: info}\n", Map.of("SMS_HEALTH__HOST", "h"), Set.of("health", "log"));
        Section health = settings.root().section("health");
        health.integer("port").required();
        health.text("host").orElse("127.0.0.1");
        health.duration("patience").orElse(Duration.ofSeconds(30));
        health.text("absent").orNull();
        health.section("tls").flag("enabled").orElse(false);

        assertThat(settings.print()).isEqualTo("""
                        health:
                          port: 1
                          host: h
                          patience: 30s
                          tls:
                            enabled: false
                        log:
                          level: info
                        """);
    }

    @Test
    void no_secret_is_shown_wherever_it_stands() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "hush");
        Settings settings = Settings.parse(
                """
                kafka:
                  sasl.jaas.config: hush
                  ssl.keystore.password: hush
                  schema.registry.url: http://user:hush@registry:8081
                  security.protocol: SASL_SSL
                receiver: {api-key: hush, signature-secret: hush, public-url: "http://me:hush@host/x"}
                providers:
                  - {alias: a, code: hush, password: hush, token-file: %s}
                """.formatted(file), Map.of("SMS_PROVIDERS__A__PIN", "hush"), Set.of("kafka", "receiver", "providers"));
        settings.root().map("kafka");
        Section provider = settings.root().aliased("providers").get(0);
        provider.secret("code").required();
        provider.secret("token").required();
        provider.secret("pin").required();
        provider.text("password").required();

        assertThat(settings.print())
                .doesNotContain("hush")
                .contains("security.protocol: SASL_SSL", "http://***@registry:8081", "http://***@host/x");
        assertThat(settings.faults().report()).doesNotContain("hush");
    }

    @Test
    void nothing_is_printed_as_nothing() {
        assertThat(Settings.parse("", Map.of(), Set.of()).print()).isEmpty();
    }
}
