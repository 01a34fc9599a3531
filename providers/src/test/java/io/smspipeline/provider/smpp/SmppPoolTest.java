package io.smspipeline.provider.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.Replica;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.Slot;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.Wiring;
import io.smspipeline.provider.contract.Feeder;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.provider.contract.RecordingSink;
import io.smspipeline.settings.PersonalData;
import io.smspipeline.simulator.smsc.Behaviour;
import io.smspipeline.simulator.smsc.ReceivedMessage;
import io.smspipeline.simulator.smsc.SimulatedSmsc;
import io.smspipeline.simulator.smsc.SmscSettings;
import io.smspipeline.text.Sar;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several binds of one account. */
class SmppPoolTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private SimulatedSmsc smsc;
    private Provider provider;

    @BeforeEach
    void startSmsc() throws Exception {
        smsc = SimulatedSmsc.start(SmscSettings.forTests()
                .withBehaviour(Behaviour.prompt().with().receipts(false).build()));
    }

    @AfterEach
    void close() {
        provider.close(Duration.ZERO);
        smsc.close();
    }

    private Provider open(int binds, String... keys) {
        return open(Replica.ONLY, binds, binds, keys);
    }

    private Provider open(Replica replica, int binds, int expected, String... keys) {
        List<String> all = new ArrayList<>(List.of(keys));
        all.add("binds: " + binds);
        ConfiguredProvider configured = SmppTestAccount.at(smsc.port(), all.toArray(new String[0]));
        provider = configured.open(new Wiring(
                Clock.systemUTC(), new RecordingSink(), replica, new SimpleMeterRegistry(), PersonalData.MASKED));
        await().atMost(SOON)
                .until(() -> smsc.figures().sessions() == expected
                        && (expected == 0
                                || provider.availability().reason().startsWith(expected + " of " + expected)));
        return provider;
    }

    private static void awaitAll(List<CompletableFuture<SendOutcome>> outcomes) throws Exception {
        for (CompletableFuture<SendOutcome> outcome : outcomes) {
            assertThat(outcome.get(SOON.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(SendOutcome.Accepted.class);
        }
    }

    @Test
    void all_parts_of_a_message_go_over_the_same_bind_in_order() throws Exception {
        Feeder feeder = new Feeder(open(3, "window: 4", "segmentation: udh16"));
        List<CompletableFuture<SendOutcome>> outcomes = new ArrayList<>();

        for (int i = 0; i < 30; i++) {
            outcomes.addAll(feeder.send(Messages.text("m" + i, i + " " + "x".repeat(1_000))));
        }
        awaitAll(outcomes);

        Map<Integer, Set<Integer>> sessionsOfMessage = new HashMap<>();
        Map<Integer, Integer> lastPart = new HashMap<>();
        for (ReceivedMessage part : smsc.messages()) {
            Sar place = Objects.requireNonNull(part.part());
            sessionsOfMessage
                    .computeIfAbsent(place.reference(), reference -> new TreeSet<>())
                    .add(part.session());
            assertThat(place.number()).isEqualTo(lastPart.getOrDefault(place.reference(), 0) % 7 + 1);
            lastPart.put(place.reference(), place.number());
        }
        assertThat(sessionsOfMessage.values()).allMatch(sessions -> sessions.size() == 1);
        assertThat(smsc.messages()).extracting(ReceivedMessage::session).contains(1, 2, 3);
    }

    @Test
    void the_window_is_that_of_all_binds_together_and_filled_evenly() {
        smsc.behave(Behaviour.prompt().with().holdAnswers(true).build());
        Provider two = open(2, "window: 5");
        Feeder feeder = new Feeder(two);

        for (int i = 0; i < 10; i++) {
            Submission submission =
                    feeder.plan(Messages.text("m" + i, "Hello " + i)).get(0);
            assertThat(feeder.trySubmit(submission)).isNotNull();
        }
        two.flush();

        assertThat(feeder.trySubmit(feeder.plan(Messages.text("m11", "Hello")).get(0)))
                .isNull();
        await().atMost(SOON).until(() -> smsc.messages().size() == 10);
        assertThat(smsc.messages().stream()
                        .filter(message -> message.session() == 1)
                        .count())
                .isEqualTo(5);
    }

    @Test
    void a_later_part_waits_for_its_own_bind_rather_than_overtake_on_another() {
        smsc.behave(Behaviour.prompt().with().holdAnswers(true).build());
        Provider two = open(2, "window: 1");
        Feeder feeder = new Feeder(two);
        List<Submission> parts = feeder.plan(Messages.text("m1", "x".repeat(300)));

        assertThat(feeder.trySubmit(parts.get(0))).isNotNull();

        assertThat(two.reserve(parts.get(1))).isNull();
        Slot other = two.reserve(feeder.plan(Messages.text("m2", "Hello")).get(0));
        assertThat(other).isNotNull();
    }

    @Test
    void one_lost_bind_leaves_the_others_at_work() throws Exception {
        smsc.behave(Behaviour.prompt().with().dropEvery(5).receipts(false).build());
        Provider two = open(2, "window: 1", "rebind: {initial: 10ms, max: 50ms}");
        Feeder feeder = new Feeder(two);
        int uncertain = 0;

        for (int i = 0; i < 50; i++) {
            SendOutcome outcome =
                    feeder.send(Messages.text("m" + i, "Hello " + i)).get(0).get(SOON.toSeconds(), TimeUnit.SECONDS);
            uncertain += outcome instanceof SendOutcome.Uncertain ? 1 : 0;
            assertThat(outcome).isNotInstanceOf(SendOutcome.Rejected.class);
        }

        assertThat(uncertain).isEqualTo(10);
        assertThat(smsc.figures().accepted()).isEqualTo(50);
    }

    @Test
    void a_replica_opens_its_own_binds_and_no_others() {
        open(new Replica(1, 2), 3, 1);

        assertThat(smsc.figures().binds()).isEqualTo(1);
        assertThat(SmppTestAccount.at(smsc.port(), "binds: 3", "window: 7")
                        .pace(new Replica(1, 2))
                        .window())
                .isEqualTo(7);
        assertThat(SmppTestAccount.at(smsc.port(), "binds: 3", "window: 7")
                        .pace(new Replica(0, 2))
                        .window())
                .isEqualTo(14);
    }

    @Test
    void a_replica_without_a_bind_says_so() {
        open(new Replica(1, 2), 1, 0);

        assertThat(provider.availability().up()).isFalse();
        assertThat(provider.availability().reason()).contains("replica");
    }
}
