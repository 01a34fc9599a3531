package io.smspipeline.provider.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.ProviderCatalogue;
import io.smspipeline.settings.Fault;
import io.smspipeline.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SmppSettingsTest {
    private record Read(List<ConfiguredProvider> providers, List<String> faults) {}

    private static Read read(Map<String, String> environment, String... keys) {
        String yaml = "providers:\n  - alias: primary\n    type: smpp\n    " + String.join("\n    ", keys) + "\n";
        Settings settings = Settings.parse(yaml, environment, Set.of("providers"));
        List<ConfiguredProvider> providers = ProviderCatalogue.onClassPath().read(settings.root());
        return new Read(
                providers, settings.faults().all().stream().map(Fault::toString).toList());
    }

    private static Read read(String... keys) {
        return read(Map.of(), keys);
    }

    private static Read valid(String... keys) {
        String[] all = new String[keys.length + 3];
        all[0] = "host: smsc.example";
        all[1] = "system-id: demo";
        all[2] = "password: secret";
        System.arraycopy(keys, 0, all, 3, keys.length);
        return read(all);
    }

    @Test
    void three_keys_are_enough() {
        Read read = valid();

        assertThat(read.faults()).isEmpty();
        assertThat(read.providers()).hasSize(1);
        assertThat(read.providers().get(0).pace().window()).isEqualTo(10);
        assertThat(read.providers().get(0).pace().patience()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void every_key_is_known() {
        assertThat(valid(
                                "port: 3550",
                                "hosts: [\"second.example:2776\", third.example]",
                                "first-host-check: 30s",
                                "system-type: VMA",
                                "service-type: CMT",
                                "from: \"12345\"",
                                "bind: transceiver",
                                "binds: 4",
                                "window: 50",
                                "parts-per-second: 100",
                                "max-unrecorded: 500",
                                "max-unconfirmed: 1000",
                                "patience: 5s",
                                "response-timeout: 30s",
                                "enquire-link: 15s",
                                "connect-timeout: 5s",
                                "rebind: {initial: 2s, max: 30s, refused: 5m}",
                                "address-range: \"^44\"",
                                "addr-ton: 1",
                                "addr-npi: 1",
                                "source-ton: 0",
                                "source-npi: 1",
                                "destination-ton: 1",
                                "destination-npi: 1",
                                "interface-version: 3.4",
                                "message-id-format: auto",
                                "segmentation: udh16",
                                "max-parts: 6",
                                "validity: absolute",
                                "tls: {enabled: false}")
                        .faults())
                .isEmpty();
    }

    @Test
    void the_windows_of_all_binds_count() {
        ConfiguredProvider provider = valid("binds: 4", "window: 50", "parts-per-second: 100")
                .providers()
                .get(0);

        assertThat(provider.pace().window()).isEqualTo(200);
        assertThat(provider.pace().maxUnrecorded()).isEqualTo(405);
        assertThat(provider.pace().partsPerSecond()).isEqualTo(100);
    }

    @Test
    void all_faults_are_found_at_once_with_their_keys() {
        List<String> faults = read(
                        "port: 70000",
                        "system-id: longer-than-fifteen",
                        "window: 0",
                        "bind: both",
                        "from: ThirteenChars",
                        "interface-version: 2.0",
                        "rebind: {initial: 10s, max: 1s}",
                        "windw: 5")
                .faults();

        assertThat(faults).hasSize(10);
        assertThat(String.join("\n", faults))
                .contains(
                        "providers[0].host",
                        "providers[0].port",
                        "providers[0].system-id",
                        "providers[0].password",
                        "providers[0].window",
                        "providers[0].bind",
                        "providers[0].from",
                        "providers[0].interface-version",
                        "providers[0].rebind.max",
                        "providers[0].windw");
    }

    @Test
    void a_format_of_ids_that_is_not_there_is_named_with_those_that_are() {
        assertThat(String.join("\n", valid("message-id-format: octal").faults()))
                .contains("providers[0].message-id-format", "same", "hex-submit-decimal-receipt", "auto");
    }

    @Test
    void tlvs_need_a_version_that_has_them() {
        assertThat(String.join(
                        "\n",
                        valid("interface-version: 3.3", "segmentation: sar").faults()))
                .contains("providers[0].segmentation");
    }

    @Test
    void a_password_that_smpp_cannot_carry_is_a_fault_and_is_not_shown() {
        String faults = String.join(
                "\n", read("host: h", "system-id: s", "password: much-too-long").faults());

        assertThat(faults).contains("providers[0].password").doesNotContain("much-too-long");
    }

    @Test
    void a_store_that_cannot_be_read_is_a_fault() {
        assertThat(String.join(
                        "\n",
                        valid("tls: {enabled: true, truststore: /nowhere.p12}").faults()))
                .contains("providers[0].tls.truststore", "/nowhere.p12");
    }

    @Test
    void a_store_without_tls_is_a_fault_rather_than_ignored() {
        assertThat(String.join("\n", valid("tls: {truststore: /some.p12}").faults()))
                .contains("providers[0].tls.enabled");
    }

    @Test
    void hosts_that_are_none_are_named() {
        assertThat(String.join(
                        "\n",
                        valid("hosts: [\"a.example:2775\", \"b.example:99999\", \"[::1]:2775\", \"c d\"]")
                                .faults()))
                .contains("providers[0].hosts: b.example:99999 is no host", "c d is no host")
                .doesNotContain("a.example", "::1");
    }

    @Test
    void the_environment_reaches_an_account_by_its_alias() {
        Read read = read(
                Map.of("SMS_PROVIDERS__PRIMARY__PASSWORD", "secret", "SMS_PROVIDERS__PRIMARY__WINDOW", "77"),
                "host: h",
                "system-id: s");

        assertThat(read.faults()).isEmpty();
        assertThat(read.providers().get(0).pace().window()).isEqualTo(77);
    }
}
