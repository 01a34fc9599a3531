package io.smspipeline.router.quality;

import static io.smspipeline.router.fixture.Driven.TOPICS;
import static io.smspipeline.router.fixture.Messages.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.ProviderQuality;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.router.fixture.Driven;
import io.smspipeline.router.fixture.Happened;
import io.smspipeline.router.fixture.Messages;
import io.smspipeline.router.routing.Flow;
import io.smspipeline.router.routing.ProviderRef;
import io.smspipeline.router.routing.RouteTable;
import io.smspipeline.router.routing.RoutingPolicy;
import io.smspipeline.router.routing.RoutingSettings;
import io.smspipeline.router.routing.RoutingTopology;
import io.smspipeline.router.status.StatusSettings;
import io.smspipeline.router.status.StatusTopology;
import io.smspipeline.schemas.registry.MemoryRegistry;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** From receipts to the provider that is chosen. */
class QualityTest {
    private static final StatusSettings SETTINGS =
            new StatusSettings(Duration.ofHours(72), Duration.ofHours(24), Duration.ofHours(48), Duration.ofDays(8));

    private static Driven status() {
        return Driven.start(new MemoryRegistry(), serdes -> new StatusTopology(SETTINGS, TOPICS, 1, serdes).build());
    }

    private static void delivered(Driven status, String id, ReceiptState state, Duration latency) {
        LifecycleEvent accepted = Happened.accepted(id, "p" + id);
        status.publish(TOPICS.accepted(), "primary|p" + id, accepted);
        status.publish(
                TOPICS.receipt(),
                "primary|p" + id,
                Happened.receipt("p" + id, state, Messages.HANDSET, NOW.plus(latency)));
    }

    @Test
    void what_becomes_of_what_a_provider_takes_is_measured_by_country() {
        try (Driven status = status()) {
            delivered(status, "1", ReceiptState.DELIVERED, Duration.ofSeconds(4));
            List<TestRecord<String, ProviderQuality>> first = status.records(TOPICS.providerQuality());
            assertThat(first).hasSize(1);
            assertThat(first.get(0).key()).isEqualTo("primary|GB|0");

            delivered(status, "2", ReceiptState.DELIVERED, Duration.ofSeconds(8));
            delivered(status, "3", ReceiptState.DELETED, Duration.ofSeconds(8));
            assertThat(status.records(TOPICS.providerQuality()))
                    .as("not told at each receipt")
                    .isEmpty();
            status.wait(Duration.ofSeconds(5));
            delivered(status, "4", ReceiptState.UNDELIVERABLE, Duration.ofSeconds(1));

            List<ProviderQuality> told = status.values(TOPICS.providerQuality());
            assertThat(told).hasSize(1);
            assertThat(told.get(0).getDelivered()).isCloseTo(2, within(0.01));
            assertThat(told.get(0).getFailed()).isCloseTo(1, within(0.01));
            assertThat(told.get(0).getLatency()).isCloseTo(12_000, within(50.0));
        }
    }

    @Test
    void figures_fade_to_a_half_in_half_an_hour() {
        Measurement measured = Measurement.NOTHING;
        for (int i = 0; i < 10; i++) {
            measured = measured.withDelivered(Duration.ofSeconds(3), 1_000);
        }

        Measurement later = measured.faded(1_000 + Duration.ofMinutes(30).toMillis());

        assertThat(later.delivered()).isCloseTo(5, within(1e-9));
        assertThat(later.quality().latency()).isEqualTo(Duration.ofSeconds(3));
        assertThat(measured.faded(0)).isEqualTo(measured);
    }

    @Test
    void the_provider_with_the_best_quality_in_the_recipients_country_is_chosen() {
        RouteTable table = RouteTable.parse(
                0,
                "{\"routes\":[{\"name\":\"best\",\"when\":{},\"to\":[\"a\",\"b\"],\"strategy\":\"best-quality\"}]}",
                List.of(new ProviderRef("a", "smpp"), new ProviderRef("b", "smpp")),
                RoutingPolicy.NONE);
        try (Driven router = Driven.start(
                new MemoryRegistry(),
                serdes -> new RoutingTopology(Flow.BULK, new RoutingSettings(table), TOPICS, 1, serdes).build())) {
            assertThat(chosen(router, "m1", Messages.HANDSET)).isEqualTo("a");

            measured(router, "a", "GB", 0, 50, 50);
            measured(router, "a", "GB", 1, 50, 50);
            measured(router, "b", "GB", 0, 99, 1);
            router.wait(Duration.ofSeconds(1));

            assertThat(chosen(router, "m2", Messages.HANDSET)).isEqualTo("b");
            assertThat(chosen(router, "m3", "+4915123456789")).isEqualTo("a");

            measured(router, "a", "GB", 0, 100, 0);
            router.wait(Duration.ofSeconds(1));
            assertThat(chosen(router, "m4", Messages.HANDSET)).isEqualTo("b");
            measured(router, "a", "GB", 1, 4_000, 0);
            router.wait(Duration.ofSeconds(1));
            assertThat(chosen(router, "m5", Messages.HANDSET)).isEqualTo("a");
        }
    }

    private static void measured(
            Driven router, String alias, String country, int partition, double delivered, double failed) {
        Instant at = Instant.ofEpochMilli(NOW.toEpochMilli());
        router.publish(
                TOPICS.providerQuality(),
                Topics.providerQualityKey(alias, country, partition),
                new ProviderQuality(alias, country, delivered, failed, delivered * 1_000, at));
    }

    private static String chosen(Driven router, String id, String to) {
        router.publish(TOPICS.outgoing(), to, Messages.message(id, to));
        List<RoutedMessage> all = new ArrayList<>(router.values(TOPICS.submit("a", Lane.NORMAL)));
        all.addAll(router.values(TOPICS.submit("b", Lane.NORMAL)));
        assertThat(all).hasSize(1);
        return all.get(0).getProvider();
    }
}
