package io.smspipeline.schemas.serde;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes records of one schema. Avro's own writer looks up for each value of each record what its schema says of it; here that
 * is decided once. The octets are the same.
 *
 * <p>Immutable; safe for use by many threads.
 */
final class RecordWriter {
    /** Writes one value of the kind it was planned for; a {@link RuntimeException} when it is of another, or null where none may be. */
    private interface Step {
        void write(Object value, Encoder out) throws IOException;
    }

    private final Step plan;

    /**
     * @param schema of generated records
     * @throws AvroRuntimeException when it holds a kind of value that none of ours held so far
     */
    RecordWriter(Schema schema) {
        this.plan = step(schema);
    }

    /**
     * Writes the record without any header.
     *
     * @throws RuntimeException when the record does not fit its schema; what was written is of no use then
     */
    void write(SpecificRecord record, Encoder out) throws IOException {
        plan.write(record, out);
    }

    private static Step step(Schema schema) {
        if (isInstant(schema)) {
            return (value, out) -> out.writeLong(((Instant) value).toEpochMilli());
        }
        return switch (schema.getType()) {
            case STRING -> (value, out) -> out.writeString((String) value);
            case INT -> (value, out) -> out.writeInt((Integer) value);
            case LONG -> (value, out) -> out.writeLong((Long) value);
            case BOOLEAN -> (value, out) -> out.writeBoolean((Boolean) value);
            case DOUBLE -> (value, out) -> out.writeDouble((Double) value);
            case BYTES -> (value, out) -> out.writeBytes((ByteBuffer) value);
            // Generated constants stand in the order of the schema's symbols.
            case ENUM -> (value, out) -> out.writeEnum(((Enum<?>) value).ordinal());
            case ARRAY -> items(step(schema.getElementType()));
            case MAP -> entries(step(schema.getValueType()));
            case UNION -> union(schema);
            case RECORD -> record(schema);
            case NULL, FLOAT, FIXED -> throw unplanned(schema);
        };
    }

    /** The one logical type of our schemas. */
    static boolean isInstant(Schema schema) {
        LogicalType type = schema.getLogicalType();
        if (type != null && !type.equals(LogicalTypes.timestampMillis())) {
            throw unplanned(schema);
        }
        return type != null;
    }

    static AvroRuntimeException unplanned(Schema schema) {
        return new AvroRuntimeException(
                "records are not written and read with " + schema + " yet: teach RecordWriter and RecordReader");
    }

    private static Step items(Step item) {
        return (value, out) -> {
            Collection<?> items = (Collection<?>) value;
            out.writeArrayStart();
            out.setItemCount(items.size());
            for (Object one : items) {
                out.startItem();
                item.write(one, out);
            }
            out.writeArrayEnd();
        };
    }

    private static Step entries(Step entry) {
        return (value, out) -> {
            Map<?, ?> entries = (Map<?, ?>) value;
            out.writeMapStart();
            out.setItemCount(entries.size());
            for (Map.Entry<?, ?> one : entries.entrySet()) {
                out.startItem();
                out.writeString((String) one.getKey());
                entry.write(one.getValue(), out);
            }
            out.writeMapEnd();
        };
    }

    /** Nearly all are something or nothing; of others Avro finds out which branch a value is. */
    private static Step union(Schema schema) {
        List<Schema> branches = schema.getTypes();
        if (branches.size() == 2 && branches.get(0).getType() == Schema.Type.NULL) {
            Step present = step(branches.get(1));
            return (value, out) -> {
                if (value == null) {
                    out.writeIndex(0);
                } else {
                    out.writeIndex(1);
                    present.write(value, out);
                }
            };
        }
        List<Step> steps = branches.stream().map(RecordWriter::step).toList();
        return (value, out) -> {
            int index = SpecificData.get().resolveUnion(schema, value);
            out.writeIndex(index);
            steps.get(index).write(value, out);
        };
    }

    private static Step record(Schema schema) {
        Step[] fields =
                schema.getFields().stream().map(field -> step(field.schema())).toArray(Step[]::new);
        return (value, out) -> {
            SpecificRecord record = (SpecificRecord) value;
            for (int i = 0; i < fields.length; i++) {
                fields[i].write(record.get(i), out);
            }
        };
    }
}
