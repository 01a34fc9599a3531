package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.text.EncodedText;
import io.smspipeline.text.Encoding;
import io.smspipeline.text.EncodingChoice;
import io.smspipeline.text.Ports;
import io.smspipeline.text.Segment;
import io.smspipeline.text.Segmentation;
import io.smspipeline.text.TextEncoder;
import io.smspipeline.text.UserDataHeader;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sms encode}: what a text becomes on the wire. Needs no pipeline. */
@Command(name = "encode", description = "Shows the octets and parts that a text becomes.")
final class EncodeCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int DEFAULT_REFERENCE = 66;

    private final Answer answer;
    private final InputLines input;

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    @Option(names = "--encoding", paramLabel = "E", description = "auto, gsm7, ucs2 or latin1; default: auto.")
    private String encoding = "auto";

    @Option(names = "--mode", paramLabel = "M", description = "udh8, udh16, sar or payload; default: udh8.")
    private String mode = "udh8";

    @Option(names = "--ref", paramLabel = "N", description = "Concatenation reference; default: 66.")
    private int reference = DEFAULT_REFERENCE;

    /** Where the text comes from. */
    static final class Source {
        @Option(names = "--text", required = true, paramLabel = "T", description = "The text.")
        private @Nullable String text;

        @Option(
                names = "--stdin",
                required = true,
                description = "Reads a JSON object a line: text or binary_hex, encoding_asked, mode, ref, ports.")
        private boolean stdin;
    }

    EncodeCommand(Answer answer, InputLines input) {
        this.answer = answer;
        this.input = input;
    }

    @Override
    public Integer call() {
        if (!source.stdin) {
            ObjectNode asked = JsonNodeFactory.instance
                    .objectNode()
                    .put("text", source.text)
                    .put("encoding_asked", encoding)
                    .put("mode", mode)
                    .put("ref", reference);
            answer.json(encode(asked));
            return Exit.DONE;
        }
        boolean[] allWell = {true};
        input.each(line -> {
            try {
                answer.json(encode(MAPPER.readTree(line)));
            } catch (UserFault | JsonProcessingException e) {
                allWell[0] = false;
                String why = e instanceof JsonProcessingException wrong
                        ? "no JSON: " + wrong.getOriginalMessage()
                        : e.getMessage();
                answer.json(JsonNodeFactory.instance.objectNode().put("error", why));
            }
        });
        return allWell[0] ? Exit.DONE : Exit.FAILED;
    }

    private static ObjectNode encode(JsonNode asked) {
        if (asked == null || !asked.isObject()) {
            throw new UserFault("expected a JSON object with text or binary_hex.");
        }
        Segmentation mode =
                constant(Segmentation.class, "mode", asked.path("mode").asText("udh8"));
        int reference = asked.path("ref").asInt(DEFAULT_REFERENCE);
        int maxParts = asked.path("maxParts").asInt(TextEncoder.MAX_PARTS);
        try {
            UserDataHeader header = header(asked.path("ports"));
            if (asked.path("binary_hex").isTextual()) {
                byte[] octets = HexFormat.of().parseHex(asked.path("binary_hex").asText());
                return described(TextEncoder.encodeBinary(octets, mode, reference, header, maxParts));
            }
            if (!asked.path("text").isTextual()) {
                throw new UserFault("neither text nor binary_hex is given.");
            }
            EncodingChoice choice = constant(
                    EncodingChoice.class,
                    "encoding",
                    asked.path("encoding_asked").asText("auto"));
            return described(
                    TextEncoder.encode(asked.path("text").asText(), choice, mode, reference, header, maxParts));
        } catch (IllegalArgumentException e) {
            throw new UserFault(String.valueOf(e.getMessage()));
        }
    }

    private static UserDataHeader header(JsonNode ports) {
        return ports.isObject()
                ? new Ports(
                                ports.path("destination").asInt(-1),
                                ports.path("source").asInt(-1))
                        .header()
                : UserDataHeader.NONE;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String what, String name) {
        try {
            return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UserFault(what + " is '" + name + "': known are "
                    + String.join(
                            ", ",
                            Arrays.stream(type.getEnumConstants())
                                    .map(known -> known.name().toLowerCase(Locale.ROOT))
                                    .toList())
                    + ".");
        }
    }

    private static ObjectNode described(EncodedText encoded) {
        HexFormat hex = HexFormat.of();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("encoding", encoded.encoding().name());
        node.put("data_coding", encoded.dataCoding());
        node.put(encoded.encoding() == Encoding.GSM7 ? "septets" : "octets", encoded.units());
        node.put("parts", encoded.segments().size());
        node.put("esm_class", encoded.esmClass());
        ArrayNode octets = node.putArray("short_message_hex");
        encoded.segments().forEach(segment -> octets.add(hex.formatHex(segment.shortMessage())));
        if (encoded.segments().get(0).sar() != null) {
            ArrayNode sar = node.putArray("sar");
            for (Segment segment : encoded.segments()) {
                var values = Objects.requireNonNull(segment.sar());
                sar.addObject()
                        .put("sar_msg_ref_num", values.reference())
                        .put("sar_total_segments", values.total())
                        .put("sar_segment_seqnum", values.number());
            }
        }
        byte[] payload = encoded.segments().get(0).messagePayload();
        if (payload != null) {
            node.put("message_payload_hex", hex.formatHex(payload));
        }
        return node;
    }
}
