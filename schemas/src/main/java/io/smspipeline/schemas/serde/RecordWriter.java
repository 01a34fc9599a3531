package io.smspipeline.schemas.serde;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
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

    /** @param schema of generated records */
    RecordWriter(Schema schema) {
        this.plan = new Planner().step(schema);
    }

    /**
     * Writes the record without any header.
     *
     * @throws RuntimeException when the record does not fit its schema; what was written is of no use then
     */
    void write(SpecificRecord record, Encoder out) throws IOException {
        plan.write(record, out);
    }

    /** Makes the plan of each record type once, so that a type may hold itself. */
    private static final class Planner {
        private final Map<String, Step> records = new HashMap<>();

        Step step(Schema schema) {
            if (schema.getLogicalType() != null) {
                return schema.getLogicalType().equals(LogicalTypes.timestampMillis())
                        ? (value, out) -> out.writeLong(((Instant) value).toEpochMilli())
                        : avro(schema);
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
                case NULL, FLOAT, FIXED -> avro(schema);
            };
        }

        private static Step avro(Schema schema) {
            DatumWriter<Object> writer = new SpecificDatumWriter<>(schema, SpecificData.getForSchema(schema));
            return writer::write;
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
        private Step union(Schema schema) {
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
            List<Step> steps = new ArrayList<>();
            branches.forEach(branch -> steps.add(step(branch)));
            return (value, out) -> {
                int index = SpecificData.get().resolveUnion(schema, value);
                out.writeIndex(index);
                steps.get(index).write(value, out);
            };
        }

        private Step record(Schema schema) {
            Step known = records.get(schema.getFullName());
            if (known != null) {
                return known;
            }
            Step[] fields = new Step[schema.getFields().size()];
            Step planned = (value, out) -> {
                SpecificRecord record = (SpecificRecord) value;
                for (int i = 0; i < fields.length; i++) {
                    fields[i].write(record.get(i), out);
                }
            };
            records.put(schema.getFullName(), planned);
            for (int i = 0; i < fields.length; i++) {
                fields[i] = step(schema.getFields().get(i).schema());
            }
            return planned;
        }
    }
}
