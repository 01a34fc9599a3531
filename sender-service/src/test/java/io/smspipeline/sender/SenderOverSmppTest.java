package io.smspipeline.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.record.Action;
import io.smspipeline.record.Command;
import io.smspipeline.record.CommandKind;
import io.smspipeline.record.EventKind;
import io.smspipeline.record.HeldPart;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.OnUncertain;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Receipt;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.record.TextContent;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.sender.fixture.Messages;
import io.smspipeline.simulator.smsc.Behaviour;
import io.smspipeline.simulator.smsc.SimulatedSmsc;
import io.smspipeline.simulator.smsc.SmscSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The sender as its own process would run it, with an SMSC on the other side. */
@ExtendWith(KafkaEnvExtension.class)
class SenderOverSmppTest {
    private final Cluster cluster;
    private final SimulatedSmsc smsc;
    private @Nullable ConfiguredSender sender;

    SenderOverSmppTest(KafkaEnv env) throws Exception {
        cluster = new Cluster(env);
        smsc = SimulatedSmsc.start(SmscSettings.forTests()
                .withAccount("demo", "secret")
                .withBehaviour(Behaviour.prompt().with().receipts(true).build()));
    }

    @AfterEach
    void close() {
        if (sender != null) {
            sender.close();
        }
        smsc.close();
        cluster.close();
    }

    private void start(Path data) {
        start(data, "10s");
    }

    private void start(Path data, String responseTimeout) {
        String sections = """
                sender: {replica: 0/1, drain: 10s}
                providers:
                  - {alias: acme, type: smpp, host: 127.0.0.1, port: %d, system-id: demo, password: secret,
                     from: "12345", bind: transceiver, binds: 4, window: 5, response-timeout: %s,
                     rebind: {initial: 100ms}}
                """.formatted(smsc.port(), responseTimeout);
        sender = new ConfiguredSender(cluster, sections, data);
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
    void everything_is_accepted_once_its_receipts_arrive_and_the_binds_end_in_order(@TempDir Path data) {
        start(data);
        eventually().until(sender::ready);

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

        sender.close();

        assertThat(smsc.figures().duplicates()).isZero();
        assertThat(smsc.figures().unbinds()).isEqualTo(4);
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
        assertThat(accepted())
                .as("a part whose acceptance was told is not sent again")
                .hasSize(1_200)
                .extracting(event -> event.getMessageId() + " part " + event.getPart())
                .doesNotHaveDuplicates();
    }

    private List<LifecycleEvent> accepted() {
        return cluster.read(
                cluster.topics.accepted().name(), value -> cluster.serdes.read(cluster.topics.accepted(), value));
    }

    private List<LifecycleEvent> events(EventKind kind) {
        return cluster
                .read(cluster.topics.event().name(), value -> cluster.serdes.read(cluster.topics.event(), value))
                .stream()
                .filter(event -> event.getKind() == kind)
                .toList();
    }

    private static RoutedMessage command(CommandKind kind, LifecycleEvent taken) {
        RoutedMessage routed = Messages.routed(taken.getMessageId());
        routed.getMessage().setValidUntil(Instant.now().plusSeconds(3600));
        routed.setAction(Action.COMMAND);
        routed.setCommand(Command.newBuilder()
                .setMessageId(taken.getMessageId())
                .setTo(taken.getTo())
                .setFrom(taken.getFrom())
                .setKind(kind)
                .setProvider("acme")
                .setParts(List.of(new HeldPart(1, taken.getProviderMessageId())))
                .setAt(Instant.now())
                .build());
        return routed;
    }

    @Test
    void what_the_provider_still_holds_is_asked_about_and_cancelled(@TempDir Path data) {
        smsc.behave(Behaviour.prompt()
                .with()
                .receipts(true)
                .receiptDelay(Duration.ofMinutes(5))
                .build());
        start(data);
        cluster.route(Lane.NORMAL, List.of(messages(2).get(1)));
        eventually().until(() -> accepted().size() == 1);
        LifecycleEvent taken = accepted().get(0);

        cluster.route(Lane.HIGH, List.of(command(CommandKind.QUERY, taken)));
        eventually().until(() -> events(EventKind.NOTED).size() == 1);
        cluster.route(Lane.HIGH, List.of(command(CommandKind.CANCEL, taken)));
        eventually().until(() -> events(EventKind.CANCELLED).size() == 1);

        assertThat(events(EventKind.NOTED).get(0).getReceiptState()).isEqualTo(ReceiptState.ENROUTE);
        assertThat(events(EventKind.CANCELLED).get(0).getProviderMessageId()).isEqualTo(taken.getProviderMessageId());
        assertThat(smsc.figures().cancelled()).isEqualTo(1);
        eventually().until(cluster::allCommitted);
    }

    @Test
    void an_answer_after_its_timeout_says_what_became_of_a_message_that_is_never_repeated(@TempDir Path data) {
        smsc.behave(Behaviour.prompt().with().holdAnswers(true).build());
        start(data, "300ms");
        RoutedMessage held = messages(2).get(1);
        held.getMessage().setOnUncertain(OnUncertain.HOLD);
        cluster.route(Lane.NORMAL, List.of(held));
        eventually().until(() -> events(EventKind.UNCERTAIN).size() == 1);

        smsc.behave(Behaviour.prompt());

        eventually().until(() -> accepted().size() == 1);
        assertThat(accepted().get(0).getMessageId()).isEqualTo("m1");
        assertThat(accepted().get(0).getAttempt()).isEqualTo(1);
        assertThat(smsc.figures().accepted()).isEqualTo(1);
    }
}
