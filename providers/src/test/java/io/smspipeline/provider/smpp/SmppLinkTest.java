package io.smspipeline.provider.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.provider.Provider;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.contract.Feeder;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.provider.contract.RecordingSink;
import io.smspipeline.simulator.smsc.scripted.Link;
import io.smspipeline.simulator.smsc.scripted.Script;
import io.smspipeline.simulator.smsc.scripted.ScriptedPeer;
import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.OctetWriter;
import io.smspipeline.simulator.smsc.wire.Pdus;
import io.smspipeline.simulator.smsc.wire.RawPdu;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links that break and peers that err, each as an SMSC was seen to do it. */
class SmppLinkTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String REBIND = "rebind: {initial: 5ms, max: 20ms, refused: 300ms}";

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private ScriptedPeer peer;

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : toClose) {
            closeable.close();
        }
        assertThat(peer.faults()).isEmpty();
    }

    private Provider provider(Script script, String... keys) throws IOException {
        peer = ScriptedPeer.start(script);
        List<String> all = new ArrayList<>(List.of(keys));
        all.add(REBIND);
        Provider provider = SmppTestAccount.at(peer.port(), all.toArray(new String[0]))
                .open(SmppTestAccount.wiring(new RecordingSink()));
        // Most scripts answer no unbind, which would be waited for: they end first.
        toClose.add(peer);
        toClose.add(() -> provider.close(Duration.ZERO));
        return provider;
    }

    private static List<CompletableFuture<SendOutcome>> submit(Provider provider, int messages) throws Exception {
        Feeder feeder = new Feeder(provider);
        List<CompletableFuture<SendOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            outcomes.addAll(feeder.send(Messages.text("m" + i, "Hello " + i)));
        }
        return outcomes;
    }

    private static SendOutcome outcome(CompletableFuture<SendOutcome> future) throws Exception {
        return future.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private static byte[] answers(List<RawPdu> submits) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        submits.forEach(submit -> all.writeBytes(Pdus.submitSmResp(submit.sequence(), "id" + submit.sequence())));
        return all.toByteArray();
    }

    private static List<RawPdu> read(Link link, int submits) throws IOException {
        List<RawPdu> read = new ArrayList<>();
        while (read.size() < submits) {
            read.add(link.read(CommandId.SUBMIT_SM));
        }
        return read;
    }

    private static void answerAll(Link link) throws IOException {
        while (true) {
            link.write(Pdus.submitSmResp(link.read(CommandId.SUBMIT_SM).sequence(), "id"));
        }
    }

    @Test
    void a_link_cut_right_after_the_bind_is_not_taken_for_a_session() throws Exception {
        Provider provider = provider(link -> {
            link.acceptBind();
            if (link.number() <= 20) {
                link.cut();
            } else {
                answerAll(link);
            }
        });

        await().atMost(SOON)
                .until(() -> peer.connections() == 21 && provider.availability().up());
        assertThat(outcome(submit(provider, 1).get(0))).isInstanceOf(SendOutcome.Accepted.class);
    }

    @Test
    void a_link_cut_instead_of_an_answer_to_the_bind_costs_no_timeout() throws Exception {
        Provider provider = provider(
                link -> {
                    if (link.number() <= 3) {
                        link.read();
                        link.cut();
                    } else {
                        link.acceptBind();
                        link.readOn();
                    }
                },
                "response-timeout: 120s");

        await().atMost(SOON).until(() -> provider.availability().up());
    }

    @Test
    void answers_that_arrived_before_the_link_was_lost_count() throws Exception {
        Provider provider = provider(
                link -> {
                    link.acceptBind();
                    if (link.number() == 1) {
                        link.write(answers(read(link, 60)));
                        link.cut();
                    } else {
                        link.readOn();
                    }
                },
                "window: 60");

        for (CompletableFuture<SendOutcome> outcome : submit(provider, 60)) {
            assertThat(outcome(outcome)).isInstanceOf(SendOutcome.Accepted.class);
        }
    }

    @Test
    void what_is_unanswered_when_the_link_is_lost_is_told_at_once() throws Exception {
        Provider provider = provider(
                link -> {
                    link.acceptBind();
                    if (link.number() == 1) {
                        List<RawPdu> submits = read(link, 20);
                        link.write(answers(submits.subList(0, 5)));
                        link.cut();
                    } else {
                        link.readOn();
                    }
                },
                "window: 20",
                "response-timeout: 300s");

        List<SendOutcome> outcomes = new ArrayList<>();
        for (CompletableFuture<SendOutcome> outcome : submit(provider, 20)) {
            outcomes.add(outcome(outcome));
        }

        assertThat(outcomes.subList(0, 5)).allMatch(outcome -> outcome instanceof SendOutcome.Accepted);
        assertThat(outcomes.subList(5, 20)).allMatch(outcome -> outcome instanceof SendOutcome.Uncertain);
    }

    @Test
    void a_pause_inside_an_answer_does_not_lose_it_nor_what_follows() throws Exception {
        Provider provider = provider(
                link -> {
                    link.acceptBind();
                    byte[] octets = answers(read(link, 2));
                    link.writeWithPause(octets, 3, Duration.ofMillis(100));
                    link.readOn();
                },
                "window: 2");

        for (CompletableFuture<SendOutcome> outcome : submit(provider, 2)) {
            assertThat(outcome(outcome)).isInstanceOf(SendOutcome.Accepted.class);
        }
        assertThat(peer.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0x00, 0x03, 0x33, 0x34, 0x35, 0x40, 0x50, 0xFF})
    void whatever_version_the_smsc_names_the_bind_holds(int version) throws Exception {
        Provider provider = provider(link -> {
            link.acceptBind(version);
            answerAll(link);
        });

        assertThat(outcome(submit(provider, 1).get(0))).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(peer.connections()).isEqualTo(1);
    }

    @Test
    void an_id_without_its_nul_and_one_that_is_too_long_are_acceptances() throws Exception {
        String tooLong = "x".repeat(200);
        Provider provider = provider(
                link -> {
                    link.acceptBind();
                    List<RawPdu> submits = read(link, 3);
                    link.write(new RawPdu(
                                    CommandId.SUBMIT_SM_RESP,
                                    0,
                                    submits.get(0).sequence(),
                                    "noNul".getBytes(StandardCharsets.US_ASCII))
                            .octets());
                    link.write(Pdus.submitSmResp(submits.get(1).sequence(), tooLong));
                    link.write(Pdus.header(
                            CommandId.SUBMIT_SM_RESP, 0, submits.get(2).sequence()));
                    link.readOn();
                },
                "window: 3");

        List<CompletableFuture<SendOutcome>> outcomes = submit(provider, 3);

        assertThat(outcome(outcomes.get(0))).isEqualTo(new SendOutcome.Accepted("noNul", "nonul"));
        assertThat(outcome(outcomes.get(1))).isEqualTo(new SendOutcome.Accepted(tooLong, tooLong));
        assertThat(outcome(outcomes.get(2))).isEqualTo(new SendOutcome.Accepted("", ""));
    }

    @Test
    void a_generic_nack_settles_the_submit_it_names() throws Exception {
        Provider provider = provider(link -> {
            link.acceptBind();
            RawPdu submit = link.read(CommandId.SUBMIT_SM);
            link.write(Pdus.header(CommandId.GENERIC_NACK, 0x03, submit.sequence()));
            link.readOn();
        });

        assertThat(outcome(submit(provider, 1).get(0))).isInstanceOf(SendOutcome.Rejected.class);
    }

    @Test
    void an_answer_to_nothing_and_an_unknown_request_do_no_harm() throws Exception {
        Provider provider = provider(link -> {
            link.acceptBind();
            link.write(Pdus.submitSmResp(4_711, "stray"));
            link.write(Pdus.header(0x7777, 0, 5));
            link.write(Pdus.header(0x102, 0, 6));
            assertThat(link.read(CommandId.GENERIC_NACK).status()).isEqualTo(0x03);
            answerAll(link);
        });

        assertThat(outcome(submit(provider, 1).get(0))).isInstanceOf(SendOutcome.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 0x7FFFFFFF, 0x80000000})
    void an_absurd_command_length_ends_the_session_and_a_new_one_begins(int length) throws Exception {
        Provider provider = provider(link -> {
            link.acceptBind();
            if (link.number() == 1) {
                link.write(Pdus.withCommandLength(length, CommandId.DELIVER_SM, 0, 1));
                RawPdu complaint = link.read(CommandId.GENERIC_NACK);
                assertThat(complaint.status()).isEqualTo(0x02);
                link.readOn();
            } else {
                answerAll(link);
            }
        });

        await().atMost(SOON)
                .until(() -> peer.connections() == 2 && provider.availability().up());
        assertThat(outcome(submit(provider, 1).get(0))).isInstanceOf(SendOutcome.Accepted.class);
    }

    @Test
    void a_peer_that_went_mute_is_left_and_bound_anew() throws Exception {
        Provider provider = provider(
                link -> {
                    link.acceptBind();
                    if (link.number() == 1) {
                        link.stayMute();
                    } else {
                        answerAll(link);
                    }
                },
                "enquire-link: 200ms",
                "response-timeout: 60s");

        await().atMost(SOON)
                .until(() -> peer.connections() == 2 && provider.availability().up());
        assertThat(peer.received(CommandId.ENQUIRE_LINK)).isNotEmpty();
    }

    @Test
    void a_silent_peer_that_answers_probes_is_kept() throws Exception {
        Provider provider = provider(
                link -> {
                    link.acceptBind();
                    link.readOn();
                },
                "enquire-link: 100ms");

        await().atMost(SOON).until(() -> peer.received(CommandId.ENQUIRE_LINK).size() >= 5);
        assertThat(provider.availability().up()).isTrue();
        assertThat(peer.connections()).isEqualTo(1);
    }

    @Test
    void a_peer_that_reads_nothing_does_not_hold_anybody_up() throws Exception {
        Provider provider = provider(
                link -> {
                    link.acceptBind();
                    if (link.number() == 1) {
                        new CountDownLatch(1).await(SOON.toSeconds(), TimeUnit.SECONDS);
                    } else {
                        answerAll(link);
                    }
                },
                "window: 10000",
                "response-timeout: 1s",
                "enquire-link: 1s");
        List<CompletableFuture<SendOutcome>> outcomes = submit(provider, 10_000);

        for (CompletableFuture<SendOutcome> outcome : outcomes) {
            assertThat(outcome(outcome)).isNotInstanceOf(SendOutcome.Rejected.class);
        }
        await().atMost(SOON)
                .until(() -> peer.connections() >= 2 && provider.availability().up());
    }

    @Test
    void an_smsc_that_unbinds_is_answered_and_bound_anew() throws Exception {
        Provider provider = provider(link -> {
            link.acceptBind();
            if (link.number() == 1) {
                link.write(Pdus.header(CommandId.UNBIND, 0, 99));
                assertThat(link.read(CommandId.UNBIND | CommandId.RESPONSE).sequence())
                        .isEqualTo(99);
            } else {
                answerAll(link);
            }
        });

        await().atMost(SOON)
                .until(() -> peer.connections() == 2 && provider.availability().up());
    }

    @Test
    void refused_credentials_are_not_hammered_and_work_once_they_are_right() throws Exception {
        long begin = System.nanoTime();
        Provider provider = provider(link -> {
            if (link.number() <= 2) {
                RawPdu bind = link.read();
                link.write(Pdus.header(bind.commandId() | CommandId.RESPONSE, 0x0E, bind.sequence()));
                link.readOn();
            } else {
                link.acceptBind();
                answerAll(link);
            }
        });

        await().atMost(SOON).until(() -> provider.availability().reason().contains("ESME_RINVPASWD"));
        await().atMost(SOON).until(() -> provider.availability().up());
        assertThat(peer.connections()).isEqualTo(3);
        // 300 ms after the first refusal, 600 ms after the second.
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(900));
    }

    @Test
    void an_answer_that_comes_too_late_is_noticed_and_confuses_nobody() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        Provider provider = provider(
                link -> {
                    link.acceptBind();
                    RawPdu first = link.read(CommandId.SUBMIT_SM);
                    RawPdu second = link.read(CommandId.SUBMIT_SM);
                    link.write(Pdus.submitSmResp(first.sequence(), "late"));
                    link.write(Pdus.submitSmResp(second.sequence(), "prompt"));
                    late.countDown();
                    link.readOn();
                },
                "response-timeout: 300ms",
                "enquire-link: 60s");

        assertThat(outcome(submit(provider, 1).get(0))).isInstanceOf(SendOutcome.Uncertain.class);
        SendOutcome second = outcome(submit(provider, 1).get(0));

        assertThat(late.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(second).isEqualTo(new SendOutcome.Accepted("prompt", "prompt"));
        assertThat(peer.connections()).isEqualTo(1);
    }

    @Test
    void every_bind_parameter_reaches_the_smsc() throws Exception {
        provider(
                link -> {
                    link.acceptBind();
                    link.readOn();
                },
                "system-type: VMA",
                "interface-version: 5.0",
                "addr-ton: 1",
                "addr-npi: 2",
                "address-range: \"^44\"");

        await().atMost(SOON)
                .until(() -> !peer.received(CommandId.BIND_TRANSMITTER).isEmpty());
        byte[] expected = new OctetWriter(32)
                .cString("test")
                .cString("secret")
                .cString("VMA")
                .u8(0x50)
                .u8(1)
                .u8(2)
                .cString("^44")
                .toByteArray();
        byte[] body = peer.received(CommandId.BIND_TRANSMITTER).get(0).body();
        assertThat(Arrays.equals(body, expected)).isTrue();
    }
}
