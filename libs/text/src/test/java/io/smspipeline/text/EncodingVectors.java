package io.smspipeline.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The vectors of {@code encoding-vectors.json}: what goes in, and the object that must come out. */
record EncodingVectors(String name, JsonNode vector) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HexFormat HEX = HexFormat.of();

    static List<EncodingVectors> all() {
        try (var in = EncodingVectors.class.getResourceAsStream("encoding-vectors.json")) {
            List<EncodingVectors> all = new ArrayList<>();
            for (JsonNode vector : JSON.readTree(in).get("vectors")) {
                all.add(new EncodingVectors(vector.get("name").asText(), vector));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode expect() {
        return vector.get("expect");
    }

    boolean isBinary() {
        return vector.has("binary_hex");
    }

    String text() {
        return vector.get("text").asText();
    }

    byte[] binary() {
        return HEX.parseHex(vector.get("binary_hex").asText());
    }

    Segmentation mode() {
        return Segmentation.valueOf(vector.get("mode").asText().toUpperCase(Locale.ROOT));
    }

    EncodingChoice asked() {
        return EncodingChoice.valueOf(vector.get("encoding_asked").asText().toUpperCase(Locale.ROOT));
    }

    UserDataHeader header() {
        JsonNode ports = vector.get("ports");
        return ports == null
                ? UserDataHeader.NONE
                : new Ports(
                                ports.get("destination").asInt(),
                                ports.get("source").asInt())
                        .header();
    }

    EncodedText encoded() {
        int reference = vector.get("ref").asInt();
        return isBinary()
                ? TextEncoder.encodeBinary(binary(), mode(), reference, header(), TextEncoder.MAX_PARTS)
                : TextEncoder.encode(text(), asked(), mode(), reference, header(), TextEncoder.MAX_PARTS);
    }

    /** What {@code expect} says, said of our result. */
    static JsonNode described(EncodedText encoded) {
        ObjectNode said = JSON.createObjectNode();
        said.put("encoding", encoded.encoding().name());
        said.put("data_coding", encoded.dataCoding());
        said.put(encoded.encoding().unitName(), encoded.units());
        said.put("parts", encoded.segments().size());
        said.put("esm_class", encoded.esmClass());
        ArrayNode hex = said.putArray("short_message_hex");
        for (Segment segment : encoded.segments()) {
            hex.add(HEX.formatHex(segment.shortMessage()));
            if (segment.sar() != null) {
                said.withArray("sar")
                        .addObject()
                        .put("sar_msg_ref_num", segment.sar().reference())
                        .put("sar_total_segments", segment.sar().total())
                        .put("sar_segment_seqnum", segment.sar().number());
            }
            if (segment.messagePayload() != null) {
                said.put("message_payload_hex", HEX.formatHex(segment.messagePayload()));
            }
        }
        return said;
    }

    @Override
    public String toString() {
        return name;
    }
}
