package io.smspipeline.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.BinaryContent;
import io.smspipeline.record.Encoding;
import io.smspipeline.record.Failure;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.TextContent;
import io.smspipeline.schemas.trust.TrustedRecords;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AdmissionTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    @BeforeAll
    static void records_may_be_made() {
        TrustedRecords.trust();
    }

    /** A change to a message that is sound otherwise. */
    interface Change extends UnaryOperator<OutgoingMessage.Builder> {}

    static Stream<Arguments> refused() {
        return Stream.of(
                row("a recipient of two digits", m -> m.setTo("12"), "INVALID_RECIPIENT to:"),
                row("no id", m -> m.setId(""), "REQUEST id:"),
                row("an id of 65 characters", m -> m.setId("x".repeat(65)), "REQUEST id:"),
                row("an empty text", m -> m.setContent(new TextContent("")), "REQUEST text:"),
                row("256 parts", m -> m.setContent(new TextContent("x".repeat(153 * 255 + 1))), "REQUEST content:"),
                row(
                        "more parts than allowed",
                        m -> m.setContent(new TextContent("x".repeat(161))).setMaxParts(1),
                        "REQUEST content:"),
                row(
                        "a character GSM7 lacks",
                        m -> m.setContent(new TextContent("ç")).setEncoding(Encoding.GSM7),
                        "REQUEST content:"),
                row("a sender of 12 characters", m -> m.setFrom("TwelveLetter"), "INVALID_SENDER from:"),
                row(
                        "a sender of 11 characters of which one is an extension",
                        m -> m.setFrom("Eleven[Char"),
                        "INVALID_SENDER from:"),
                row("a sender outside GSM 03.38", m -> m.setFrom("Привет"), "INVALID_SENDER from:"),
                row("a sender of 16 digits", m -> m.setFrom("1234567890123456"), "INVALID_SENDER from:"),
                row("a blank sender", m -> m.setFrom(" "), "INVALID_SENDER from:"),
                row("a message class of 4", m -> m.setMessageClass(4), "REQUEST messageClass:"),
                row("a protocol id of 256", m -> m.setProtocolId(256), "REQUEST protocolId:"),
                row("no parts at all", m -> m.setMaxParts(0), "REQUEST maxParts:"),
                row(
                        "a client reference of 256 characters",
                        m -> m.setClientReference("x".repeat(256)),
                        "REQUEST clientReference:"),
                row(
                        "a validity that ends before the message may be sent",
                        m -> m.setSendAt(NOW.plusSeconds(60)).setValidUntil(NOW.plusSeconds(60)),
                        "EXPIRED validUntil:"),
                row(
                        "a validity that ends before the message was made",
                        m -> m.setValidUntil(NOW),
                        "EXPIRED validUntil:"),
                row("a sender with a line break", m -> m.setFrom("AC\nME"), "INVALID_SENDER from:"),
                row("empty octets", m -> m.setContent(binary().build()), "REQUEST binary:"),
                row(
                        "a port of 65536",
                        m -> m.setContent(binary(1).setDestinationPort(65_536).build()),
                        "REQUEST destinationPort:"),
                row(
                        "a user data header that contradicts its length",
                        m -> m.setContent(binary(1).setUdh(buffer(9, 0)).build()),
                        "REQUEST udh:"));
    }

    @ParameterizedTest(name = "{0} is refused: {2}")
    @MethodSource("refused")
    void what_nobody_could_carry(String what, Change change, String expected) {
        Optional<Failure> refusal = Admission.refusal(change.apply(sound()).build());

        assertThat(refusal.map(failure -> failure.getCode() + " " + failure.getReason()))
                .hasValueSatisfying(told -> assertThat(told).startsWith(expected));
    }

    static Stream<Arguments> taken() {
        return Stream.of(
                row("a plain text", m -> m, ""),
                row("255 parts", m -> m.setContent(new TextContent("x".repeat(153 * 255))), ""),
                row("a sender of 11 characters", m -> m.setFrom("ElevenChars"), ""),
                row("a short code as sender", m -> m.setFrom("12345"), ""),
                row("a number with separators", m -> m.setTo("+44 (0)7700 900-123"), ""),
                row(
                        "octets for a port",
                        m -> m.setContent(
                                binary(1, 6, 4).setDestinationPort(2948).build()),
                        ""),
                row(
                        "octets with a header of their own",
                        m -> m.setContent(binary(1).setUdh(buffer(2, 0x70, 0)).build()),
                        ""));
    }

    @ParameterizedTest(name = "{0} is taken")
    @MethodSource("taken")
    void what_somebody_may_carry(String what, Change change, String nothing) {
        assertThat(Admission.refusal(change.apply(sound()).build())).isEmpty();
    }

    @Test
    void recipient_and_times_can_be_left_to_who_judges_them_by_itself() {
        assertThat(Admission.unfit(sound().setTo("12").setValidUntil(NOW).build()))
                .isEmpty();
    }

    private static Arguments row(String what, Change change, String expected) {
        return Arguments.of(what, change, expected);
    }

    private static OutgoingMessage.Builder sound() {
        return OutgoingMessage.newBuilder()
                .setId("1")
                .setTo("+447700900123")
                .setContent(new TextContent("Hello"))
                .setCreatedAt(NOW);
    }

    private static BinaryContent.Builder binary(int... octets) {
        return BinaryContent.newBuilder().setData(buffer(octets));
    }

    private static ByteBuffer buffer(int... octets) {
        ByteBuffer buffer = ByteBuffer.allocate(octets.length);
        for (int octet : octets) {
            buffer.put((byte) octet);
        }
        return buffer.flip();
    }
}
