package io.smspipeline.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Receipt;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.record.TextContent;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.sender.fixture.Messages;
import io.smspipeline.service.drain.Service;
import io.smspipeline.service.health.Check;
import io.smspipeline.service.health.HealthChecks;
import io.smspipeline.service.metrics.ProcessMetrics;
import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.service.start.SharedParts;
import io.smspipeline.settings.Settings;
import io.smspipeline.simulator.smsc.Behaviour;
import io.smspipeline.simulator.smsc.SimulatedSmsc;
import io.smspipeline.simulator.smsc.SmscSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The sender as its own process would run it, with an SMSC on the other side. */
@ExtendWith(KafkaEnvExtension.class)
class SenderOverSmppTest {
    private final Cluster cluster;
    private final SimulatedSmsc smsc;
    private final HealthChecks health = new HealthChecks();
    private final ProcessMetrics metrics = new ProcessMetrics();
    private final Service service = Service.named("sender", health);

    SenderOverSmppTest(KafkaEnv env) throws Exception {
        cluster = new Cluster(env);
        smsc = SimulatedSmsc.start(SmscSettings.forTests()
                .withAccount("demo", "secret")
                .withBehaviour(Behaviour.prompt().with().receipts(true).build()));
    }

    @AfterEach
    void close() {
        service.close();
        smsc.close();
        metrics.close();
        cluster.close();
    }

    private void start(Path data) {
        String yaml = cluster.yaml() + """
                sender: {replica: 0/1, drain: 10s}
                providers:
                  - {alias: acme, type: smpp, host: 127.0.0.1, port: %d, system-id: demo, password: secret,
                     from: "12345", bind: transceiver, window: 20, rebind: {initial: 100ms}}
                """.formatted(smsc.port());
        Settings settings = Settings.parse(yaml, Map.of(), ServiceSettings.TOP_LEVEL);
        ServiceSettings shared = ServiceSettings.read(settings.root());
        SenderBlueprint blueprint = new SenderBlueprint();
        SenderBlueprint.Settings own = blueprint.read(settings.root());
        settings.faults().throwIfAny();
        blueprint.start(
                service,
                own,
                new SharedParts(shared, cluster.serdes, health, metrics.registry(), Clock.systemUTC(), data));
        service.started();
    }

    private static List<RoutedMessage> messages(int count) {
        List<RoutedMessage> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            OutgoingMessage message = Messages.message("m" + i);
            message.setValidUntil(Instant.now().plusSeconds(3600));
            message.setContent(new TextContent(i % 10 == 0 ? ("long text " + i + " ").repeat(30) : "number " + i));
            messages.add(Messages.routed(message));
        }
        return messages;
    }

    private static ConditionFactory eventually() {
        return await().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofSeconds(60));
    }

    @Test
    void everything_is_accepted_once_its_receipts_arrive_and_the_bind_ends_in_order(@TempDir Path data) {
        start(data);
        eventually().until(() -> health.readiness().values().stream().allMatch(Check::up));

        cluster.route(Lane.NORMAL, messages(200));

        // 20 long texts of three parts each
        eventually().until(() -> smsc.figures().accepted() == 240);
        eventually().until(cluster::allCommitted);
        eventually().until(() -> cluster.read(cluster.topics.accepted().name()).size() == 240);
        eventually().until(() -> cluster.read(cluster.topics.receipt().name()).size() == 240);
        assertThat(cluster.read(
                        cluster.topics.receipt().name(), value -> cluster.serdes.read(cluster.topics.receipt(), value)))
                .extracting(Receipt::getState)
                .containsOnly(ReceiptState.DELIVERED);

        service.close();

        assertThat(smsc.figures().duplicates()).isZero();
        assertThat(smsc.figures().unbinds()).isEqualTo(1);
    }

    @Test
    void links_that_are_cut_lose_nothing(@TempDir Path data) {
        smsc.behave(Behaviour.prompt().with().latency(Duration.ofMillis(5)).build());
        start(data);
        cluster.route(Lane.NORMAL, messages(1_000));
        for (int cut = 1; cut <= 3; cut++) {
            int enough = cut * 250;
            eventually().until(() -> smsc.figures().accepted() >= enough);
            smsc.cutAll();
        }

        eventually().until(cluster::allCommitted);

        assertThat(smsc.messages().stream()
                        .map(message -> message.destination() + message.text() + message.part())
                        .distinct()
                        .count())
                .isEqualTo(1_200);
    }
}
