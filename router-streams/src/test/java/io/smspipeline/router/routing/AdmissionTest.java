package io.smspipeline.router.routing;

import static io.smspipeline.router.fixture.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.BinaryContent;
import io.smspipeline.record.Encoding;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.TextContent;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AdmissionTest {
    private static Arguments refused(
            String because, FailureCode code, String reason, Consumer<OutgoingMessage> change) {
        return Arguments.of(because, code, reason, change);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refused("no id", FailureCode.REQUEST, "has no id", m -> m.setId("")),
                refused("an id of 65 characters", FailureCode.REQUEST, "65 characters", m -> m.setId("i".repeat(65))),
                refused("an empty text", FailureCode.REQUEST, "text is empty", m -> m.setContent(new TextContent(""))),
                refused("an empty sender", FailureCode.INVALID_SENDER, "empty", m -> m.setFrom("")),
                refused("a blank sender", FailureCode.INVALID_SENDER, "empty", m -> m.setFrom("   ")),
                refused(
                        "a name of 12 characters",
                        FailureCode.INVALID_SENDER,
                        "12 septets",
                        m -> m.setFrom("TwelveLetter")),
                refused(
                        "a name of 11 with a euro sign",
                        FailureCode.INVALID_SENDER,
                        "12 septets",
                        m -> m.setFrom("EuroEuro12€")),
                refused(
                        "a number of 16 digits",
                        FailureCode.INVALID_SENDER,
                        "16 digits",
                        m -> m.setFrom("1234567890123456")),
                refused("a name in Cyrillic", FailureCode.INVALID_SENDER, "GSM 03.38", m -> m.setFrom("Привет")),
                refused("a name with a line break", FailureCode.INVALID_SENDER, "control", m -> m.setFrom("A\nB")),
                refused("message class 4", FailureCode.REQUEST, "messageClass is 4", m -> m.setMessageClass(4)),
                refused("protocol id 256", FailureCode.REQUEST, "protocolId is 256", m -> m.setProtocolId(256)),
                refused("maxParts 0", FailureCode.REQUEST, "maxParts is 0", m -> m.setMaxParts(0)),
                refused(
                        "a reference of 256",
                        FailureCode.REQUEST,
                        "clientReference",
                        m -> m.setClientReference("r".repeat(256))),
                refused("two parts where one is allowed", FailureCode.REQUEST, "at least 2 parts", m -> {
                    m.setContent(new TextContent("a".repeat(161)));
                    m.setMaxParts(1);
                }),
                refused(
                        "256 parts",
                        FailureCode.REQUEST,
                        "parts",
                        m -> m.setContent(new TextContent("a".repeat(153 * 255 + 1)))),
                refused("GSM7 for what it cannot carry", FailureCode.REQUEST, "GSM7", m -> {
                    m.setContent(new TextContent("Привет"));
                    m.setEncoding(Encoding.GSM7);
                }),
                refused("LATIN1 for what it cannot carry", FailureCode.REQUEST, "LATIN1", m -> {
                    m.setContent(new TextContent("€"));
                    m.setEncoding(Encoding.LATIN1);
                }),
                refused(
                        "half a surrogate pair",
                        FailureCode.REQUEST,
                        "surrogate",
                        m -> m.setContent(new TextContent("\ud83d"))),
                refused("no octets", FailureCode.REQUEST, "empty", m -> m.setContent(binary("", null, null))),
                refused(
                        "a header that contradicts itself",
                        FailureCode.REQUEST,
                        "contradicts",
                        m -> m.setContent(binary("00", "05000301", null))),
                refused(
                        "a port of 17 bits",
                        FailureCode.REQUEST,
                        "destinationPort",
                        m -> m.setContent(binary("00", null, 65536))),
                refused("too many octets", FailureCode.REQUEST, "parts", m -> {
                    m.setContent(binary("00".repeat(200), null, 2948));
                    m.setMaxParts(1);
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refused_with_its_reason(String because, FailureCode code, String reason, Consumer<OutgoingMessage> change) {
        OutgoingMessage message = message("m1");
        change.accept(message);

        Failure failure = Admission.refusal(message);

        assertThat(failure).as(because).isNotNull();
        assertThat(failure.getCode()).isEqualTo(code);
        assertThat(failure.getReason()).contains(reason);
        assertThat(failure.getPermanent()).isTrue();
    }

    static Stream<Arguments> admissions() {
        return Stream.of(
                Arguments.of("nothing but a text", (Consumer<OutgoingMessage>) m -> {}),
                Arguments.of("a short code", (Consumer<OutgoingMessage>) m -> m.setFrom("12345")),
                Arguments.of("a number as sender", (Consumer<OutgoingMessage>) m -> m.setFrom("+447700900001")),
                Arguments.of("a name of 11", (Consumer<OutgoingMessage>) m -> m.setFrom("My Shop Ltd")),
                Arguments.of("an id of 64", (Consumer<OutgoingMessage>) m -> m.setId("i".repeat(64))),
                Arguments.of("a blank text", (Consumer<OutgoingMessage>) m -> m.setContent(new TextContent(" "))),
                Arguments.of(
                        "an emoji", (Consumer<OutgoingMessage>) m -> m.setContent(new TextContent("\ud83d\ude00"))),
                Arguments.of("exactly as many parts as allowed", (Consumer<OutgoingMessage>) m -> {
                    m.setContent(new TextContent("a".repeat(306)));
                    m.setMaxParts(2);
                }),
                Arguments.of("255 parts", (Consumer<OutgoingMessage>)
                        m -> m.setContent(new TextContent("a".repeat(153 * 255)))),
                Arguments.of("flash", (Consumer<OutgoingMessage>) m -> m.setMessageClass(0)),
                Arguments.of(
                        "octets for a port", (Consumer<OutgoingMessage>) m -> m.setContent(binary("0102", null, 2948))),
                Arguments.of("octets with a header of their own", (Consumer<OutgoingMessage>)
                        m -> m.setContent(binary("0102", "060504158a0000", null))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("admissions")
    void admitted(String what, Consumer<OutgoingMessage> change) {
        OutgoingMessage message = message("m1");
        change.accept(message);

        assertThat(Admission.refusal(message)).as(what).isNull();
    }

    private static BinaryContent binary(String data, String udh, Integer port) {
        return new BinaryContent(
                ByteBuffer.wrap(HexFormat.of().parseHex(data)),
                udh == null ? null : ByteBuffer.wrap(HexFormat.of().parseHex(udh)),
                port,
                null);
    }
}
