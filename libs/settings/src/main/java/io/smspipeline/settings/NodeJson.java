package io.smspipeline.settings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Nodes as JSON, every value as text: what a YAML reader makes the same nodes of again. Stateless. */
final class NodeJson {
    private static final JsonFactory JSON = new JsonFactory();

    private NodeJson() {}

    static String of(Map<String, Node> entries) {
        StringWriter written = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(written)) {
            write(generator, new Node.Mapping(entries));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return written.toString();
    }

    private static void write(JsonGenerator generator, Node node) throws IOException {
        if (node instanceof Node.Mapping mapping) {
            generator.writeStartObject();
            for (Map.Entry<String, Node> entry : mapping.entries().entrySet()) {
                generator.writeFieldName(entry.getKey());
                write(generator, entry.getValue());
            }
            generator.writeEndObject();
        } else if (node instanceof Node.Sequence sequence) {
            generator.writeStartArray();
            for (Node item : sequence.items()) {
                write(generator, item);
            }
            generator.writeEndArray();
        } else if (node instanceof Node.Scalar scalar) {
            generator.writeString(scalar.text());
        } else {
            generator.writeNull();
        }
    }
}
