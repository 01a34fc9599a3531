package io.smspipeline.simulator.smsc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * A {@link Behaviour} as JSON: its names, durations as {@code 500ms}, {@code 30s}, {@code 72h} or ISO-8601, delays as
 * {@link Delay#parse(String)} reads them, status codes as numbers or as {@code "0x58"}. Safe for use by many threads.
 */
public final class BehaviourJson {
    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .addModule(new SimpleModule()
                    .addSerializer(new Written<>(Duration.class, Delay::written))
                    .addSerializer(new Written<>(Delay.class, Delay::toString))
                    .addKeySerializer(Integer.class, new StatusKey())
                    .addKeyDeserializer(Integer.class, new StatusOfKey())
                    .addDeserializer(Duration.class, new Read<>(Duration.class, Delay::duration))
                    .addDeserializer(Delay.class, new Read<>(Delay.class, Delay::parse))
                    .addDeserializer(Integer.class, new Read<>(Integer.class, BehaviourJson::number))
                    .addDeserializer(int.class, new Read<>(Integer.class, BehaviourJson::number)))
            .build();

    /** The whole of it. */
    public ObjectNode written(Behaviour behaviour) {
        return json.valueToTree(behaviour);
    }

    /**
     * The behaviour with the changes laid over it.
     *
     * @param changes an object with the names of {@link Behaviour}
     * @throws IllegalArgumentException when names are unknown or values make no sense, with a sentence for each
     */
    public Behaviour changed(Behaviour behaviour, JsonNode changes) {
        if (!(changes instanceof ObjectNode named)) {
            throw new IllegalArgumentException("expected an object, as {\"latency\":\"50ms\"}");
        }
        // One by one, so that each fault is told.
        List<String> faults = new ArrayList<>();
        ObjectNode all = written(behaviour);
        named.properties().forEach(each -> {
            try {
                if (each.getValue().isNull()) {
                    throw new IllegalArgumentException("null is no value; leave the name away to leave it as it is");
                }
                read((ObjectNode) all.deepCopy().set(each.getKey(), each.getValue()));
            } catch (IllegalArgumentException e) {
                String why = String.valueOf(e.getMessage());
                faults.add(why.startsWith(each.getKey()) ? why : each.getKey() + ": " + why);
            }
        });
        if (!faults.isEmpty()) {
            throw new RefusedBehaviour(faults);
        }
        all.setAll(named);
        return read(all);
    }

    private Behaviour read(ObjectNode all) {
        try {
            return json.treeToValue(all, Behaviour.class);
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException("there is no such name; known are " + names(), e);
        } catch (InvalidFormatException e) {
            throw new IllegalArgumentException(e.getValue() + " is not " + kind(e.getTargetType()), e);
        } catch (MismatchedInputException e) {
            throw new IllegalArgumentException("this is not " + kind(e.getTargetType()), e);
        } catch (JsonProcessingException e) {
            Throwable cause = e.getCause();
            throw new IllegalArgumentException(
                    cause instanceof IllegalArgumentException ? cause.getMessage() : e.getOriginalMessage(), e);
        }
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + Arrays.toString(type.getEnumConstants());
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == double.class) {
            return "a number";
        }
        return type == String.class ? "a text" : Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    private static List<String> names() {
        return Arrays.stream(Behaviour.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private static int number(String text) {
        try {
            return Integer.decode(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no whole number: write one, or \"0x58\"", e);
        }
    }

    private static final class Written<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1L;

        private final transient Function<T, String> writing;

        Written(Class<T> type, Function<T, String> writing) {
            super(type);
            this.writing = writing;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(writing.apply(value));
        }
    }

    private static final class Read<T> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1L;

        private final transient Function<String, T> reading;

        Read(Class<T> type, Function<String, T> reading) {
            super(type);
            this.reading = reading;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.currentToken().isScalarValue()) {
                throw new IllegalArgumentException("an object or a list stands where one value belongs");
            }
            return reading.apply(in.getValueAsString(""));
        }
    }

    private static final class StatusKey extends StdSerializer<Integer> {
        private static final long serialVersionUID = 1L;

        StatusKey() {
            super(Integer.class);
        }

        @Override
        public void serialize(Integer value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeFieldName("0x%02X".formatted(value));
        }
    }

    private static final class StatusOfKey extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return number(key);
        }
    }
}
