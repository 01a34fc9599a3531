package io.smspipeline.simulator.smsc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * A {@link Behaviour} as JSON: its names, durations as {@code 500ms}, {@code 30s}, {@code 72h} or ISO-8601, status codes as
 * numbers or as {@code "0x58"}.
 */
final class BehaviourJson {
    private final ObjectMapper json = new ObjectMapper()
            .registerModule(new SimpleModule()
                    .addSerializer(new DurationWriter())
                    .addDeserializer(Duration.class, new DurationReader())
                    .addDeserializer(Integer.class, new NumberReader())
                    .addDeserializer(int.class, new NumberReader()));

    JsonNode written(Behaviour behaviour) {
        return json.valueToTree(behaviour);
    }

    /**
     * The behaviour with the changes laid over it.
     *
     * @throws IllegalArgumentException when a name is unknown or a value makes no sense, with a sentence for the caller
     */
    Behaviour changed(Behaviour behaviour, JsonNode changes) {
        if (!(changes instanceof ObjectNode named)) {
            throw new IllegalArgumentException("expected an object, as {\"latency\":\"50ms\"}");
        }
        ObjectNode all = json.valueToTree(behaviour);
        all.setAll(named);
        try {
            return json.treeToValue(all, Behaviour.class);
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException(
                    "unknown name \"" + e.getPropertyName() + "\": known are " + e.getKnownPropertyIds(), e);
        } catch (JsonProcessingException e) {
            Throwable cause = e.getCause();
            throw new IllegalArgumentException(
                    cause instanceof IllegalArgumentException ? cause.getMessage() : e.getOriginalMessage(), e);
        }
    }

    private static final class DurationWriter extends StdSerializer<Duration> {
        private static final long serialVersionUID = 1L;

        DurationWriter() {
            super(Duration.class);
        }

        @Override
        public void serialize(Duration value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.toNanosPart() % 1_000_000 == 0 ? value.toMillis() + "ms" : value.toString());
        }
    }

    private static final class DurationReader extends StdDeserializer<Duration> {
        private static final long serialVersionUID = 1L;

        DurationReader() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser in, DeserializationContext context) throws IOException {
            String text = in.getValueAsString("").trim();
            String iso =
                    text.endsWith("ms") ? null : text.startsWith("P") ? text : "PT" + text.toUpperCase(Locale.ROOT);
            try {
                return iso == null
                        ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                        : Duration.parse(iso);
            } catch (NumberFormatException | DateTimeParseException e) {
                throw new IllegalArgumentException(
                        in.currentName() + " is \"" + text + "\", which is no duration: write 500ms, 30s, 5m or 72h",
                        e);
            }
        }
    }

    private static final class NumberReader extends StdDeserializer<Integer> {
        private static final long serialVersionUID = 1L;

        NumberReader() {
            super(Integer.class);
        }

        @Override
        public Integer deserialize(JsonParser in, DeserializationContext context) throws IOException {
            try {
                return Integer.decode(in.getValueAsString(""));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        in.currentName() + " is \"" + in.getValueAsString("") + "\": write a whole number or \"0x58\"",
                        e);
            }
        }
    }
}
