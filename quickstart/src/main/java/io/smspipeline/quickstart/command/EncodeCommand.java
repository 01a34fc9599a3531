package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.text.EncodedText;
import io.smspipeline.text.Encoding;
import io.smspipeline.text.EncodingChoice;
import io.smspipeline.text.EncodingRules;
import io.smspipeline.text.NationalLanguage;
import io.smspipeline.text.Ports;
import io.smspipeline.text.Segment;
import io.smspipeline.text.Segmentation;
import io.smspipeline.text.TextEncoder;
import io.smspipeline.text.TextRefusedException;
import io.smspipeline.text.Transliteration;
import io.smspipeline.text.UserDataHeader;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sms encode}: what a text becomes on the wire. Needs no pipeline. */
@Command(name = "encode", description = "Shows the octets and parts that a text becomes.")
final class EncodeCommand implements Callable<Integer> {
    private static final int DEFAULT_REFERENCE = 66;
    private static final int LARGEST_REFERENCE = 0xFFFF;
    private static final int LARGEST_PORT = 0xFFFF;

    private final Answer answer;
    private final JsonLines lines;

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    @Option(names = "--encoding", paramLabel = "E", description = "auto, gsm7, ucs2 or latin1; default: auto.")
    private String encoding = "auto";

    @Option(names = "--mode", paramLabel = "M", description = "udh8, udh16, sar or payload; default: udh8.")
    private String mode = "udh8";

    @Option(names = "--ref", paramLabel = "N", description = "Concatenation reference; default: 66.")
    private int reference = DEFAULT_REFERENCE;

    @Option(
            names = "--transliterate",
            paramLabel = "W",
            description = "never, where-it-fits or always; default: never.")
    private String transliterate = "never";

    @Option(
            names = "--language",
            paramLabel = "L",
            description = "turkish, spanish or portuguese: its shift tables may be used; may be repeated.")
    private List<String> languages = List.of();

    /** Where the text comes from. */
    static final class Source {
        @Option(names = "--text", required = true, paramLabel = "T", description = "The text.")
        private @Nullable String text;

        @Option(
                names = "--stdin",
                required = true,
                description = "Reads a JSON object a line: text or binary_hex, encoding_asked, mode, ref, ports,"
                        + " udh_hex, maxParts, transliterate, languages.")
        private boolean stdin;
    }

    EncodeCommand(Answer answer, InputLines input) {
        this.answer = answer;
        this.lines = new JsonLines(answer, input);
    }

    @Override
    public Integer call() {
        if (source.stdin) {
            return lines.each(EncodeCommand::encode);
        }
        ObjectNode asked = JsonNodeFactory.instance
                .objectNode()
                .put("text", source.text)
                .put("encoding_asked", encoding)
                .put("mode", mode)
                .put("ref", reference)
                .put("transliterate", transliterate);
        languages.forEach(asked.withArray("languages")::add);
        answer.json(encode(asked));
        return Exit.DONE;
    }

    private static ObjectNode encode(JsonNode asked) {
        Segmentation mode = WireFields.constant(
                Segmentation.class, "mode", asked.path("mode").asText("udh8"));
        int reference = WireFields.number(asked, "ref", DEFAULT_REFERENCE, 0, LARGEST_REFERENCE);
        int maxParts = WireFields.number(asked, "maxParts", TextEncoder.MAX_PARTS, 1, TextEncoder.MAX_PARTS);
        UserDataHeader header = header(asked);
        try {
            if (asked.path("binary_hex").isTextual()) {
                byte[] octets = WireFields.octets("binary_hex", asked.path("binary_hex"));
                return described(TextEncoder.encodeBinary(octets, mode, reference, header, maxParts));
            }
            if (!asked.path("text").isTextual()) {
                throw new UserFault("neither text nor binary_hex is given.");
            }
            return described(
                    TextEncoder.encode(asked.path("text").asText(), rules(asked), mode, reference, header, maxParts));
        } catch (TextRefusedException e) {
            throw new UserFault(String.valueOf(e.getMessage()));
        }
    }

    private static EncodingRules rules(JsonNode asked) {
        List<NationalLanguage> languages = new ArrayList<>();
        for (JsonNode language : asked.path("languages")) {
            languages.add(WireFields.constant(NationalLanguage.class, "language", language.asText()));
        }
        return new EncodingRules(
                WireFields.constant(
                        EncodingChoice.class,
                        "encoding",
                        asked.path("encoding_asked").asText("auto")),
                WireFields.constant(
                        Transliteration.class,
                        "transliterate",
                        asked.path("transliterate").asText("never")),
                languages);
    }

    private static UserDataHeader header(JsonNode asked) {
        JsonNode udh = asked.path("udh_hex");
        if (udh.isTextual()) {
            byte[] octets = WireFields.octets("udh_hex", udh);
            UserDataHeader.Parsed parsed = UserDataHeader.parse(octets);
            if (!parsed.wellFormed() || parsed.bodyOffset() != octets.length) {
                throw new UserFault(
                        "udh_hex is " + udh + ": its first octet must be the length of the elements behind it.");
            }
            return parsed.header();
        }
        JsonNode ports = asked.path("ports");
        return ports.isObject()
                ? new Ports(
                                WireFields.number(ports, "destination", 0, 0, LARGEST_PORT),
                                WireFields.number(ports, "source", 0, 0, LARGEST_PORT))
                        .header()
                : UserDataHeader.NONE;
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
        // Only where they say something, so that what was asked for plainly is answered plainly.
        if (!encoded.replaced().isEmpty()) {
            ArrayNode replaced = node.putArray("replaced");
            encoded.replaced()
                    .forEach(one -> replaced.addObject()
                            .put("position", one.position())
                            .put("original", one.original())
                            .put("replacement", one.replacement()));
        }
        NationalLanguage single = encoded.shift().single();
        if (single != null) {
            node.put("single_shift", single.name());
        }
        NationalLanguage locking = encoded.shift().locking();
        if (locking != null) {
            node.put("locking_shift", locking.name());
        }
        return node;
    }
}
