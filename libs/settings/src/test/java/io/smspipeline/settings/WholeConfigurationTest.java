package io.smspipeline.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example a newcomer is given is accepted whole, and a bad one is reported whole. */
class WholeConfigurationTest {
    private static final Set<String> TOP_LEVEL =
            Set.of("kafka", "schema-registry", "providers", "routes", "receipt-timeout", "health");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    enum Bind {
        SEPARATE,
        TRANSCEIVER
    }

    enum IdFormat {
        SAME,
        HEX_SUBMIT_DECIMAL_RECEIPT
    }

    record Provider(String alias, String type, @Nullable String from, Secret secret) {
        static Provider read(Section section) {
            String type = section.text("type").required();
            String from = section.text("from").orNull();
            return switch (type) {
                case "smpp" -> {
                    section.text("host").required();
                    section.integer("port").between(1, 65535).required();
                    section.text("system-id").required();
                    section.choice("bind", Bind.class).orElse(Bind.SEPARATE);
                    section.integer("binds").between(1, 64).orElse(1);
                    section.integer("window").atLeast(1).orElse(100);
                    section.decimal("parts-per-second").atLeast(0.0).orElse(0.0);
                    section.choice("message-id-format", IdFormat.class).orElse(IdFormat.SAME);
                    section.section("tls").flag("enabled").orElse(false);
                    yield new Provider(
                            section.alias(),
                            type,
                            from,
                            section.secret("password").required());
                }
                case "twilio" -> {
                    section.text("account-sid").required();
                    section.uri("base-url").orElse(URI.create("https://api.twilio.com"));
                    yield new Provider(
                            section.alias(),
                            type,
                            from,
                            section.secret("auth-token").required());
                }
                default -> {
                    section.readInPart().fault("type", type + " is not a known type", "set smpp or twilio");
                    yield new Provider(section.alias(), type, from, Secret.of(""));
                }
            };
        }
    }

    record Rule(String name, Map<String, String> when, List<Entry> to) {
        static Rule read(Section section) {
            return new Rule(section.text("name").required(), section.map("when"), section.entries("to"));
        }
    }

    record Whole(Map<String, String> kafka, URI registry, List<Provider> providers, List<Rule> rules) {
        static Whole read(Section root) {
            List<Provider> providers = new ArrayList<>();
            root.aliased("providers").forEach(p -> p.made(Provider::read).ifPresent(providers::add));
            List<Rule> rules = new ArrayList<>();
            root.sections("routes").forEach(r -> r.made(Rule::read).ifPresent(rules::add));
            return new Whole(
                    root.map("kafka"),
                    root.section("schema-registry").uri("url").required(),
                    providers,
                    rules);
        }
    }

    private String example(Path twilio) {
        return """
                kafka: {bootstrap.servers: "localhost:9092"}
                schema-registry: {url: "http://localhost:8081"}
                providers:
                  - alias: primary              # the first provider is the default one
                    type: smpp
                    host: 127.0.0.1
                    port: 2775
                    system-id: demo
                    password: secret            # or password-file
                    from: "12345"               # default sender
                    bind: separate              # separate | transceiver
                    binds: 1                    # of each kind
                    window: 100
                    parts-per-second: 0         # 0 = no limit of ours
                    message-id-format: same
                    tls: {enabled: false}
                  - {alias: us, type: twilio, account-sid: AC…, auth-token-file: %s, base-url: "https://api.twilio.com"}
                routes:
                  - {name: otp, when: {label.type: otp}, to: [primary, us]}
                  - {name: usa, when: {to-prefix: "+1"}, to: [{us: 90}, {primary: 10}]}
                """.formatted(twilio);
    }

    @Test
    void the_example_is_accepted_whole() throws Exception {
        Path twilio = Files.writeString(folder.resolve("twilio"), "a-token\n");
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), example(twilio));

        Whole whole = Settings.read(file, Map.of(), TOP_LEVEL).as(Whole::read);

        assertThat(whole)
                .isEqualTo(new Whole(
                        Map.of("bootstrap.servers", "localhost:9092"),
                        URI.create("http://localhost:8081"),
                        List.of(
                                new Provider("primary", "smpp", "12345", Secret.of("secret")),
                                new Provider("us", "twilio", null, Secret.of("a-token"))),
                        List.of(
                                new Rule(
                                        "otp",
                                        Map.of("label.type", "otp"),
                                        List.of(new Entry("primary", null), new Entry("us", null))),
                                new Rule(
                                        "usa",
                                        Map.of("to-prefix", "+1"),
                                        List.of(new Entry("us", "90"), new Entry("primary", "10"))))));
    }

    @Test
    void a_wrong_port_a_missing_password_an_unknown_key_and_one_alias_twice_are_reported_together() {
        String yaml = """
                schema-registry: {url: "http://localhost:8081"}
                providers:
                  - {alias: primary, type: smpp, host: 127.0.0.1, port: 99999, system-id: demo, password: secret}
                  - {alias: second, type: smpp, host: 127.0.0.1, port: 2775, system-id: demo}
                  - {alias: primary, type: smpp, host: 127.0.0.1, port: 2775, system-id: demo, password: x, windw: 5}
                """;

        assertThatThrownBy(() -> Settings.parse(yaml, Map.of(), TOP_LEVEL).as(Whole::read))
                .isInstanceOf(SettingsException.class)
                .hasMessage("""
                        4 faults in the configuration:
                        providers[2].alias: primary is already the alias of providers[0]; give each an alias of its own
                        providers[0].port: 99999 is not between 1 and 65535; set a value in that range
                        providers[1].password: is missing; set password or password-file, or SMS_PROVIDERS__SECOND__PASSWORD
                        providers[2].windw: is not a known key; did you mean window?""");
    }

    @Test
    void what_is_printed_is_accepted_again_and_shows_no_secret() throws Exception {
        Path twilio = Files.writeString(folder.resolve("twilio"), "a-token\n");
        Settings settings = Settings.parse(
                example(twilio).replace("password: secret", "password: hush-hush"),
                Map.of("SMS_KAFKA__SASL_JAAS_CONFIG", "hush", "SMS_PROVIDERS__PRIMARY__PORT", "2776"),
                TOP_LEVEL);
        settings.as(Whole::read);

        String printed = settings.print();

        assertThat(printed)
                .doesNotContain("hush", "a-token")
                .contains("sasl.jaas.config", "port: 2776", "from: \"12345\"", "auth-token-file:");
        Settings again = Settings.parse(printed, Map.of(), TOP_LEVEL);
        again.as(Whole::read);
        assertThat(again.print()).isEqualTo(printed);
    }
}
