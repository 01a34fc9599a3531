package io.smspipeline.provider.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.provider.HeldAnswer;
import io.smspipeline.provider.HeldMessage;
import io.smspipeline.provider.HeldMessages;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.Receipt;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.simulator.smsc.scripted.Link;
import io.smspipeline.simulator.smsc.scripted.Script;
import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.OctetReader;
import io.smspipeline.simulator.smsc.wire.Pdus;
import io.smspipeline.simulator.smsc.wire.RawPdu;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** query_sm, cancel_sm and replace_sm. */
class SmppHeldTest {
    private static final HeldMessage HELD = new HeldMessage("00AbC", "12345", "+447700900123");

    private static Script answering(int commandId, int status, byte... body) {
        return link -> {
            link.acceptBind();
            RawPdu asked = link.read(commandId);
            link.write(new RawPdu(commandId | CommandId.RESPONSE, status, asked.sequence(), body).octets());
            link.readOn();
        };
    }

    private static byte[] told(String finalDate, int state, int error) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("00AbC\0".getBytes(StandardCharsets.US_ASCII));
        body.writeBytes((finalDate + "\0").getBytes(StandardCharsets.US_ASCII));
        body.write(state);
        body.write(error);
        return body.toByteArray();
    }

    private static HeldAnswer ask(
            ScriptedProvider scripted, Function<HeldMessages, CompletionStage<HeldAnswer>> question) throws Exception {
        await().atMost(ScriptedProvider.SOON).until(scripted::isUp);
        return question.apply(scripted.provider().held().orElseThrow())
                .toCompletableFuture()
                .get(ScriptedProvider.SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private static OctetReader asked(ScriptedProvider scripted, int commandId) {
        RawPdu pdu = scripted.peer().received(commandId).get(0);
        return new OctetReader(pdu.body(), 0, pdu.body().length);
    }

    private static Failure refusal(HeldAnswer answer) {
        assertThat(answer).isInstanceOf(HeldAnswer.Refused.class);
        return ((HeldAnswer.Refused) answer).failure();
    }

    @Test
    void cancelling_names_the_message_as_it_was_submitted() throws Exception {
        try (ScriptedProvider scripted = new ScriptedProvider(
                answering(CommandId.CANCEL_SM, 0), "service-type: CMT", "source-npi: 1", "destination-ton: 2")) {
            assertThat(ask(scripted, held -> held.cancel(HELD))).isInstanceOf(HeldAnswer.Done.class);

            OctetReader body = asked(scripted, CommandId.CANCEL_SM);
            assertThat(body.cString(65)).as("service_type").isEmpty();
            assertThat(body.cString(65)).isEqualTo("00AbC");
            assertThat(new int[] {body.u8(), body.u8()}).containsExactly(3, 1);
            assertThat(body.cString(65)).isEqualTo("12345");
            assertThat(new int[] {body.u8(), body.u8()}).containsExactly(2, 1);
            assertThat(body.cString(65)).isEqualTo("447700900123");
        }
    }

    @Test
    void a_query_tells_the_state_as_a_receipt_under_the_id_of_the_acceptance() throws Exception {
        try (ScriptedProvider scripted = new ScriptedProvider(
                answering(CommandId.QUERY_SM, 0, told("261121070012000+", 5, 1)),
                "message-id-format: hex-submit-decimal-receipt",
                "receipt-errors: {\"001\": {code: invalid-recipient, text: unknown subscriber}}")) {
            HeldAnswer answer = ask(scripted, held -> held.query(HELD));

            assertThat(answer).isInstanceOf(HeldAnswer.Told.class);
            assertThat(((HeldAnswer.Told) answer).correlationId()).isEqualTo("abc");
            Receipt receipt = ((HeldAnswer.Told) answer).receipt();
            assertThat(receipt.getProviderMessageId()).isEqualTo("00AbC");
            assertThat(receipt.getState()).isEqualTo(ReceiptState.UNDELIVERABLE);
            assertThat(receipt.getFinal$()).isTrue();
            assertThat(receipt.getErr()).isEqualTo("001");
            assertThat(receipt.getDoneDate()).isEqualTo("2026-11-21T07:00:12");
            assertThat(receipt.getHandset()).isEqualTo("+447700900123");
            Failure failure = Objects.requireNonNull(receipt.getFailure());
            assertThat(failure.getCode()).isEqualTo(FailureCode.INVALID_RECIPIENT);
            assertThat(failure.getReason()).contains("unknown subscriber");
            OctetReader body = asked(scripted, CommandId.QUERY_SM);
            assertThat(body.cString(65)).isEqualTo("00AbC");
            assertThat(new int[] {body.u8(), body.u8()}).containsExactly(3, 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, ENROUTE, false",
        "2, DELIVERED, true",
        "4, DELETED, true",
        "6, ACCEPTED, false",
        "99, UNKNOWN, false"
    })
    void a_state_is_what_it_is_in_receipts(int state, ReceiptState expected, boolean last) throws Exception {
        try (ScriptedProvider scripted = new ScriptedProvider(answering(CommandId.QUERY_SM, 0, told("", state, 0)))) {
            Receipt receipt = ((HeldAnswer.Told) ask(scripted, held -> held.query(HELD))).receipt();

            assertThat(receipt.getState()).isEqualTo(expected);
            assertThat(receipt.getFinal$()).isEqualTo(last);
            assertThat(receipt.getDoneDate()).isNull();
            assertThat(receipt.getErr()).isNull();
        }
    }

    @Test
    void an_answer_that_names_no_state_tells_nothing() throws Exception {
        try (ScriptedProvider scripted = new ScriptedProvider(answering(CommandId.QUERY_SM, 0))) {
            assertThat(refusal(ask(scripted, held -> held.query(HELD))).getReason())
                    .contains("message_state");
        }
    }

    @Test
    void a_replacement_goes_out_in_the_default_alphabet_with_what_remains_of_the_validity() throws Exception {
        try (ScriptedProvider scripted = new ScriptedProvider(answering(CommandId.REPLACE_SM, 0))) {
            HeldAnswer answer = ask(scripted, held -> held.replace(HELD, "New @", Duration.ofHours(1)));

            assertThat(answer).isInstanceOf(HeldAnswer.Done.class);
            OctetReader body = asked(scripted, CommandId.REPLACE_SM);
            assertThat(body.cString(65)).isEqualTo("00AbC");
            assertThat(new int[] {body.u8(), body.u8()}).containsExactly(3, 0);
            assertThat(body.cString(65)).isEqualTo("12345");
            assertThat(body.cString(65)).as("schedule_delivery_time").isEmpty();
            assertThat(body.cString(65)).as("validity_period").isEqualTo("000000010000000R");
            assertThat(body.u8()).as("registered_delivery").isEqualTo(1);
            assertThat(body.u8()).as("sm_default_msg_id").isZero();
            assertThat(body.octets(body.u8())).containsExactly('N', 'e', 'w', ' ', 0);
        }
    }

    @Test
    void a_replacement_that_does_not_fit_is_refused_without_asking() throws Exception {
        try (ScriptedProvider scripted = new ScriptedProvider(link -> {
            link.acceptBind();
            link.readOn();
        })) {
            assertThat(refusal(ask(scripted, held -> held.replace(HELD, "x".repeat(161), Duration.ofHours(1))))
                            .getReason())
                    .contains("replace_sm");
            assertThat(refusal(ask(scripted, held -> held.replace(HELD, "Привет", Duration.ofHours(1))))
                            .getCode())
                    .isEqualTo(FailureCode.UNSUPPORTED);
            assertThat(scripted.peer().received(CommandId.REPLACE_SM)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x11, ended already, ESME_RCANCELFAIL",
        "0x0C, knows no message 00AbC, ESME_RINVMSGID",
        "0x03, offers no cancel_sm, ESME_RINVCMDID",
        "0x04, bind state, ESME_RINVBNDSTS",
        "0x401, SMSC's own, vendor-specific",
    })
    void a_refusal_says_why(String status, String reason, String name) throws Exception {
        try (ScriptedProvider scripted = new ScriptedProvider(answering(CommandId.CANCEL_SM, Integer.decode(status)))) {
            Failure failure = refusal(ask(scripted, held -> held.cancel(HELD)));

            assertThat(failure.getReason()).contains(reason, "withdraw it");
            assertThat(failure.getProviderText()).isEqualTo(name);
            assertThat(failure.getPermanent()).isTrue();
        }
    }

    @Test
    void other_commands_name_their_own_failure() throws Exception {
        try (ScriptedProvider scripted = new ScriptedProvider(answering(CommandId.QUERY_SM, 0x67))) {
            assertThat(refusal(ask(scripted, held -> held.query(HELD))).getReason())
                    .contains("ESME_RQUERYFAIL");
        }
        try (ScriptedProvider scripted = new ScriptedProvider(answering(CommandId.REPLACE_SM, 0x13))) {
            assertThat(refusal(ask(scripted, held -> held.replace(HELD, "New", Duration.ofHours(1))))
                            .getReason())
                    .contains("ESME_RREPLACEFAIL");
        }
    }

    @Test
    void a_generic_nack_is_a_refusal() throws Exception {
        try (ScriptedProvider scripted = new ScriptedProvider(link -> {
            link.acceptBind();
            RawPdu asked = link.read(CommandId.QUERY_SM);
            link.write(Pdus.header(CommandId.GENERIC_NACK, 0x03, asked.sequence()));
            link.readOn();
        })) {
            assertThat(refusal(ask(scripted, held -> held.query(HELD))).getReason())
                    .contains("offers no query_sm");
        }
    }

    @ParameterizedTest
    @CsvSource({"0x58", "0x08", "0x14"})
    void trouble_that_passes_leaves_the_question_open(String status) throws Exception {
        try (ScriptedProvider scripted = new ScriptedProvider(answering(CommandId.CANCEL_SM, Integer.decode(status)))) {
            HeldAnswer answer = ask(scripted, held -> held.cancel(HELD));

            assertThat(answer).isInstanceOf(HeldAnswer.Unanswered.class);
            assertThat(((HeldAnswer.Unanswered) answer).failure().getPermanent())
                    .isFalse();
        }
    }

    @Test
    void silence_leaves_the_question_open_within_the_response_timeout() throws Exception {
        try (ScriptedProvider scripted = new ScriptedProvider(
                link -> {
                    link.acceptBind();
                    link.readOn();
                },
                "response-timeout: 200ms")) {
            assertThat(ask(scripted, held -> held.query(HELD))).isInstanceOf(HeldAnswer.Unanswered.class);
        }
    }

    @Test
    void a_link_that_breaks_leaves_the_question_open() throws Exception {
        try (ScriptedProvider scripted = new ScriptedProvider(link -> {
            link.acceptBind();
            link.read(CommandId.QUERY_SM);
            link.cut();
        })) {
            assertThat(ask(scripted, held -> held.query(HELD))).isInstanceOf(HeldAnswer.Unanswered.class);
        }
    }

    @Test
    void without_a_bind_nothing_can_be_asked() throws Exception {
        try (ScriptedProvider scripted = new ScriptedProvider(Link::stayMute)) {
            HeldAnswer answer = scripted.provider()
                    .held()
                    .orElseThrow()
                    .cancel(HELD)
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);

            assertThat(answer).isInstanceOf(HeldAnswer.Unanswered.class);
            assertThat(((HeldAnswer.Unanswered) answer).failure().getReason()).contains("no bind is up");
        }
    }

    @Test
    void an_id_that_smpp_cannot_carry_is_refused() throws Exception {
        try (ScriptedProvider scripted = new ScriptedProvider(link -> {
            link.acceptBind();
            link.readOn();
        })) {
            HeldMessage tooLong = new HeldMessage("1".repeat(80), "12345", "+447700900123");

            assertThat(refusal(ask(scripted, held -> held.cancel(tooLong))).getReason())
                    .contains("cancel_sm");
        }
    }

    @Test
    void questions_get_through_while_the_window_is_full() throws Exception {
        try (ScriptedProvider scripted = new ScriptedProvider(
                link -> {
                    link.acceptBind();
                    RawPdu asked = link.read(CommandId.CANCEL_SM);
                    answer(link, asked);
                    link.readOn();
                },
                "window: 1")) {
            scripted.submit(1);

            assertThat(ask(scripted, held -> held.cancel(HELD))).isInstanceOf(HeldAnswer.Done.class);
        }
    }

    private static void answer(Link link, RawPdu asked) throws IOException {
        link.write(Pdus.header(asked.commandId() | CommandId.RESPONSE, 0, asked.sequence()));
    }
}
