package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.text.DefaultAlphabet;
import io.smspipeline.text.PartJoiner;
import io.smspipeline.text.Sar;
import io.smspipeline.text.TextDecoder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sms decode}: what octets from the wire say, their parts joined. Needs no pipeline. */
@Command(name = "decode", description = "Shows what the octets of a message say, its parts joined.")
final class DecodeCommand implements Callable<Integer> {
    private static final int ONE_OCTET = 0xFF;
    private static final int TWO_OCTETS = 0xFFFF;
    private static final int HEADER_PRESENT = 0x40;

    private final Answer answer;
    private final JsonLines lines;

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    @Option(names = "--data-coding", paramLabel = "N", description = "data_coding of --text, 0 to 255; default: 0.")
    private int dataCoding;

    @Option(names = "--esm-class", paramLabel = "N", description = "esm_class of --text, 64: with header; default: 0.")
    private int esmClass;

    @Option(
            names = "--default-alphabet",
            paramLabel = "A",
            description = "What data_coding 0 is with this SMSC: gsm, latin1 or ascii; default: gsm.")
    private String defaultAlphabet = "gsm";

    /** Where the octets come from. */
    static final class Source {
        @Option(
                names = "--text",
                required = true,
                paramLabel = "HEX",
                description = "The short_message in hexadecimal; several parts apart by commas.")
        private @Nullable String text;

        @Option(
                names = "--stdin",
                required = true,
                description = "Reads a JSON object a line: data_coding, esm_class, short_message_hex"
                        + " (or message_payload_hex), sar, default_alphabet.")
        private boolean stdin;
    }

    DecodeCommand(Answer answer, InputLines input) {
        this.answer = answer;
        this.lines = new JsonLines(answer, input);
    }

    @Override
    public Integer call() {
        if (source.stdin) {
            return lines.each(this::answered);
        }
        ObjectNode asked = JsonNodeFactory.instance
                .objectNode()
                .put("data_coding", dataCoding)
                .put("esm_class", esmClass);
        for (String part : String.valueOf(source.text).split(",", -1)) {
            asked.withArray("short_message_hex").add(part.strip());
        }
        answer.json(answered(asked));
        return Exit.DONE;
    }

    private ObjectNode answered(JsonNode asked) {
        int coding = WireFields.number(asked, "data_coding", 0, 0, ONE_OCTET);
        int esm = WireFields.number(asked, "esm_class", 0, 0, ONE_OCTET);
        String alphabet = asked.path("default_alphabet").asText(defaultAlphabet);
        TextDecoder decoder = new TextDecoder(WireFields.constant(DefaultAlphabet.class, "default_alphabet", alphabet));
        List<PartJoiner.Joined> messages =
                new PartJoiner(decoder).messages(coding, (esm & HEADER_PRESENT) != 0, octets(asked), sar(asked));
        if (messages.size() > 1) {
            throw new UserFault("these are parts of " + messages.size()
                    + " messages: their references or totals differ, or one number stands for different octets."
                    + " Give the parts of one message.");
        }
        return described(messages.get(0));
    }

    private static List<byte[]> octets(JsonNode asked) {
        JsonNode payload = asked.path("message_payload_hex");
        if (payload.isTextual()) {
            return List.of(WireFields.octets("message_payload_hex", payload));
        }
        JsonNode shortMessages = asked.path("short_message_hex");
        if (shortMessages.isTextual()) {
            return List.of(WireFields.octets("short_message_hex", shortMessages));
        }
        if (!shortMessages.isArray() || shortMessages.isEmpty()) {
            throw new UserFault("no octets: give short_message_hex, an array with one entry a part.");
        }
        List<byte[]> octets = new ArrayList<>();
        shortMessages.forEach(part -> octets.add(WireFields.octets("short_message_hex", part)));
        return octets;
    }

    private static List<Sar> sar(JsonNode asked) {
        JsonNode given = asked.path("sar");
        List<Sar> sar = new ArrayList<>();
        for (JsonNode part : given.isObject() ? List.of(given) : given) {
            sar.add(new Sar(
                    WireFields.number(part, "sar_msg_ref_num", 0, 0, TWO_OCTETS),
                    WireFields.number(part, "sar_total_segments", 0, 0, ONE_OCTET),
                    WireFields.number(part, "sar_segment_seqnum", 0, 0, ONE_OCTET)));
        }
        return sar;
    }

    private static ObjectNode described(PartJoiner.Joined joined) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        String text = joined.text();
        if (text == null) {
            node.put("binary_hex", HexFormat.of().formatHex(joined.octets()));
        } else {
            node.put("text", text);
        }
        return node.put("partial", joined.partial());
    }
}
