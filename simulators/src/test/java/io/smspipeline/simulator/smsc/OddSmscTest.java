package io.smspipeline.simulator.smsc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.MessageBody;
import io.smspipeline.simulator.smsc.wire.OctetWriter;
import io.smspipeline.simulator.smsc.wire.Pdus;
import io.smspipeline.simulator.smsc.wire.RawPdu;
import io.smspipeline.simulator.smsc.wire.Tag;
import io.smspipeline.text.EncodingChoice;
import io.smspipeline.text.Segmentation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What SMSCs do that nobody expects: some requests never answered, some answers late, receipts twice, parts in any order. */
class OddSmscTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration NEVER_IN_THIS_TEST = Duration.ofHours(1);

    private SimulatedSmsc smsc;
    private RawEsme esme;

    @BeforeEach
    void bind() throws Exception {
        smsc = SimulatedSmsc.start(SmscSettings.forTests());
        esme = RawEsme.bound(smsc.port(), CommandId.BIND_TRANSCEIVER);
    }

    @AfterEach
    void close() throws Exception {
        esme.close();
        smsc.close();
    }

    private void behave(Consumer<BehaviourBuilder> change) {
        BehaviourBuilder builder = smsc.behaviour().with();
        change.accept(builder);
        smsc.behave(builder.build());
    }

    private void take(RawPdu delivery) throws Exception {
        esme.write(RawEsme.request(CommandId.DELIVER_SM_RESP, delivery.sequence(), out -> out.cString("")));
    }

    @Test
    void a_link_whose_enquiries_find_no_answer_goes_on_to_take_messages() throws Exception {
        behave(b -> b.unanswered(Set.of(Unanswered.ENQUIRE_LINK)));
        esme.write(Pdus.header(CommandId.ENQUIRE_LINK, 0, 2));
        esme.write(RawEsme.submit(3, "Hello", 0));

        RawPdu first = esme.read();

        assertThat(first.commandId()).isEqualTo(CommandId.SUBMIT_SM_RESP);
    }

    @Test
    void submits_without_an_answer_are_accepted_and_get_their_receipts() throws Exception {
        behave(b -> b.unanswered(Set.of(Unanswered.SUBMIT)));
        esme.write(RawEsme.submit(2, "Hello", 1));

        RawPdu first = esme.read();

        assertThat(first.commandId()).isEqualTo(CommandId.DELIVER_SM);
        assertThat(smsc.figures().accepted()).isEqualTo(1);
    }

    @Test
    void a_bind_without_an_answer_is_none() throws Exception {
        behave(b -> b.unanswered(Set.of(Unanswered.BIND)));
        try (RawEsme waiting = new RawEsme(smsc.port())) {
            waiting.write(RawEsme.bind(CommandId.BIND_TRANSCEIVER, 1, 0x34));
            waiting.write(Pdus.header(CommandId.ENQUIRE_LINK, 0, 2));

            RawPdu first = waiting.read();

            assertThat(first.commandId()).isEqualTo(CommandId.ENQUIRE_LINK_RESP);
            assertThat(smsc.figures().sessions()).isEqualTo(1);
        }
    }

    @Test
    void binds_are_refused_until_they_no_longer_are() throws Exception {
        behave(b -> b.refuseBinds(0x0E));
        try (RawEsme later = new RawEsme(smsc.port())) {
            assertThat(later.ask(RawEsme.bind(CommandId.BIND_TRANSCEIVER, 1, 0x34))
                            .status())
                    .isEqualTo(0x0E);
            behave(b -> b.refuseBinds(0));
            assertThat(later.ask(RawEsme.bind(CommandId.BIND_TRANSCEIVER, 2, 0x34))
                            .status())
                    .isZero();
        }
    }

    @Test
    void an_answer_that_is_late_is_overtaken() throws Exception {
        behave(b -> b.lateAnswers(new Late(1, NEVER_IN_THIS_TEST)));
        esme.write(RawEsme.submit(2, "Slow", 0));
        await().atMost(PATIENCE).until(() -> smsc.figures().accepted() == 1);
        behave(b -> b.lateAnswers(Late.NEVER));
        esme.write(RawEsme.submit(3, "Quick", 0));

        assertThat(esme.read().sequence()).isEqualTo(3);
    }

    @Test
    void a_late_answer_comes() throws Exception {
        behave(b -> b.lateAnswers(new Late(1, Duration.ofMillis(200))));
        long began = System.nanoTime();
        esme.write(RawEsme.submit(2, "Slow", 0));

        assertThat(esme.read().sequence()).isEqualTo(2);
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(200_000_000L);
    }

    @Test
    void a_receipt_that_is_late_is_overtaken() throws Exception {
        behave(b -> b.lateReceipts(new Late(1, NEVER_IN_THIS_TEST)));
        esme.ask(RawEsme.submit(2, "Slow", 1));
        behave(b -> b.lateReceipts(Late.NEVER));
        String quick = esme.ask(RawEsme.submit(3, "Quick", 1)).reader().cString(65);

        MessageBody receipt = esme.read(CommandId.DELIVER_SM).message();

        assertThat(new String(receipt.tlv(Tag.RECEIPTED_MESSAGE_ID), java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo(quick + "\0");
        assertThat(smsc.figures().held()).isEqualTo(1);
    }

    @Test
    void a_receipt_may_come_twice_and_counts_once() throws Exception {
        behave(b -> b.duplicateReceipts(1));
        esme.ask(RawEsme.submit(2, "Hello", 1));

        RawPdu first = esme.read(CommandId.DELIVER_SM);
        RawPdu second = esme.read(CommandId.DELIVER_SM);
        take(first);
        take(second);

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.sequence()).isNotEqualTo(first.sequence());
        await().atMost(PATIENCE).until(() -> smsc.figures().receiptsRepeated() == 1);
        assertThat(smsc.figures().receiptsAcked()).isEqualTo(1);
        assertThat(smsc.figures().receiptsDue()).isEqualTo(1);
        assertThat(smsc.figures().receiptsSent()).isEqualTo(2);
    }

    @Test
    void errors_are_drawn_by_their_weights() throws Exception {
        behave(b -> b.errorRate(1).errorCodes(Map.of(0x14, 9, 0x45, 1)));
        OctetWriter out = new OctetWriter(1024);
        for (int i = 0; i < 200; i++) {
            RawEsme.appendSubmit(out, 2 + i, "Hello " + i, 0);
        }
        esme.write(out.toByteArray());

        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            statuses.add(esme.read().status());
        }

        assertThat(new HashSet<>(statuses)).containsExactlyInAnyOrder(0x14, 0x45);
        assertThat(statuses.stream().filter(status -> status == 0x14)).hasSizeBetween(150, 199);
        assertThat(smsc.figures().errored()).isEqualTo(200);
    }

    /** The part numbers as they come, each behind the last digit of its handset. */
    private List<String> partsOf(int count) throws Exception {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawPdu delivery = esme.read(CommandId.DELIVER_SM);
            MessageBody body = delivery.message();
            String handset = body.source().value();
            parts.add(handset.charAt(handset.length() - 1) + "." + body.shortMessage()[5]);
            take(delivery);
        }
        return parts;
    }

    private static HandsetText longText(String handset) {
        return HandsetText.of(handset, "12345", "long ".repeat(70));
    }

    @Test
    void parts_of_a_text_may_come_backwards() throws Exception {
        behave(b -> b.moPartOrder(PartOrder.REVERSED));

        assertThat(smsc.sendFromHandsets(List.of(longText("447700900001")))).isTrue();

        assertThat(partsOf(3)).containsExactly("1.3", "1.2", "1.1");
    }

    @Test
    void parts_of_several_texts_may_be_interleaved_or_shuffled() throws Exception {
        List<HandsetText> texts = List.of(longText("447700900001"), longText("447700900002"));
        behave(b -> b.moPartOrder(PartOrder.INTERLEAVED));
        smsc.sendFromHandsets(texts);
        assertThat(partsOf(6)).containsExactly("1.1", "2.1", "1.2", "2.2", "1.3", "2.3");

        behave(b -> b.moPartOrder(PartOrder.SHUFFLED));
        smsc.sendFromHandsets(texts);
        assertThat(partsOf(6)).containsExactlyInAnyOrder("1.1", "2.1", "1.2", "2.2", "1.3", "2.3");
    }

    @Test
    void parts_may_be_named_left_out_and_come_twice() throws Exception {
        HandsetText text = longText("447700900001");
        smsc.sendFromHandsets(List.of(new HandsetText(
                text.from(), text.to(), text.text(), text.encoding(), text.segmentation(), List.of(3, 1, 1))));

        assertThat(partsOf(3)).containsExactly("1.3", "1.1", "1.1");
        await().atMost(PATIENCE).until(() -> smsc.figures().mosAcked() == 3);
        assertThat(smsc.figures().mosDue()).isEqualTo(3);
    }

    @Test
    void handset_texts_come_in_the_coding_and_the_parts_asked_for() throws Exception {
        smsc.sendFromHandsets(List.of(
                new HandsetText(
                        "447700900001", "12345", "x".repeat(71), EncodingChoice.UCS2, Segmentation.SAR, List.of(2)),
                new HandsetText(
                        "447700900001",
                        "12345",
                        "x".repeat(300),
                        EncodingChoice.LATIN1,
                        Segmentation.PAYLOAD,
                        List.of())));

        MessageBody sar = esme.read(CommandId.DELIVER_SM).message();
        MessageBody payload = esme.read(CommandId.DELIVER_SM).message();

        assertThat(sar.dataCoding()).isEqualTo(8);
        assertThat(sar.esmClass()).isZero();
        assertThat(sar.number(Tag.SAR_TOTAL_SEGMENTS)).isEqualTo(2);
        assertThat(sar.number(Tag.SAR_SEGMENT_SEQNUM)).isEqualTo(2);
        assertThat(payload.dataCoding()).isEqualTo(3);
        assertThat(payload.shortMessage()).isEmpty();
        assertThat(payload.tlv(Tag.MESSAGE_PAYLOAD)).hasSize(300);
    }
}
