package io.smspipeline.provider.smpp.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.provider.smpp.submit.SubmitRules.Numbering;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.record.StatusReport;
import io.smspipeline.simulator.smsc.wire.Address;
import io.smspipeline.simulator.smsc.wire.MessageBody;
import io.smspipeline.simulator.smsc.wire.OctetReader;
import io.smspipeline.simulator.smsc.wire.Tag;
import io.smspipeline.text.Segmentation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a second reading of the octets, by the simulated SMSC, finds in them. */
class SubmitComposerTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T07:00:00Z"), ZoneOffset.UTC);

    private static SubmitRules rules(Segmentation segmentation) {
        return new SubmitRules(
                "", "CMT", segmentation, 10, ValidityFormat.RELATIVE, Numbering.DERIVED, Numbering.DERIVED);
    }

    private static List<MessageBody> composed(SubmitRules rules, OutgoingMessage message) throws Exception {
        SubmitComposer composer = new SubmitComposer(rules, CLOCK);
        List<Submission> parts = ((Plan.Submissions) new Planner(rules).plan(message)).all();
        java.util.ArrayList<MessageBody> bodies = new java.util.ArrayList<>();
        for (Submission part : parts) {
            byte[] pdu = composer.compose(7, part, Duration.ofHours(1));
            bodies.add(MessageBody.read(new OctetReader(pdu, 16, pdu.length)));
        }
        return bodies;
    }

    private static MessageBody composed(OutgoingMessage message) throws Exception {
        return composed(rules(Segmentation.UDH8), message).get(0);
    }

    @Test
    void every_field_of_the_message_has_its_place() throws Exception {
        OutgoingMessage message = Messages.text("m1", "Hello");
        message.setPriority(Priority.HIGH);
        message.setProtocolId(0x41);
        message.setMessageClass(0);

        MessageBody body = composed(message);

        assertThat(body.serviceType()).isEqualTo("CMT");
        assertThat(body.source()).isEqualTo(new Address(3, 0, "12345"));
        assertThat(body.destination()).isEqualTo(new Address(1, 1, "447700900123"));
        assertThat(body.priority()).isEqualTo(1);
        assertThat(body.protocolId()).isEqualTo(0x41);
        assertThat(body.dataCoding()).isEqualTo(0x10);
        assertThat(body.validityPeriod()).isEqualTo("000000010000000R");
        assertThat(body.shortMessage()).asString().isEqualTo("Hello");
        assertThat(body.esmClass()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"NONE, 0", "FAILURES, 2", "FINAL, 1", "ALL, 17"})
    void the_status_report_asked_for_is_registered(StatusReport report, int registered) throws Exception {
        OutgoingMessage message = Messages.text("m1", "Hello");
        message.setStatusReport(report);

        assertThat(composed(message).registeredDelivery()).isEqualTo(registered);
    }

    @Test
    void parts_with_a_header_are_marked() throws Exception {
        List<MessageBody> parts = composed(rules(Segmentation.UDH16), Messages.text("m1", "x".repeat(200)));

        assertThat(parts).hasSize(2).allMatch(part -> part.esmClass() == 0x40);
    }

    @Test
    void sar_parts_carry_their_tlvs_and_no_header() throws Exception {
        List<MessageBody> parts = composed(rules(Segmentation.SAR), Messages.text("m1", "x".repeat(200)));

        assertThat(parts).hasSize(2).allMatch(part -> part.esmClass() == 0);
        assertThat(parts.get(1).number(Tag.SAR_TOTAL_SEGMENTS)).isEqualTo(2);
        assertThat(parts.get(1).number(Tag.SAR_SEGMENT_SEQNUM)).isEqualTo(2);
        assertThat(parts.get(1).number(Tag.SAR_MSG_REF_NUM))
                .isEqualTo(parts.get(0).number(Tag.SAR_MSG_REF_NUM));
    }

    @Test
    void message_payload_leaves_short_message_empty() throws Exception {
        List<MessageBody> whole = composed(rules(Segmentation.PAYLOAD), Messages.text("m1", "x".repeat(400)));

        assertThat(whole).hasSize(1);
        assertThat(whole.get(0).shortMessage()).isEmpty();
        assertThat(whole.get(0).content()).hasSize(400);
    }

    @Test
    void an_account_may_demand_its_own_numbering() throws Exception {
        SubmitRules rules = new SubmitRules(
                "", "", Segmentation.UDH8, 10, ValidityFormat.ABSOLUTE, new Numbering(0, 1), new Numbering(2, -1));

        MessageBody body = composed(rules, Messages.text("m1", "Hello")).get(0);

        assertThat(body.source()).isEqualTo(new Address(0, 1, "12345"));
        assertThat(body.destination()).isEqualTo(new Address(2, 1, "447700900123"));
        assertThat(body.validityPeriod()).isEqualTo("261121080000000+");
    }
}
