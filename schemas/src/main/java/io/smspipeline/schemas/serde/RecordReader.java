package io.smspipeline.schemas.serde;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads records that were written with the very schema of our generated class, as nearly all are: the counterpart of
 * {@link RecordWriter}. What another version wrote is Avro's to resolve.
 *
 * <p>Immutable; safe for use by many threads.
 */
final class RecordReader {
    /** The octets that one thread reads, value after value. */
    static final class Source {
        private final Utf8 text = new Utf8();
        private BinaryDecoder octets = DecoderFactory.get().binaryDecoder(new byte[0], null);

        Source of(byte[] value, int from) {
            octets = DecoderFactory.get().binaryDecoder(value, from, value.length - from, octets);
            return this;
        }

        BinaryDecoder octets() {
            return octets;
        }

        boolean isEnd() throws IOException {
            return octets.isEnd();
        }

        private String text() throws IOException {
            return octets.readString(text).toString();
        }
    }

    /** Reads one value of the kind it was planned for. */
    private interface Step {
        @Nullable
        Object read(Source in) throws IOException;
    }

    private final Fields plan;

    /**
     * @param schema of a generated record
     * @throws AvroRuntimeException when it holds a kind of value that none of ours held so far
     */
    RecordReader(Schema schema) {
        this.plan = record(schema);
    }

    SpecificRecord read(Source in) throws IOException {
        return plan.read(in);
    }

    private static Step step(Schema schema) {
        if (RecordWriter.isInstant(schema)) {
            return in -> Instant.ofEpochMilli(in.octets.readLong());
        }
        return switch (schema.getType()) {
            case STRING -> Source::text;
            case INT -> in -> in.octets.readInt();
            case LONG -> in -> in.octets.readLong();
            case BOOLEAN -> in -> in.octets.readBoolean();
            case DOUBLE -> in -> in.octets.readDouble();
            case BYTES -> in -> in.octets.readBytes(null);
            case ENUM -> symbols(schema);
            case ARRAY -> items(step(schema.getElementType()));
            case MAP -> entries(step(schema.getValueType()));
            case UNION -> union(schema);
            case RECORD -> record(schema);
            case NULL, FLOAT, FIXED -> throw RecordWriter.unplanned(schema);
        };
    }

    private static Step symbols(Schema schema) {
        Object[] constants = SpecificData.get().getClass(schema).getEnumConstants();
        return in -> constants[in.octets.readEnum()];
    }

    private static Step items(Step item) {
        return in -> {
            List<Object> items = new ArrayList<>();
            for (long block = in.octets.readArrayStart(); block > 0; block = in.octets.arrayNext()) {
                for (long i = 0; i < block; i++) {
                    items.add(item.read(in));
                }
            }
            return items;
        };
    }

    private static Step entries(Step entry) {
        return in -> {
            Map<Object, Object> entries = new HashMap<>();
            for (long block = in.octets.readMapStart(); block > 0; block = in.octets.mapNext()) {
                for (long i = 0; i < block; i++) {
                    entries.put(in.text(), entry.read(in));
                }
            }
            return entries;
        };
    }

    private static Step union(Schema schema) {
        List<Step> branches = new ArrayList<>();
        for (Schema branch : schema.getTypes()) {
            branches.add(branch.getType() == Schema.Type.NULL ? in -> null : step(branch));
        }
        Step[] steps = branches.toArray(new Step[0]);
        return in -> steps[in.octets.readIndex()].read(in);
    }

    private static Fields record(Schema schema) {
        return new Fields(
                constructor(schema),
                schema.getFields().stream().map(field -> step(field.schema())).toArray(Step[]::new));
    }

    private static Constructor<?> constructor(Schema schema) {
        try {
            return SpecificData.get().getClass(schema).getConstructor();
        } catch (NoSuchMethodException e) {
            throw new AvroRuntimeException(schema.getFullName() + " is no generated record", e);
        }
    }

    /** Of one record type, in the order of its schema. */
    private static final class Fields implements Step {
        private final Constructor<?> constructor;
        private final Step[] steps;

        Fields(Constructor<?> constructor, Step[] steps) {
            this.constructor = constructor;
            this.steps = steps;
        }

        @Override
        public SpecificRecord read(Source in) throws IOException {
            SpecificRecord record;
            try {
                record = (SpecificRecord) constructor.newInstance();
            } catch (ReflectiveOperationException e) {
                throw new AvroRuntimeException(e);
            }
            for (int i = 0; i < steps.length; i++) {
                record.put(i, steps[i].read(in));
            }
            return record;
        }
    }
}
