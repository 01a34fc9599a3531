package io.smspipeline.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.router.routing.ProviderRef;
import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.settings.Fault;
import io.smspipeline.settings.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouterSettingsTest {
    private static Settings settings(String yaml) {
        return Settings.parse(yaml, Map.of(), ServiceSettings.TOP_LEVEL);
    }

    @Test
    void one_provider_is_all_it_needs() {
        Settings settings = settings("providers: [{alias: primary, type: smpp, host: 10.0.0.1, window: 5}]");

        RouterSettings read = RouterSettings.read(settings.root());

        settings.faults().throwIfAny();
        assertThat(read.routing().table().providers()).containsExactly(new ProviderRef("primary", "smpp"));
        assertThat(read.status().receiptTimeout()).isEqualTo(Duration.ofHours(72));
        assertThat(read.inbound().joinTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(read.replica()).isZero();
        assertThat(read.threads()).isEqualTo(1);
        assertThat(read.storeMemory()).isEqualTo(32L * 1024 * 1024);
    }

    @Test
    void everything_can_be_set() {
        Settings settings = settings("""
                providers: [{alias: primary, type: smpp}]
                receipt-timeout: 5m
                status: {grace: 1h, unmatched-after: 2h, silence: 9d}
                inbound: {join-timeout: 30s, reply-wait: 0s, reply-within: 1d, repeats-within: 2d}
                router: {replica: 3/4, threads: 2, store-memory-mib: 64, session-timeout: 20s}
                """);

        RouterSettings read = RouterSettings.read(settings.root());

        settings.faults().throwIfAny();
        assertThat(read.status().receiptTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(read.status().grace()).isEqualTo(Duration.ofHours(1));
        assertThat(read.status().parkedFor()).isEqualTo(Duration.ofHours(2));
        assertThat(read.status().silence()).isEqualTo(Duration.ofDays(9));
        assertThat(read.inbound().joinTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(read.inbound().replyWait()).isZero();
        assertThat(read.replica()).isEqualTo(3);
        assertThat(read.threads()).isEqualTo(2);
        assertThat(read.sessionTimeout()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void every_fault_has_its_full_key() {
        Settings settings = settings("""
                providers: [{alias: Primary, type: smpp}, {alias: us}, {alias: us, type: x}]
                receipt-timeout: soon
                inbound: {join-timeout: 100d, join: 1}
                router: {replica: one, threads: 0}
                """);

        RouterSettings.read(settings.root());

        assertThat(settings.faults().all())
                .extracting(Fault::key)
                .contains(
                        "providers[0].alias",
                        "providers[1].type",
                        "providers[2].alias",
                        "receipt-timeout",
                        "inbound.join-timeout",
                        "inbound.join",
                        "router.replica",
                        "router.threads");
    }
}
