package io.smspipeline.simulator.smsc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.OctetWriter;
import io.smspipeline.simulator.smsc.wire.Pdus;
import io.smspipeline.simulator.smsc.wire.RawPdu;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the SMSC does wrong when it is told to, and how it takes what an ESME does wrong. */
class FaultsOnDemandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private SimulatedSmsc smsc;
    private RawEsme esme;

    @BeforeEach
    void bind() throws Exception {
        start(SmscSettings.forTests());
    }

    private void start(SmscSettings settings) throws Exception {
        smsc = SimulatedSmsc.start(settings);
        esme = RawEsme.bound(smsc.port(), CommandId.BIND_TRANSCEIVER);
    }

    @AfterEach
    void close() throws Exception {
        esme.close();
        smsc.close();
    }

    private void startAnewWithTimers(Duration answerTimeout, Duration enquireLink) throws Exception {
        close();
        start(SmscSettings.forTests().withTimers(answerTimeout, enquireLink));
    }

    @Test
    void a_mute_smsc_takes_everything_and_says_nothing() throws Exception {
        smsc.behave(smsc.behaviour().with().mute(true).build());
        esme.write(Pdus.header(CommandId.ENQUIRE_LINK, 0, 2));
        esme.write(RawEsme.submit(3, "Anyone?", 1));
        await().atMost(PATIENCE).until(() -> smsc.figures().accepted() == 1);

        smsc.behave(smsc.behaviour().with().mute(false).replies(false).build());
        esme.write(Pdus.header(CommandId.ENQUIRE_LINK, 0, 4));

        // Neither the submit nor the first enquire_link is answered afterwards; the receipt may come.
        RawPdu first = esme.read();
        while (first.commandId() == CommandId.DELIVER_SM) {
            first = esme.read();
        }
        assertThat(first.commandId()).isEqualTo(CommandId.ENQUIRE_LINK_RESP);
        assertThat(first.sequence()).isEqualTo(4);
    }

    @Test
    void answers_held_back_leave_in_order_when_let_go() throws Exception {
        smsc.behave(smsc.behaviour().with().holdAnswers(true).replies(false).build());
        for (int sequence = 2; sequence < 7; sequence++) {
            esme.write(RawEsme.submit(sequence, "text " + sequence, 0));
        }
        await().atMost(PATIENCE).until(() -> smsc.figures().accepted() == 5);
        assertThat(smsc.figures().submits()).isEqualTo(5);

        smsc.behave(smsc.behaviour().with().holdAnswers(false).build());

        for (int sequence = 2; sequence < 7; sequence++) {
            assertThat(esme.read().sequence()).isEqualTo(sequence);
        }
    }

    @Test
    void a_receipt_may_come_before_its_answer() throws Exception {
        smsc.behave(smsc.behaviour().with().receiptBeforeAnswer(true).build());

        esme.write(RawEsme.submit(2, "Hello", 1));

        assertThat(esme.read().commandId()).isEqualTo(CommandId.DELIVER_SM);
        assertThat(esme.read().commandId()).isEqualTo(CommandId.SUBMIT_SM_RESP);
    }

    @Test
    void a_link_cut_by_count_takes_the_last_answer_with_it() throws Exception {
        smsc.behave(smsc.behaviour().with().dropEvery(3).build());
        OctetWriter three = new OctetWriter(512);
        for (int sequence = 2; sequence < 5; sequence++) {
            RawEsme.appendSubmit(three, sequence, "text " + sequence, 1);
        }

        esme.write(three.toByteArray());

        assertThat(esme.read().sequence()).isEqualTo(2);
        await().atMost(PATIENCE).until(() -> smsc.figures().sessions() == 0);
        assertThat(smsc.figures().accepted()).isEqualTo(3);
        assertThat(smsc.figures().cut()).isEqualTo(1);
        // All three were accepted, so all three receipts wait for whoever binds next.
        try (RawEsme next = RawEsme.bound(smsc.port(), CommandId.BIND_RECEIVER)) {
            for (int i = 0; i < 3; i++) {
                assertThat(next.read().commandId()).isEqualTo(CommandId.DELIVER_SM);
            }
        }
    }

    @Test
    void a_link_cut_before_acceptance_leaves_no_trace_of_the_message() throws Exception {
        smsc.behave(smsc.behaviour().with().dropEvery(2).dropUnaccepted(true).build());
        OctetWriter two = new OctetWriter(512);
        RawEsme.appendSubmit(two, 2, "taken", 0);
        RawEsme.appendSubmit(two, 3, "lost", 0);

        esme.write(two.toByteArray());

        assertThat(esme.read().sequence()).isEqualTo(2);
        assertThat(esme.isClosedByPeer()).isTrue();
        assertThat(smsc.figures().submits()).isEqualTo(2);
        assertThat(smsc.figures().cut()).isEqualTo(1);
        assertThat(smsc.messages())
                .singleElement()
                .extracting(ReceivedMessage::text)
                .isEqualTo("taken");
    }

    @Test
    void an_unanswered_receipt_is_sent_again() throws Exception {
        startAnewWithTimers(Duration.ofMillis(200), Duration.ofSeconds(30));
        smsc.behave(
                smsc.behaviour().with().redeliveryDelay(Duration.ofMillis(20)).build());
        esme.write(RawEsme.submit(2, "Hello", 1));
        assertThat(esme.read().commandId()).isEqualTo(CommandId.SUBMIT_SM_RESP);
        RawPdu first = esme.read();
        RawPdu second = esme.read();

        assertThat(second.sequence()).isNotEqualTo(first.sequence());
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(smsc.figures().receiptsUnanswered()).isPositive();
    }

    @Test
    void a_silent_link_is_asked_and_then_closed() throws Exception {
        startAnewWithTimers(Duration.ofMillis(300), Duration.ofMillis(400));

        assertThat(esme.read(CommandId.ENQUIRE_LINK).status()).isZero();

        assertThat(esme.isClosedByPeer()).isTrue();
    }

    @Test
    void latency_is_kept() throws Exception {
        smsc.behave(smsc.behaviour().with().latency(Duration.ofMillis(100)).build());
        long began = System.nanoTime();

        esme.write(RawEsme.submit(2, "Hello", 0));

        assertThat(esme.read().sequence()).isEqualTo(2);
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(100_000_000L);
    }

    @Test
    void a_receiver_may_not_submit_and_a_bound_session_not_bind() throws Exception {
        try (RawEsme receiver = RawEsme.bound(smsc.port(), CommandId.BIND_RECEIVER)) {
            receiver.write(RawEsme.submit(2, "Hello", 0));
            RawPdu refused = receiver.read();
            assertThat(refused.status()).isEqualTo(0x04);
            assertThat(refused.body()).isEmpty();

            receiver.write(RawEsme.bind(CommandId.BIND_TRANSMITTER, 3, 0x34));
            assertThat(receiver.read().status()).isEqualTo(0x05);
        }
    }

    @Test
    void who_has_not_bound_may_not_submit() throws Exception {
        try (RawEsme stranger = new RawEsme(smsc.port())) {
            stranger.write(RawEsme.submit(1, "Hello", 0));

            assertThat(stranger.read().status()).isEqualTo(0x04);
        }
    }

    @Test
    void an_esme_of_smpp_3_3_is_told_no_version() throws Exception {
        try (RawEsme old = new RawEsme(smsc.port())) {
            old.write(RawEsme.bind(CommandId.BIND_TRANSMITTER, 1, 0x33));

            RawPdu answer = old.read();

            assertThat(answer.status()).isZero();
            assertThat(answer.body()).hasSize("simulator".length() + 1);
        }
    }

    @Test
    void an_unknown_command_is_nacked_by_its_sequence_number() throws Exception {
        esme.write(Pdus.header(0x111, 0, 7));

        RawPdu nack = esme.read();

        assertThat(nack.commandId()).isEqualTo(CommandId.GENERIC_NACK);
        assertThat(nack.status()).isEqualTo(0x03);
        assertThat(nack.sequence()).isEqualTo(7);
    }

    @Test
    void a_query_that_cannot_be_read_is_refused() throws Exception {
        esme.write(Pdus.header(CommandId.QUERY_SM, 0, 8));

        RawPdu refused = esme.read();

        assertThat(refused.commandId()).isEqualTo(CommandId.QUERY_SM | CommandId.RESPONSE);
        assertThat(refused.status()).isEqualTo(0x02);
    }

    @Test
    void a_stream_out_of_step_is_nacked_and_closed() throws Exception {
        esme.write(Pdus.withCommandLength(0x7FFFFFFF, CommandId.SUBMIT_SM, 0, 9));

        RawPdu nack = esme.read();

        assertThat(nack.commandId()).isEqualTo(CommandId.GENERIC_NACK);
        assertThat(nack.status()).isEqualTo(0x02);
        assertThat(esme.isClosedByPeer()).isTrue();
        assertThat(smsc.figures().malformed()).isEqualTo(1);
    }

    @Test
    void a_submit_that_cannot_be_read_is_refused_and_the_link_goes_on() throws Exception {
        esme.write(new RawPdu(CommandId.SUBMIT_SM, 0, 5, new byte[] {1, 2, 3}).octets());
        RawPdu refused = esme.read();
        assertThat(refused.status()).isEqualTo(0x02);

        esme.write(RawEsme.submit(6, "Hello", 0));
        assertThat(esme.read().status()).isZero();
    }

    @Test
    void a_pdu_in_pieces_is_a_pdu() throws Exception {
        for (byte octet : RawEsme.submit(2, "Hello", 0)) {
            esme.write(new byte[] {octet});
        }

        assertThat(esme.read().status()).isZero();
        assertThat(smsc.messages())
                .singleElement()
                .extracting(ReceivedMessage::text)
                .isEqualTo("Hello");
    }

    @Test
    void a_payload_larger_than_the_read_buffer_is_taken() throws Exception {
        OctetWriter out = new OctetWriter(70_000);
        int start = out.begin(CommandId.SUBMIT_SM, 0, 2);
        out.octets(new byte[] {0, 5, 0, 'S', 0, 1, 1, '4', '4', 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0});
        out.tlv(0x0424, "x".repeat(65_535).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        out.end(start);

        esme.write(out.toByteArray());

        assertThat(esme.read().status()).isZero();
        assertThat(smsc.messages().get(0).octets()).hasSize(65_535);
    }
}
