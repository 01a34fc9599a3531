package io.smspipeline.client;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.smspipeline.record.FailureCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class InvalidSmsTest {
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

    @Test
    void nothing_to_send_is_refused() {
        assertRefused(Sms.to("+447700900123"), FailureCode.REQUEST, "text: it is empty");
        assertRefused(Sms.to("+447700900123").binary(new byte[0]), FailureCode.REQUEST, "binary: it is empty");
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
        assertThatCode(() -> InvalidSmsException.throwIfRefused(sms.build(new MessageIds(CLOCK), CLOCK)))
                .doesNotThrowAnyException();
    }

    private static void assertRefused(Sms sms, FailureCode code, String because) {
        assertThatExceptionOfType(InvalidSmsException.class)
                .isThrownBy(() -> InvalidSmsException.throwIfRefused(sms.build(new MessageIds(CLOCK), CLOCK)))
                .withMessageContaining(because)
                .matches(refusal -> refusal.code() == code, "with code " + code);
    }
}
