package io.smspipeline.simulator.smsc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.OctetWriter;
import io.smspipeline.text.EncodedText;
import io.smspipeline.text.EncodingChoice;
import io.smspipeline.text.Segment;
import io.smspipeline.text.Segmentation;
import io.smspipeline.text.TextDecoder;
import io.smspipeline.text.TextEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.core.ThrowingRunnable;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.extra.NegativeResponseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedSmscTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private SimulatedSmsc smsc;

    @BeforeEach
    void start() throws Exception {
        smsc = SimulatedSmsc.start(SmscSettings.forTests().withAccount("demo", "secret"));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        smsc.close();
    }

    private Esme opened(Esme esme) {
        opened.add(esme);
        return esme;
    }

    private void behave(Consumer<BehaviourBuilder> change) {
        BehaviourBuilder builder = smsc.behaviour().with();
        change.accept(builder);
        smsc.behave(builder.build());
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).untilAsserted(assertion);
    }

    /** By the number in an 8-bit concatenation header: jSMPP hands parts over from several threads. */
    private static List<DeliverSm> inOrder(List<DeliverSm> parts) {
        return parts.stream()
                .sorted(Comparator.comparingInt(part -> part.getShortMessage()[5]))
                .toList();
    }

    private static void assertStatus(int status, ThrowingCallable call) {
        assertThatThrownBy(call)
                .satisfies(e -> assertThat(((NegativeResponseException)
                                        (e instanceof NegativeResponseException ? e : e.getCause()))
                                .getCommandStatus())
                        .isEqualTo(status));
    }

    @Test
    void a_message_is_accepted_recorded_and_receipted() throws Exception {
        Esme esme = opened(Esme.transceiver(smsc));

        String id = esme.submit("Your code is 4711");

        assertThat(smsc.messages()).singleElement().satisfies(message -> {
            assertThat(message.messageId()).isEqualTo(id);
            assertThat(message.systemId()).isEqualTo("demo");
            assertThat(message.source()).isEqualTo("Shop");
            assertThat(message.destination()).isEqualTo("447700900123");
            assertThat(message.text()).isEqualTo("Your code is 4711");
            assertThat(message.registeredDelivery()).isEqualTo(1);
            assertThat(message.validityPeriod()).isEqualTo("000000010000000R");
            assertThat(message.part()).isNull();
        });
        eventually(() -> assertThat(esme.receipts()).hasSize(1));
        DeliverSm receipt = esme.receipts().get(0);
        assertThat(receipt.getSourceAddr()).isEqualTo("447700900123");
        assertThat(receipt.getDestAddress()).isEqualTo("Shop");
        assertThat(receipt.getShortMessageAsDeliveryReceipt().getId()).isEqualTo(id);
        assertThat(receipt.getShortMessageAsDeliveryReceipt().getFinalStatus().name())
                .isEqualTo("DELIVRD");
        assertThat(receipt.getOptionalParameter(OptionalParameter.Receipted_message_id.class)
                        .getValueAsString())
                .isEqualTo(id);
        assertThat(receipt.getOptionalParameter(OptionalParameter.Message_state.class)
                        .getValue())
                .isEqualTo((byte) 2);
        eventually(() -> assertThat(smsc.figures().receiptsAcked()).isEqualTo(1));
    }

    @Test
    void a_question_is_answered_by_its_handset() throws Exception {
        Esme esme = opened(Esme.transceiver(smsc));

        esme.submit("Will you come?");

        eventually(() -> assertThat(esme.fromHandsets()).hasSize(1));
        DeliverSm reply = esme.fromHandsets().get(0);
        assertThat(reply.getSourceAddr()).isEqualTo("447700900123");
        assertThat(reply.getDestAddress()).isEqualTo("Shop");
        assertThat(new String(reply.getShortMessage(), StandardCharsets.US_ASCII))
                .isEqualTo("Yes. You asked: Will you come?");
        eventually(() -> assertThat(smsc.figures().mosAcked()).isEqualTo(1));
    }

    @Test
    void a_long_question_is_answered_once_when_all_parts_are_there() throws Exception {
        behave(b -> b.replyText("You asked: {text}"));
        Esme esme = opened(Esme.transceiver(smsc));
        String question = "Как дела? ".repeat(10) + "Ну?";
        EncodedText encoded = TextEncoder.encode(question, EncodingChoice.AUTO, Segmentation.UDH8, 9);
        List<Segment> segments = encoded.segments();
        assertThat(segments).hasSize(2);

        esme.submit(segments.get(1).shortMessage(), 0x40, 8, 0);
        esme.submit(segments.get(0).shortMessage(), 0x40, 8, 0);

        eventually(() -> assertThat(esme.fromHandsets()).hasSize(2));
        StringBuilder reply = new StringBuilder();
        for (DeliverSm part : inOrder(esme.fromHandsets())) {
            assertThat(part.isUdhi()).isTrue();
            reply.append(TextDecoder.GSM.decode(8, part.getShortMessage(), true).text());
        }
        assertThat(reply).hasToString("You asked: " + question);
        assertThat(smsc.messages())
                .allSatisfy(message -> assertThat(message.part().total()).isEqualTo(2));
        assertThat(smsc.figures().mosDue()).isEqualTo(2);
    }

    @Test
    void receipts_wait_for_a_receiver() throws Exception {
        Esme transmitter = opened(Esme.transmitter(smsc));
        String id = transmitter.submit("Hello");
        eventually(() -> assertThat(smsc.figures().receiptsDue()).isEqualTo(1));

        Esme receiver = opened(Esme.receiver(smsc));

        eventually(() -> assertThat(receiver.receipts()).hasSize(1));
        assertThat(receiver.receipts().get(0).getShortMessageAsDeliveryReceipt().getId())
                .isEqualTo(id);
        assertThat(transmitter.receipts()).isEmpty();
    }

    @Test
    void a_transceiver_gets_the_receipts_of_its_own_messages() throws Exception {
        Esme one = opened(Esme.transceiver(smsc));
        Esme other = opened(Esme.transceiver(smsc));
        for (int i = 0; i < 5; i++) {
            one.submit("from one " + i);
            other.submit("from the other " + i);
        }

        eventually(() -> assertThat(one.receipts()).hasSize(5));
        eventually(() -> assertThat(other.receipts()).hasSize(5));
        assertThat(one.receipts())
                .allSatisfy(receipt -> assertThat(new String(receipt.getShortMessage(), StandardCharsets.US_ASCII))
                        .contains("text:from one"));
    }

    @Test
    void what_was_refused_comes_again() throws Exception {
        behave(b -> b.redeliveryDelay(Duration.ofMillis(50)));
        Esme esme = opened(Esme.transceiver(smsc));
        esme.refuseDeliveries(2);

        esme.submit("Hello");

        eventually(() -> assertThat(esme.receipts()).hasSize(1));
        eventually(() -> assertThat(smsc.figures().receiptsAcked()).isEqualTo(1));
        assertThat(smsc.figures().receiptsRefused()).isEqualTo(2);
        assertThat(smsc.figures().receiptsSent()).isEqualTo(3);
        assertThat(smsc.figures().receiptsDue()).isEqualTo(1);
    }

    @Test
    void registered_delivery_is_honoured() throws Exception {
        Esme esme = opened(Esme.transceiver(smsc));
        byte[] text = "x".getBytes(StandardCharsets.US_ASCII);

        esme.submit(text, 0, 0, 0);
        esme.submit(text, 0, 0, 2);
        assertThat(smsc.figures().receiptsDue()).isZero();
        behave(b -> b.receiptState(ReceiptState.UNDELIV));
        esme.submit(text, 0, 0, 0);
        esme.submit(text, 0, 0, 2);

        assertThat(smsc.figures().receiptsDue()).isEqualTo(1);
        eventually(() -> assertThat(esme.receipts()).hasSize(1));
        assertThat(esme.receipts()
                        .get(0)
                        .getShortMessageAsDeliveryReceipt()
                        .getFinalStatus()
                        .name())
                .isEqualTo("UNDELIV");
    }

    @Test
    void messages_to_a_certain_number_may_end_otherwise() throws Exception {
        behave(b -> b.receiptStates(Map.of("447700900123", ReceiptState.EXPIRED)));
        Esme esme = opened(Esme.transceiver(smsc));

        esme.submit("Hello");

        eventually(() -> assertThat(esme.receipts()).hasSize(1));
        assertThat(new String(esme.receipts().get(0).getShortMessage(), StandardCharsets.US_ASCII))
                .contains("stat:EXPIRED err:001");
    }

    @Test
    void what_a_lost_link_had_not_confirmed_goes_to_the_next() throws Exception {
        Esme transmitter = opened(Esme.transmitter(smsc));
        try (RawEsme silent = RawEsme.boundAs(CommandId.BIND_RECEIVER, "demo", "secret", smsc.port())) {
            transmitter.submit("Hello");
            assertThat(silent.read().commandId()).isEqualTo(CommandId.DELIVER_SM);
        }

        Esme next = opened(Esme.receiver(smsc));

        eventually(() -> assertThat(next.receipts()).hasSize(1));
        assertThat(smsc.figures().receiptsUnanswered()).isEqualTo(1);
    }

    @Test
    void a_lost_link_is_seen_by_the_esme() throws Exception {
        Esme esme = opened(Esme.transceiver(smsc));

        smsc.cutAll();

        eventually(() -> assertThat(esme.session().getSessionState().isBound()).isFalse());
        assertThat(smsc.figures().unbinds()).isZero();
    }

    @Test
    void ids_may_be_hexadecimal_in_the_answer_and_decimal_in_the_receipt() throws Exception {
        behave(b -> b.messageIds(MessageIdForm.HEX_SUBMIT_DECIMAL_RECEIPT));
        Esme esme = opened(Esme.transceiver(smsc));

        String id = esme.submit("Hello");

        eventually(() -> assertThat(esme.receipts()).hasSize(1));
        assertThat(esme.receipts().get(0).getShortMessageAsDeliveryReceipt().getId())
                .isEqualTo(Long.toString(Long.parseLong(id, 16)));
    }

    @Test
    void only_the_right_account_may_bind() {
        assertStatus(0x0F, () -> new Esme(smsc.port(), BindType.BIND_TRX, "stranger", "secret"));
        assertStatus(0x0E, () -> new Esme(smsc.port(), BindType.BIND_TRX, "demo", "wrong"));
        assertThat(smsc.figures().bindsRefused()).isEqualTo(2);
        assertThat(smsc.figures().binds()).isZero();
    }

    @Test
    void binds_of_an_account_are_limited_until_one_ends() throws Exception {
        behave(b -> b.maxBinds(1).bindRefusal(0x0D));
        Esme first = opened(Esme.transceiver(smsc));

        assertStatus(0x0D, () -> Esme.transceiver(smsc));
        first.close();

        eventually(() -> assertThat(smsc.figures().sessions()).isZero());
        opened(Esme.transceiver(smsc));
        assertThat(smsc.figures().unbinds()).isEqualTo(1);
    }

    /** Sends so many at once, and gives the statuses of the answers. */
    private List<Integer> statusesOf(int submits, RawEsme esme) throws Exception {
        OctetWriter out = new OctetWriter(1024);
        for (int i = 0; i < submits; i++) {
            RawEsme.appendSubmit(out, 100 + i, "Hello " + i, 0);
        }
        esme.write(out.toByteArray());
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < submits; i++) {
            statuses.add(esme.read(CommandId.SUBMIT_SM_RESP).status());
        }
        return statuses;
    }

    @Test
    void what_is_over_the_rate_of_an_account_is_throttled() throws Exception {
        try (SimulatedSmsc open = SimulatedSmsc.start(SmscSettings.forTests());
                RawEsme one = RawEsme.bound(open.port(), CommandId.BIND_TRANSCEIVER);
                RawEsme other = RawEsme.bound(open.port(), CommandId.BIND_TRANSCEIVER)) {
            open.behave(open.behaviour().with().throttle(3).build());

            List<Integer> statuses = statusesOf(20, one);
            statuses.addAll(statusesOf(20, other));

            assertThat(statuses.subList(0, 3)).containsOnly(0);
            assertThat(statuses).containsOnly(0, 0x58).contains(0x58);
            assertThat(open.figures().throttled()).isEqualTo(40 - open.figures().accepted());
            assertThat(open.figures().maxInAnySecond()).isBetween(1L, 40L);
        }
    }

    @Test
    void what_is_over_the_rate_of_all_accounts_together_is_throttled() throws Exception {
        behave(b -> b.throttleTotal(3).throttle(1000).throttleRule(ThrottleRule.TOKEN_BUCKET));
        try (RawEsme esme = RawEsme.boundAs(CommandId.BIND_TRANSCEIVER, "demo", "secret", smsc.port())) {
            List<Integer> statuses = statusesOf(100, esme);

            assertThat(statuses.subList(0, 3)).containsOnly(0);
            assertThat(statuses).contains(0x58);
        }
    }

    @Test
    void errors_come_at_the_rate_and_with_the_code_asked_for() throws Exception {
        behave(b -> b.errorRate(1).errorCode(0x14));
        Esme esme = opened(Esme.transceiver(smsc));

        assertStatus(0x14, () -> esme.submit("Hello"));
        behave(b -> b.errorRate(0).refusals(Map.of("447700900123", 0x0B)));
        assertStatus(0x0B, () -> esme.submit("Hello"));

        assertThat(smsc.figures().errored()).isEqualTo(2);
        assertThat(smsc.figures().accepted()).isZero();
    }

    @Test
    void the_same_text_to_the_same_handset_counts_as_a_duplicate() throws Exception {
        Esme esme = opened(Esme.transceiver(smsc));
        esme.submit("Hello");
        esme.submit("Hello again");
        esme.submit("Hello");

        assertThat(smsc.figures().duplicates()).isEqualTo(1);
    }

    @Test
    void a_text_from_a_handset_finds_the_account_that_sends_as_its_number() throws Exception {
        Esme esme = opened(Esme.transceiver(smsc));

        assertThat(smsc.sendFromHandset("447700900999", "12345", "Stop €")).isTrue();

        eventually(() -> assertThat(esme.fromHandsets()).hasSize(1));
        DeliverSm received = esme.fromHandsets().get(0);
        assertThat(received.getSourceAddr()).isEqualTo("447700900999");
        assertThat(received.getDestAddress()).isEqualTo("12345");
        assertThat(TextDecoder.GSM.text(received.getDataCoding(), received.getShortMessage()))
                .isEqualTo("Stop €");
    }

    @Test
    void the_smsc_says_goodbye_when_it_closes() throws Exception {
        Esme esme = opened(Esme.transceiver(smsc));

        smsc.close();

        eventually(() -> assertThat(esme.session().getSessionState().isBound()).isFalse());
        assertThat(smsc.figures().sessions()).isZero();
    }

    @Test
    void listeners_hear_what_happens() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        smsc.addListener(new SmscListener() {
            @Override
            public void accepted(ReceivedMessage message) {
                heard.add("accepted " + message.text());
            }

            @Override
            public void bound(String systemId, int session, String kind) {
                heard.add("bound " + systemId + " " + kind);
            }

            @Override
            public void ended(String systemId, int session) {
                heard.add("ended " + systemId);
            }

            @Override
            public void receiptAnswered(String messageId, int status) {
                heard.add("receipt answered " + status);
            }
        });
        Esme esme = Esme.transceiver(smsc);
        esme.submit("Hello");
        eventually(() -> assertThat(heard).contains("receipt answered 0"));
        esme.close();

        eventually(() -> assertThat(heard)
                .containsExactly("bound demo TRX", "accepted Hello", "receipt answered 0", "ended demo"));
    }
}
