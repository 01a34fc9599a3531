package io.smspipeline.provider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.settings.Settings;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallbackAddressesTest {
    private static final URI API = URI.create("https://api.example.com");
    private static final URI SIMULATOR = URI.create("http://127.0.0.1:2780");

    private static Optional<URI> read(String http, URI api) {
        Settings settings = Settings.parse("receiver: {http: {" + http + "}}", Map.of(), Set.of("receiver"));
        return CallbackAddresses.read(settings.root()).of(api, "us", WebhookKind.STATUS);
    }

    @Test
    void a_provider_is_told_the_public_address() {
        assertThat(read("path: s3cret, public-url: \"https://sms.example.com/\"", API))
                .contains(URI.create("https://sms.example.com/s3cret/us/status"));
        assertThat(read("path: /s3cret/, public-url: \"https://sms.example.com/s3cret\"", SIMULATOR))
                .contains(URI.create("https://sms.example.com/s3cret/us/status"));
    }

    @Test
    void without_one_only_what_runs_on_this_machine_can_reach_us() {
        assertThat(read("path: s3cret, port: 7001", SIMULATOR))
                .contains(URI.create("http://127.0.0.1:7001/s3cret/us/status"));
        assertThat(read("path: s3cret, port: 7001", URI.create("http://localhost:2780")))
                .isPresent();
        assertThat(read("path: s3cret, port: 7001", API)).isEmpty();
        assertThat(read("path: s3cret, port: 0", SIMULATOR)).isEmpty();
        assertThat(read("path: s3cret", SIMULATOR)).isEmpty();
    }
}
