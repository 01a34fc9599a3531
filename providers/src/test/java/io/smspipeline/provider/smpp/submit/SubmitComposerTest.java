package io.smspipeline.provider.smpp.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.record.Encoding;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.record.StatusReport;
import io.smspipeline.simulator.smsc.wire.Address;
import io.smspipeline.simulator.smsc.wire.MessageBody;
import io.smspipeline.simulator.smsc.wire.OctetReader;
import io.smspipeline.simulator.smsc.wire.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a second reading of the octets, by the simulated SMSC, finds in them. */
class SubmitComposerTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T07:00:00Z"), ZoneOffset.UTC);

    private static List<MessageBody> parts(OutgoingMessage message, String... keys) throws Exception {
        SubmitRules rules = AccountRules.of(keys);
        SubmitComposer composer = new SubmitComposer(rules, CLOCK);
        List<MessageBody> bodies = new ArrayList<>();
        for (Submission part : ((Plan.Submissions) new Planner(rules).plan(message)).all()) {
            byte[] pdu = composer.compose(7, part, Duration.ofHours(1));
            bodies.add(MessageBody.read(new OctetReader(pdu, 16, pdu.length)));
        }
        return bodies;
    }

    private static MessageBody composed(OutgoingMessage message, String... keys) throws Exception {
        return parts(message, keys).get(0);
    }

    private static OutgoingMessage hello() {
        return Messages.text("m1", "Hello");
    }

    private static OutgoingMessage from(String sender) {
        OutgoingMessage message = hello();
        message.setFrom(sender);
        return message;
    }

    private static OutgoingMessage withParams(String... namesAndValues) {
        OutgoingMessage message = hello();
        Map<String, String> params = new java.util.HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            params.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        message.setParams(params);
        return message;
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    private static String hexOf(MessageBody body, int tag) {
        return hex(Objects.requireNonNull(body.tlv(tag)));
    }

    @Test
    void every_field_of_the_message_has_its_place() throws Exception {
        OutgoingMessage message = hello();
        message.setPriority(Priority.HIGH);
        message.setProtocolId(0x41);
        message.setMessageClass(0);

        MessageBody body = composed(message, "service-type: CMT");

        assertThat(body.serviceType()).isEqualTo("CMT");
        assertThat(body.source()).isEqualTo(new Address(3, 0, "12345"));
        assertThat(body.destination()).isEqualTo(new Address(1, 1, "447700900123"));
        assertThat(body.priority()).isEqualTo(1);
        assertThat(body.protocolId()).isEqualTo(0x41);
        assertThat(body.dataCoding()).isEqualTo(0x10);
        assertThat(body.validityPeriod()).isEqualTo("000000010000000R");
        assertThat(body.shortMessage()).asString().isEqualTo("Hello");
        assertThat(body.esmClass()).isZero();
        assertThat(body.replaceIfPresent()).isZero();
        assertThat(body.hasTlvs()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"NONE, 0", "FAILURES, 2", "FINAL, 1", "ALL, 17"})
    void the_status_report_asked_for_is_registered(StatusReport report, int registered) throws Exception {
        OutgoingMessage message = hello();
        message.setStatusReport(report);

        assertThat(composed(message).registeredDelivery()).isEqualTo(registered);
    }

    @Test
    void an_smsc_that_knows_fewer_kinds_of_receipt_is_asked_for_those_it_knows() throws Exception {
        OutgoingMessage message = hello();
        message.setStatusReport(StatusReport.FAILURES);

        assertThat(composed(message, "registered-delivery: {failures: 0x01}").registeredDelivery())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"LOW, 0", "NORMAL, 1", "HIGH, 3"})
    void each_lane_has_the_priority_flag_that_the_account_gives_it(Priority priority, int flag) throws Exception {
        OutgoingMessage message = hello();
        message.setPriority(priority);

        assertThat(composed(message, "priority-flag: {low: 0, normal: 1, high: 3}")
                        .priority())
                .isEqualTo(flag);
    }

    @Test
    void a_protocol_id_of_the_account_is_for_messages_that_name_none() throws Exception {
        OutgoingMessage own = hello();
        own.setProtocolId(0x40);

        assertThat(composed(hello(), "protocol-id: 0x7F").protocolId()).isEqualTo(0x7F);
        assertThat(composed(own, "protocol-id: 0x7F").protocolId()).isEqualTo(0x40);
    }

    @Test
    void parts_with_a_header_are_marked() throws Exception {
        List<MessageBody> parts = parts(Messages.text("m1", "x".repeat(200)), "segmentation: udh16");

        assertThat(parts).hasSize(2).allMatch(part -> part.esmClass() == 0x40);
    }

    @Test
    void sar_parts_carry_their_tlvs_and_no_header() throws Exception {
        List<MessageBody> parts = parts(Messages.text("m1", "x".repeat(200)), "segmentation: sar");

        assertThat(parts).hasSize(2).allMatch(part -> part.esmClass() == 0);
        assertThat(parts.get(1).number(Tag.SAR_TOTAL_SEGMENTS)).isEqualTo(2);
        assertThat(parts.get(1).number(Tag.SAR_SEGMENT_SEQNUM)).isEqualTo(2);
        assertThat(parts.get(1).number(Tag.SAR_MSG_REF_NUM))
                .isEqualTo(parts.get(0).number(Tag.SAR_MSG_REF_NUM));
    }

    @Test
    void message_payload_leaves_short_message_empty() throws Exception {
        List<MessageBody> whole = parts(Messages.text("m1", "x".repeat(400)), "segmentation: payload");

        assertThat(whole).hasSize(1);
        assertThat(whole.get(0).shortMessage()).isEmpty();
        assertThat(whole.get(0).content()).hasSize(400);
    }

    @Test
    void an_account_may_demand_its_own_numbering() throws Exception {
        MessageBody body = composed(hello(), "source-ton: 0", "source-npi: 1", "destination-ton: 2");

        assertThat(body.source()).isEqualTo(new Address(0, 1, "12345"));
        assertThat(body.destination()).isEqualTo(new Address(2, 1, "447700900123"));
    }

    @Test
    void an_account_may_demand_a_numbering_for_each_kind_of_sender() throws Exception {
        String[] keys = {"source-npi: 9", "source-numbering: {short-code: 6/1, alphanumeric: 5/18}"};

        assertThat(composed(from("12345"), keys).source()).isEqualTo(new Address(6, 1, "12345"));
        assertThat(composed(from("Acme"), keys).source()).isEqualTo(new Address(5, 18, "Acme"));
        assertThat(composed(from("+447700900000"), keys).source()).isEqualTo(new Address(1, 9, "447700900000"));
    }

    @Test
    void an_absolute_validity_ends_when_what_remains_of_it_ends() throws Exception {
        assertThat(composed(hello(), "validity: absolute").validityPeriod()).isEqualTo("261121080000000+");
    }

    @ParameterizedTest
    @CsvSource({
        "general-group, GSM7, 0x11, 0x05",
        "general-group, UCS2, 0x19, 0x05",
        "class-group, GSM7, 0xF1, 0x05",
        "class-group, UCS2, 0x19, 0x05",
        "class-group, LATIN1, 0xF5, 0x05",
        "subunit, GSM7, 0x00, 0x02",
        "subunit, UCS2, 0x08, 0x02"
    })
    void a_message_class_is_told_as_the_account_wants_it(String style, Encoding encoding, String coding, String subunit)
            throws Exception {
        OutgoingMessage message = hello();
        message.setMessageClass(1);
        message.setEncoding(encoding);

        MessageBody body = composed(message, "message-class: " + style);

        assertThat(body.dataCoding()).isEqualTo(Integer.decode(coding));
        if (style.equals("subunit")) {
            assertThat(hexOf(body, 0x0005)).isEqualTo(subunit.substring(2));
        } else {
            assertThat(body.hasTlvs()).isFalse();
        }
    }

    @Test
    void an_account_may_have_its_own_data_coding_for_an_encoding() throws Exception {
        String keys = "data-coding: {gsm7: 0xF1, ucs2: 0x18, latin1: 0, binary: 0xF5}";
        OutgoingMessage latin1 = Messages.text("m1", "é");
        latin1.setEncoding(Encoding.LATIN1);

        assertThat(composed(hello(), keys).dataCoding()).isEqualTo(0xF1);
        assertThat(composed(Messages.text("m1", "ж"), keys).dataCoding()).isEqualTo(0x18);
        assertThat(composed(latin1, keys).dataCoding()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"gsm, 006565, 0", "gsm-packed, 80723904, 0", "latin1, 40653a, 0", "ascii, 40653a, 0"})
    void the_default_alphabet_is_that_of_the_smsc(String alphabet, String hex, int coding) throws Exception {
        String text = alphabet.equals("gsm") ? "@ee" : alphabet.equals("gsm-packed") ? "@ee!" : "@e:";

        MessageBody body = composed(Messages.text("m1", text), "default-alphabet: " + alphabet);

        assertThat(hex(body.shortMessage())).isEqualTo(hex);
        assertThat(body.dataCoding()).isEqualTo(coding);
    }

    @Test
    void characters_are_replaced_where_the_account_or_the_message_allows_it() throws Exception {
        OutgoingMessage quoted = Messages.text("m1", "Don’t");
        OutgoingMessage asked = Messages.text("m1", "Don’t");
        asked.setParams(Map.of("transliteration", "where-it-fits"));
        OutgoingMessage declined = Messages.text("m1", "Don’t");
        declined.setParams(Map.of("transliteration", "never"));

        assertThat(composed(quoted).dataCoding()).isEqualTo(8);
        assertThat(composed(quoted, "transliteration: always").shortMessage())
                .asString()
                .isEqualTo("Don't");
        assertThat(composed(asked).shortMessage()).asString().isEqualTo("Don't");
        assertThat(composed(declined, "transliteration: always").dataCoding()).isEqualTo(8);
    }

    @Test
    void national_tables_are_used_where_the_account_names_their_language() throws Exception {
        MessageBody body = composed(Messages.text("m1", "ığ"), "national-languages: [turkish]");

        assertThat(body.esmClass()).isEqualTo(0x40);
        assertThat(hex(body.shortMessage())).isEqualTo("03240101" + "1b691b67");
    }

    @Test
    void a_message_of_one_part_may_replace_an_earlier_one() throws Exception {
        String key = "replace-if-present: true";

        assertThat(composed(hello(), key).replaceIfPresent()).isOne();
        assertThat(parts(Messages.text("m1", "x".repeat(200)), key)).allMatch(part -> part.replaceIfPresent() == 0);
        assertThat(parts(Messages.text("m1", "x".repeat(200)), key, "segmentation: payload"))
                .allMatch(part -> part.replaceIfPresent() == 0);
        assertThat(composed(withParams("replace-if-present", "true")).replaceIfPresent())
                .isOne();
        assertThat(composed(withParams("replace-if-present", "false"), key).replaceIfPresent())
                .isZero();
    }

    @Test
    void the_service_type_of_the_message_goes_before_that_of_the_account() throws Exception {
        assertThat(composed(withParams("service-type", "WAP"), "service-type: CMT")
                        .serviceType())
                .isEqualTo("WAP");
    }

    @Test
    void vendor_tlvs_go_out_with_every_part() throws Exception {
        OutgoingMessage message = Messages.text("m1", "x".repeat(200));
        message.setLabels(Map.of("campaign", "autumn"));

        List<MessageBody> parts = parts(
                message,
                "tlvs:",
                "  0x1400: hex:0aff",
                "  0x1401: text:1101",
                "  0x1402: c-string:1102",
                "  0x1403: label:campaign",
                "  0x1404: label:unknown");

        assertThat(parts).hasSize(2).allSatisfy(part -> {
            assertThat(hexOf(part, 0x1400)).isEqualTo("0aff");
            assertThat(hexOf(part, 0x1401)).isEqualTo("31313031");
            assertThat(hexOf(part, 0x1402)).isEqualTo("3131303200");
            assertThat(hexOf(part, 0x1403)).isEqualTo("617574756d6e00");
            assertThat(part.tlv(0x1404)).isNull();
        });
    }

    @Test
    void a_tlv_of_the_message_takes_the_place_of_the_accounts() throws Exception {
        MessageBody body = composed(
                withParams("tlv.0x1400", "text:own", "tlv.5121", "hex:01", "other", "of another provider"),
                "tlvs: {0x1400: \"text:usual\"}");

        assertThat(hexOf(body, 0x1400)).isEqualTo(hex("own".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        assertThat(hexOf(body, 0x1401)).isEqualTo("01");
    }

    @ParameterizedTest
    @CsvSource({
        "tlv.x, hex:00",
        "tlv.0x1400, plain",
        "tlv.0x1400, hex:0",
        "tlv.0x0424, hex:00",
        "service-type, toolong",
        "replace-if-present, perhaps",
        "transliteration, sometimes"
    })
    void a_parameter_that_makes_no_sense_is_told_to_the_sender(String name, String value) {
        Plan plan = new Planner(AccountRules.of()).plan(withParams(name, value));

        assertThat(plan).isInstanceOfSatisfying(Plan.Unfit.class, unfit -> {
            assertThat(unfit.failure().getCode()).isEqualTo(FailureCode.REQUEST);
            assertThat(unfit.failure().getReason()).contains(name).endsWith(".");
        });
    }
}
