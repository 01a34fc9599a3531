package io.smspipeline.provider.smpp;

import static io.smspipeline.provider.smpp.ScriptedProvider.SOON;
import static io.smspipeline.provider.smpp.ScriptedProvider.answerAll;
import static io.smspipeline.provider.smpp.ScriptedProvider.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.contract.Feeder;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.simulator.smsc.scripted.Link;
import io.smspipeline.simulator.smsc.scripted.Script;
import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.OctetWriter;
import io.smspipeline.simulator.smsc.wire.Pdus;
import io.smspipeline.simulator.smsc.wire.RawPdu;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
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
    private ScriptedProvider scripted;

    @AfterEach
    void close() {
        scripted.close();
    }

    private void open(Script script, String... keys) throws IOException {
        scripted = new ScriptedProvider(script, keys);
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

    @Test
    void answers_that_arrived_before_the_link_was_lost_count() throws Exception {
        open(
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

        for (CompletableFuture<SendOutcome> outcome : scripted.submit(60)) {
            assertThat(outcome(outcome)).isInstanceOf(SendOutcome.Accepted.class);
        }
    }

    @Test
    void what_is_unanswered_when_the_link_is_lost_is_told_at_once() throws Exception {
        open(
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
        for (CompletableFuture<SendOutcome> outcome : scripted.submit(20)) {
            outcomes.add(outcome(outcome));
        }

        assertThat(outcomes.subList(0, 5)).allMatch(outcome -> outcome instanceof SendOutcome.Accepted);
        assertThat(outcomes.subList(5, 20)).allMatch(outcome -> outcome instanceof SendOutcome.Uncertain);
    }

    @Test
    void a_pause_inside_an_answer_does_not_lose_it_nor_what_follows() throws Exception {
        open(
                link -> {
                    link.acceptBind();
                    byte[] octets = answers(read(link, 2));
                    link.writeWithPause(octets, 3, Duration.ofMillis(100));
                    link.readOn();
                },
                "window: 2");

        for (CompletableFuture<SendOutcome> outcome : scripted.submit(2)) {
            assertThat(outcome(outcome)).isInstanceOf(SendOutcome.Accepted.class);
        }
        assertThat(scripted.peer().connections()).isEqualTo(1);
    }

    @Test
    void an_id_without_its_nul_and_one_that_is_too_long_are_acceptances() throws Exception {
        String tooLong = "x".repeat(200);
        open(
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

        List<CompletableFuture<SendOutcome>> outcomes = scripted.submit(3);

        assertThat(outcome(outcomes.get(0))).isEqualTo(new SendOutcome.Accepted("noNul", "nonul"));
        assertThat(outcome(outcomes.get(1))).isEqualTo(new SendOutcome.Accepted(tooLong, tooLong));
        assertThat(outcome(outcomes.get(2))).isEqualTo(new SendOutcome.Accepted("", ""));
    }

    @Test
    void a_generic_nack_settles_the_submit_it_names() throws Exception {
        open(link -> {
            link.acceptBind();
            RawPdu submit = link.read(CommandId.SUBMIT_SM);
            link.write(Pdus.header(CommandId.GENERIC_NACK, 0x03, submit.sequence()));
            link.readOn();
        });

        assertThat(scripted.submitOne()).isInstanceOf(SendOutcome.Rejected.class);
    }

    @Test
    void an_answer_to_nothing_and_an_unknown_request_do_no_harm() throws Exception {
        open(link -> {
            link.acceptBind();
            link.write(Pdus.submitSmResp(4_711, "stray"));
            link.write(Pdus.header(0x7777, 0, 5));
            link.write(Pdus.header(0x102, 0, 6));
            answerAll(link);
        });

        await().atMost(SOON)
                .until(() -> scripted.peer().received(CommandId.GENERIC_NACK).size() == 1);
        RawPdu nack = scripted.peer().received(CommandId.GENERIC_NACK).get(0);
        assertThat(nack.status()).isEqualTo(0x03);
        assertThat(nack.sequence()).isEqualTo(5);
        assertThat(scripted.submitOne()).isInstanceOf(SendOutcome.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 0x7FFFFFFF, 0x80000000})
    void an_absurd_command_length_ends_the_session_and_a_new_one_begins(int length) throws Exception {
        open(link -> {
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

        await().atMost(SOON).until(() -> scripted.peer().connections() == 2 && scripted.isUp());
        assertThat(scripted.submitOne()).isInstanceOf(SendOutcome.Accepted.class);
    }

    @Test
    void a_peer_that_went_mute_is_left_and_bound_anew() throws Exception {
        open(
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

        await().atMost(SOON).until(() -> scripted.peer().connections() == 2 && scripted.isUp());
        assertThat(scripted.peer().received(CommandId.ENQUIRE_LINK)).isNotEmpty();
    }

    @Test
    void a_peer_that_drips_one_endless_pdu_is_left_and_bound_anew() throws Exception {
        open(
                link -> {
                    link.acceptBind();
                    if (link.number() > 1) {
                        answerAll(link);
                    }
                    link.write(Pdus.withCommandLength(100_000, CommandId.DELIVER_SM, 0, 1));
                    while (true) {
                        link.write(new byte[1]);
                        link.pause(Duration.ofMillis(20));
                    }
                },
                "enquire-link: 200ms",
                "response-timeout: 60s");

        await().atMost(SOON).until(() -> scripted.peer().connections() == 2 && scripted.isUp());
    }

    @Test
    void an_outbind_on_our_own_session_does_no_harm() throws Exception {
        open(link -> {
            byte[] login = new OctetWriter(16).cString("smsc").cString("hush").toByteArray();
            link.write(new RawPdu(CommandId.OUTBIND, 0, 1, login).octets());
            link.acceptBind();
            link.write(new RawPdu(CommandId.OUTBIND, 0, 2, login).octets());
            answerAll(link);
        });

        assertThat(scripted.submitOne()).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(scripted.peer().connections()).isEqualTo(1);
        assertThat(scripted.peer().received(CommandId.GENERIC_NACK)).isEmpty();
    }

    @Test
    void a_silent_peer_that_answers_probes_is_kept() throws Exception {
        open(
                link -> {
                    link.acceptBind();
                    link.readOn();
                },
                "enquire-link: 2s");

        await().atMost(SOON)
                .until(() -> scripted.peer().received(CommandId.ENQUIRE_LINK).size() >= 2);
        assertThat(scripted.isUp()).isTrue();
        assertThat(scripted.peer().connections()).isEqualTo(1);
    }

    @Test
    void a_peer_that_reads_nothing_does_not_hold_anybody_up() throws Exception {
        open(
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
        List<CompletableFuture<SendOutcome>> outcomes = scripted.submit(10_000);

        for (CompletableFuture<SendOutcome> outcome : outcomes) {
            assertThat(outcome(outcome)).isNotInstanceOf(SendOutcome.Rejected.class);
        }
        await().atMost(SOON).until(() -> scripted.peer().connections() >= 2 && scripted.isUp());
    }

    @Test
    void whoever_submits_never_waits_for_a_peer_that_reads_nothing() throws Exception {
        open(
                link -> {
                    link.acceptBind();
                    new CountDownLatch(1).await(10, TimeUnit.MINUTES);
                },
                "window: 10000",
                "response-timeout: 10m",
                "enquire-link: 10m");

        List<CompletableFuture<SendOutcome>> outcomes = assertTimeoutPreemptively(SOON, () -> {
            List<CompletableFuture<SendOutcome>> submitted = new ArrayList<>();
            Feeder feeder = new Feeder(scripted.provider());
            for (int i = 0; i < 10_000; i++) {
                // 2 MB together, which is more than the kernel takes for a peer that does not read.
                submitted.addAll(feeder.send(Messages.text("m" + i, "Hello ".repeat(25))));
                scripted.provider().flush();
            }
            return submitted;
        });

        assertThat(outcomes).hasSize(10_000).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void an_answer_that_comes_too_late_is_told_and_confuses_nobody() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        open(
                link -> {
                    link.acceptBind();
                    RawPdu first = link.read(CommandId.SUBMIT_SM);
                    RawPdu second = link.read(CommandId.SUBMIT_SM);
                    link.write(Pdus.submitSmResp(first.sequence(), "late"));
                    link.write(Pdus.submitSmResp(second.sequence(), "prompt"));
                    late.countDown();
                    link.readOn();
                },
                "response-timeout: 2s",
                "enquire-link: 60s");

        SendOutcome first = scripted.submitOne();
        SendOutcome second = scripted.submitOne();

        assertThat(first)
                .isInstanceOfSatisfying(
                        SendOutcome.Uncertain.class,
                        uncertain -> assertThat(uncertain.late().toCompletableFuture())
                                .succeedsWithin(SOON)
                                .isEqualTo(new SendOutcome.Accepted("late", "late")));

        assertThat(late.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(second).isEqualTo(new SendOutcome.Accepted("prompt", "prompt"));
        assertThat(scripted.peer().connections()).isEqualTo(1);
    }
}
