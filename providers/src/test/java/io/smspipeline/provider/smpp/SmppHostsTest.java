package io.smspipeline.provider.smpp;

import static io.smspipeline.provider.smpp.ScriptedProvider.SOON;
import static io.smspipeline.provider.smpp.ScriptedProvider.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.provider.Provider;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.contract.Feeder;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.provider.contract.RecordingSink;
import io.smspipeline.simulator.smsc.Behaviour;
import io.smspipeline.simulator.smsc.SimulatedSmsc;
import io.smspipeline.simulator.smsc.SmscSettings;
import io.smspipeline.simulator.smsc.scripted.Link;
import io.smspipeline.simulator.smsc.scripted.Script;
import io.smspipeline.simulator.smsc.scripted.ScriptedPeer;
import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.Pdus;
import io.smspipeline.simulator.smsc.wire.RawPdu;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An account with a second host. */
class SmppHostsTest {
    private final AtomicBoolean firstIsBack = new AtomicBoolean();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private ScriptedPeer peer(Script script) throws IOException {
        ScriptedPeer peer = ScriptedPeer.start(script);
        open.add(peer);
        return peer;
    }

    /** The first host: hangs up until it is back. */
    private ScriptedPeer first() throws IOException {
        return peer(link -> {
            if (!firstIsBack.get()) {
                return;
            }
            link.acceptBind();
            serve(link);
        });
    }

    private static void serve(Link link) throws IOException {
        while (true) {
            RawPdu pdu = link.read();
            if (pdu.commandId() == CommandId.SUBMIT_SM) {
                link.write(Pdus.submitSmResp(pdu.sequence(), "id"));
            } else if ((pdu.commandId() & CommandId.RESPONSE) == 0) {
                link.write(Pdus.header(pdu.commandId() | CommandId.RESPONSE, 0, pdu.sequence()));
            }
        }
    }

    private Provider provider(int first, int second, String... keys) {
        List<String> all = new ArrayList<>(List.of(keys));
        all.add("hosts: [\"127.0.0.1:" + first + "\", \"127.0.0.1:" + second + "\"]");
        all.add("rebind: {initial: 5ms, max: 20ms}");
        Provider provider =
                SmppTestAccount.at(1, all.toArray(new String[0])).open(SmppTestAccount.wiring(new RecordingSink()));
        open.add(0, () -> provider.close(Duration.ZERO));
        return provider;
    }

    @Test
    void when_the_first_host_is_away_the_next_one_is_bound() throws Exception {
        ScriptedPeer first = first();
        ScriptedPeer second = peer(link -> {
            link.acceptBind();
            serve(link);
        });
        Provider provider = provider(first.port(), second.port());

        SendOutcome outcome =
                outcome(new Feeder(provider).send(Messages.text("m1", "Hello")).get(0));

        assertThat(outcome).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(second.received(CommandId.SUBMIT_SM)).hasSize(1);
        assertThat(first.connections()).isPositive();
    }

    @Test
    void the_first_host_is_bound_again_when_it_is_back_and_parts_under_way_get_their_answers() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        ScriptedPeer first = first();
        ScriptedPeer second = peer(link -> {
            link.acceptBind();
            RawPdu submit = link.read(CommandId.SUBMIT_SM);
            held.countDown();
            assertThat(answer.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            link.write(Pdus.submitSmResp(submit.sequence(), "held"));
            serve(link);
        });
        Provider provider = provider(first.port(), second.port(), "first-host-check: 50ms");
        Feeder feeder = new Feeder(provider);
        CompletableFuture<SendOutcome> underWay =
                feeder.send(Messages.text("m1", "Hello")).get(0);
        provider.flush();
        assertThat(held.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();

        firstIsBack.set(true);
        await().atMost(SOON)
                .until(() -> first.received(CommandId.BIND_TRANSMITTER).size() == 1);

        assertThat(outcome(feeder.send(Messages.text("m2", "Hello")).get(0))).isInstanceOf(SendOutcome.Accepted.class);
        await().atMost(SOON).until(() -> {
            outcome(feeder.send(Messages.text("m3", "Hello")).get(0));
            return !first.received(CommandId.SUBMIT_SM).isEmpty();
        });
        assertThat(second.received(CommandId.UNBIND)).isEmpty();
        answer.countDown();
        assertThat(outcome(underWay)).isEqualTo(new SendOutcome.Accepted("held", "held"));
        await().atMost(SOON).until(() -> second.received(CommandId.UNBIND).size() == 1);
        assertThat(provider.availability().up()).isTrue();
    }

    @Test
    void a_host_that_went_down_is_left_for_the_next_one_and_nothing_is_lost_in_the_swaps() throws Exception {
        SimulatedSmsc smsc = SimulatedSmsc.start(SmscSettings.forTests()
                .withBehaviour(Behaviour.prompt()
                        .with()
                        .receipts(false)
                        .latency(Duration.ofMillis(2))
                        .build()));
        open.add(smsc);
        ScriptedPeer first = first();
        Provider provider = provider(first.port(), smsc.port(), "first-host-check: 20ms");
        Feeder feeder = new Feeder(provider);
        List<CompletableFuture<SendOutcome>> outcomes = new ArrayList<>();

        for (int i = 0; i < 500; i++) {
            if (i == 100) {
                firstIsBack.set(true);
            }
            outcomes.addAll(feeder.send(Messages.text("m" + i, "x".repeat(300))));
        }
        await().atMost(SOON)
                .until(() -> first.received(CommandId.BIND_TRANSMITTER).size() == 1);

        for (CompletableFuture<SendOutcome> outcome : outcomes) {
            assertThat(outcome(outcome)).isInstanceOf(SendOutcome.Accepted.class);
        }
        assertThat(first.received(CommandId.SUBMIT_SM).size() + smsc.figures().accepted())
                .isEqualTo(outcomes.size());
    }
}
