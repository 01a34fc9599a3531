package io.smspipeline.provider.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.provider.Provider;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.contract.Feeder;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.provider.contract.RecordingSink;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.simulator.smsc.Behaviour;
import io.smspipeline.simulator.smsc.ReceivedMessage;
import io.smspipeline.simulator.smsc.SimulatedSmsc;
import io.smspipeline.simulator.smsc.SmscSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The parts of long messages over several binds, as the SMSC sees them. Each message is to a handset of its own. */
class SmppOrderTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int BINDS = 4;
    private static final String THREE_PARTS = "x".repeat(400);

    private final SimulatedSmsc smsc;
    private final Provider provider;
    private final Feeder feeder;

    SmppOrderTest() throws Exception {
        smsc = SimulatedSmsc.start(SmscSettings.forTests().withBehaviour(behaviour(0)));
        provider = SmppTestAccount.at(smsc.port(), "binds: " + BINDS, "window: 7", "rebind: {initial: 5ms, max: 20ms}")
                .open(SmppTestAccount.wiring(new RecordingSink()));
        feeder = new Feeder(provider);
        await().atMost(SOON).until(() -> provider.availability().reason().startsWith(BINDS + " of " + BINDS));
    }

    private static Behaviour behaviour(int dropEvery) {
        return Behaviour.prompt()
                .with()
                .receipts(false)
                .replies(false)
                .latency(Duration.ofMillis(1))
                .dropEvery(dropEvery)
                .build();
    }

    @AfterEach
    void close() {
        provider.close(Duration.ZERO);
        smsc.close();
    }

    private static OutgoingMessage message(int number) {
        OutgoingMessage message = Messages.text("m" + number, THREE_PARTS);
        message.setTo(handset(number));
        return message;
    }

    private static String handset(int number) {
        return "+4477009" + (10_000 + number);
    }

    /** What came for each handset, in the order in which each session brought it. */
    private Map<String, List<ReceivedMessage>> receivedByHandset() {
        return smsc.messages().stream().collect(Collectors.groupingBy(part -> "+" + part.destination()));
    }

    private static int number(ReceivedMessage part) {
        return Objects.requireNonNull(part.part()).number();
    }

    @Test
    void thousands_of_long_messages_come_whole_and_in_order_each_over_one_bind() throws Exception {
        int messages = 3_000;
        List<CompletableFuture<SendOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            outcomes.addAll(feeder.send(message(i)));
        }
        for (CompletableFuture<SendOutcome> outcome : outcomes) {
            assertThat(outcome.get(SOON.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(SendOutcome.Accepted.class);
        }

        Map<String, List<ReceivedMessage>> received = receivedByHandset();
        assertThat(received).hasSize(messages);
        assertThat(received.values()).allSatisfy(parts -> {
            assertThat(parts).extracting(SmppOrderTest::number).containsExactly(1, 2, 3);
            assertThat(parts)
                    .extracting(ReceivedMessage::session)
                    .containsOnly(parts.get(0).session());
        });
        Map<Integer, Long> bySession = smsc.messages().stream()
                .collect(Collectors.groupingBy(ReceivedMessage::session, Collectors.counting()));
        assertThat(bySession).hasSize(BINDS);
        assertThat(bySession.values()).allMatch(parts -> parts > messages / BINDS);
    }

    @Test
    void a_part_tried_again_goes_over_the_bind_of_its_siblings() throws Exception {
        List<Submission> parts = feeder.plan(message(1));
        for (Submission part : parts) {
            feeder.submit(part);
        }
        // Other traffic, so that it is another bind's turn.
        feeder.submit(feeder.plan(message(2)).get(0));
        feeder.submit(parts.get(0));
        feeder.submit(parts.get(1));
        provider.flush();
        await().atMost(SOON).until(() -> smsc.messages().size() == 6);

        List<ReceivedMessage> received =
                Objects.requireNonNull(receivedByHandset().get(handset(1)));
        assertThat(received).extracting(SmppOrderTest::number).containsExactly(1, 2, 3, 1, 2);
        assertThat(received)
                .extracting(ReceivedMessage::session)
                .containsOnly(received.get(0).session());
    }

    @Test
    void when_links_are_cut_only_what_was_not_accepted_is_sent_again() throws Exception {
        smsc.behave(behaviour(50));
        Map<Submission, Integer> uncertain = new HashMap<>();
        List<Submission> waiting = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            waiting.addAll(feeder.plan(message(i)));
        }

        while (!waiting.isEmpty()) {
            Map<Submission, CompletableFuture<SendOutcome>> outcomes = new LinkedHashMap<>();
            for (Submission part : waiting) {
                outcomes.put(part, feeder.submit(part));
            }
            provider.flush();
            waiting.clear();
            for (var outcome : outcomes.entrySet()) {
                SendOutcome known = outcome.getValue().get(SOON.toSeconds(), TimeUnit.SECONDS);
                if (known instanceof SendOutcome.Uncertain) {
                    uncertain.merge(outcome.getKey(), 1, Integer::sum);
                }
                if (!(known instanceof SendOutcome.Accepted)) {
                    assertThat(known).isNotInstanceOf(SendOutcome.Rejected.class);
                    waiting.add(outcome.getKey());
                }
            }
        }

        assertThat(uncertain).isNotEmpty();
        Map<String, List<ReceivedMessage>> received = receivedByHandset();
        assertThat(received).hasSize(1_000);
        received.forEach((handset, parts) -> assertThat(
                        parts.stream().map(SmppOrderTest::number).collect(Collectors.toSet()))
                .as(handset)
                .containsExactlyInAnyOrder(1, 2, 3));
        int most = 3_000 + uncertain.values().stream().mapToInt(times -> times).sum();
        assertThat(smsc.messages().size()).as("a repeat needs doubt").isBetween(3_000, most);
        // Repeated and siblings alike are joined by the handset: the reference is the message's.
        assertThat(received.values())
                .allSatisfy(parts -> assertThat(parts)
                        .extracting(part -> Objects.requireNonNull(part.part()).reference())
                        .containsOnly(
                                Objects.requireNonNull(parts.get(0).part()).reference()));
    }
}
