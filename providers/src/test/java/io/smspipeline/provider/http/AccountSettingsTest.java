package io.smspipeline.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.ProviderCatalogue;
import io.smspipeline.settings.Fault;
import io.smspipeline.settings.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How accounts at HTTP providers are configured. */
class AccountSettingsTest {
    private record Read(List<ConfiguredProvider> providers, List<String> faults) {}

    private static Read read(Map<String, String> environment, String flow) {
        Settings settings =
                Settings.parse("providers: [{alias: one, " + flow + "}]\n", environment, Set.of("providers"));
        List<ConfiguredProvider> providers = ProviderCatalogue.onClassPath().read(settings.root());
        return new Read(
                providers, settings.faults().all().stream().map(Fault::toString).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type: twilio, account-sid: AC1, auth-token: t",
                "type: twilio, account-sid: AC1, auth-token: t, api-key: SK1, api-key-secret: s, messaging-service-sid: MG1,"
                        + " status-callback: 'https://sms.example/x/us/status', from: '+15550001'",
                "type: vonage, api-key: k, api-secret: s",
                "type: vonage, api-key: k, api-secret: s, signature-secret: x, signature-method: sha256hmac, from: ACME",
                "type: bulksms, token-id: i, token-secret: s, webhook-secret: w",
                "type: clickatell, api-key: k, webhook-secret: w",
                "type: clickatell, api-key: k, base-url: 'http://127.0.0.1:1', window: 5, parts-per-second: 10,"
                        + " max-unrecorded: 50, patience: 1s, response-timeout: 2s, connect-timeout: 1s, check: 5s,"
                        + " refused-pause: 10s, look-up: 0s"
            })
    void these_keys_are_enough_and_known(String keys) {
        Read read = read(Map.of(), keys);

        assertThat(read.faults()).isEmpty();
        assertThat(read.providers())
                .singleElement()
                .satisfies(provider ->
                        assertThat(provider.webhooks(Clock.systemUTC())).isPresent());
    }

    @Test
    void what_is_missing_is_told_all_together() {
        assertThat(read(Map.of(), "type: twilio, base-url: 'ftp://x', api-key: SK1")
                        .faults())
                .hasSize(4)
                .anySatisfy(fault -> assertThat(fault).contains("providers[0].account-sid", "is missing"))
                .anySatisfy(fault -> assertThat(fault).contains("auth-token", "auth-token-file"))
                .anySatisfy(fault -> assertThat(fault).contains("api-key-secret"))
                .anySatisfy(fault -> assertThat(fault).contains("base-url", "https://"));
    }

    @Test
    void a_secret_may_come_from_the_environment_and_is_never_shown() {
        Read read = read(Map.of("SMS_PROVIDERS__ONE__AUTH_TOKEN", "very-secret"), "type: twilio, account-sid: AC1");

        assertThat(read.faults()).isEmpty();
        assertThat(read.providers().toString()).doesNotContain("very-secret");
    }
}
