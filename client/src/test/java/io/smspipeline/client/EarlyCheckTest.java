package io.smspipeline.client;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.smspipeline.record.Encoding;
import io.smspipeline.record.FailureCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarlyCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @Test
    void a_message_with_every_option_passes() {
        assertPasses(sms().from("ACME")
                .label("type", "otp")
                .validFor(Duration.ofMinutes(5))
                .sendAt(NOW.plusSeconds(60))
                .messageClass(0)
                .protocolId(255)
                .maxParts(1)
                .clientReference("x".repeat(255)));
    }

    @Test
    void a_recipient_that_is_no_number_is_refused() {
        assertRefused(Sms.to("12").text("Hello"), FailureCode.INVALID_RECIPIENT, "to: the number has 2 digits");
        assertRefused(Sms.to("").text("Hello"), FailureCode.INVALID_RECIPIENT, "to: the number is empty");
        assertRefused(Sms.to("07700900123").text("Hello"), FailureCode.INVALID_RECIPIENT, "country code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+447700900000", "447700900000", "12345", "7", "ACME", "Acme Shop 1", "12345678 St"})
    void senders_that_exist_pass(String from) {
        assertPasses(sms().from(from));
    }

    @Test
    void senders_that_cannot_be_shown_are_refused() {
        assertRefused(sms().from("ACME-Bank-plc"), FailureCode.INVALID_SENDER, "13 septets");
        assertRefused(sms().from("1234567890123456"), FailureCode.INVALID_SENDER, "16 digits");
        assertRefused(sms().from(" "), FailureCode.INVALID_SENDER, "Leave it out");
        assertRefused(sms().from("Привет"), FailureCode.INVALID_SENDER, "GSM 03.38");
        assertRefused(sms().from("AC\nME"), FailureCode.INVALID_SENDER, "control character");
        // An escaped character takes two septets on the wire.
        assertRefused(sms().from("ACME{Shop}1"), FailureCode.INVALID_SENDER, "13 septets");
    }

    @Test
    void nothing_to_send_is_refused() {
        assertRefused(Sms.to("+447700900123"), FailureCode.REQUEST, "text: it is empty");
        assertRefused(Sms.to("+447700900123").binary(new byte[0]), FailureCode.REQUEST, "binary: it is empty");
    }

    @Test
    void more_parts_than_allowed_are_refused() {
        assertPasses(Sms.to("+447700900123").text("x".repeat(160)).maxParts(1));
        assertRefused(Sms.to("+447700900123").text("x".repeat(161)).maxParts(1), FailureCode.REQUEST, "text: ");
        assertRefused(Sms.to("+447700900123").text("x".repeat(40_000)), FailureCode.REQUEST, "text: ");
    }

    @Test
    void an_encoding_that_was_asked_for_and_cannot_carry_the_text_is_refused() {
        assertPasses(Sms.to("+447700900123").text("Привет"));
        assertRefused(Sms.to("+447700900123").text("Привет").encoding(Encoding.GSM7), FailureCode.REQUEST, "text: ");
    }

    @Test
    void numbers_out_of_range_are_refused_by_name() {
        assertRefused(sms().messageClass(4), FailureCode.REQUEST, "messageClass: it is 4, allowed are 0 to 3");
        assertRefused(sms().protocolId(256), FailureCode.REQUEST, "protocolId");
        assertRefused(sms().maxParts(0), FailureCode.REQUEST, "maxParts");
        assertRefused(
                Sms.to("+447700900123").binary(new byte[] {1}, 70_000, 1), FailureCode.REQUEST, "destinationPort");
        assertRefused(sms().clientReference("x".repeat(256)), FailureCode.REQUEST, "clientReference");
        assertRefused(sms().id("x".repeat(65)), FailureCode.REQUEST, "id: it has 65 characters");
    }

    @Test
    void a_user_data_header_that_contradicts_itself_is_refused() {
        assertPasses(Sms.to("+447700900123").binary(new byte[] {1}, new byte[] {4, 5, 2, 0, 1}));
        assertRefused(
                Sms.to("+447700900123").binary(new byte[] {1}, new byte[] {9, 5, 2}), FailureCode.REQUEST, "udh: ");
    }

    @Test
    void a_validity_that_ends_before_it_begins_is_refused() {
        assertRefused(sms().validFor(Duration.ZERO), FailureCode.EXPIRED, "validUntil: it is not after");
        assertRefused(sms().validFor(Duration.ofSeconds(-1)), FailureCode.EXPIRED, "validUntil: it is not after");
    }

    @Test
    void validity_counts_from_the_time_it_is_to_be_sent() {
        assertPasses(sms().sendAt(NOW.plusSeconds(3600)).validFor(Duration.ofMinutes(1)));
    }

    private static Sms sms() {
        return Sms.to("+447700900123").text("Hello");
    }

    private static void assertPasses(Sms sms) {
        assertThatCode(() -> EarlyCheck.require(sms.build(new MessageIds(CLOCK), CLOCK)))
                .doesNotThrowAnyException();
    }

    private static void assertRefused(Sms sms, FailureCode code, String because) {
        assertThatExceptionOfType(InvalidSmsException.class)
                .isThrownBy(() -> EarlyCheck.require(sms.build(new MessageIds(CLOCK), CLOCK)))
                .withMessageContaining(because)
                .matches(refusal -> refusal.code() == code, "with code " + code);
    }
}
