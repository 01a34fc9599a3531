package io.smspipeline.schemas.serde;

import io.smspipeline.schemas.registry.RegistrySettings;
import io.smspipeline.schemas.registry.RestSchemaRegistry;
import io.smspipeline.schemas.registry.SchemaRegistry;
import io.smspipeline.schemas.registry.SchemaRegistryException;
import io.smspipeline.schemas.trust.TrustedRecords;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads Confluent's wire format into our generated records, whatever compatible version of their schema wrote them. It
 * stands where {@code io.confluent.kafka.serializers.KafkaAvroDeserializer} with {@code specific.avro.reader=true} may stand.
 *
 * <p>Safe for use by many threads. An id met for the first time blocks for one round trip to the registry.
 */
public final class AvroDeserializer implements Deserializer<Object> {
    static {
        TrustedRecords.trust();
    }

    /** Reads what one schema id stands for. */
    private interface Reading {
        Object read(RecordReader.Source in) throws IOException;
    }

    private final Map<Integer, Reading> readers = new ConcurrentHashMap<>();
    private final ThreadLocal<RecordReader.Source> source = ThreadLocal.withInitial(RecordReader.Source::new);
    private volatile @Nullable SchemaRegistry registry;

    /** For Kafka, which calls {@link #configure} next. */
    public AvroDeserializer() {}

    /** With a registry at hand; {@link #configure} need not be called. */
    public AvroDeserializer(SchemaRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void configure(Map<String, ?> configuration, boolean isKey) {
        if (registry == null) {
            registry = new RestSchemaRegistry(RegistrySettings.from(configuration));
        }
    }

    /**
     * @return the record; null for null (a tombstone)
     * @throws SchemaRegistryException with {@code isUnreachable()} when the registry is away: the record may be sound
     * @throws SerializationException when the octets are no record of ours: they never will be
     */
    @Override
    public @Nullable Object deserialize(String topic, byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        int id = WireFormat.schemaId(topic, value);
        Reading reader = readers.get(id);
        if (reader == null) {
            reader = readerFor(topic, id);
            readers.put(id, reader);
        }
        Object record;
        boolean isEnd;
        try {
            RecordReader.Source mine = source.get().of(value, WireFormat.HEADER);
            record = reader.read(mine);
            isEnd = mine.isEnd();
        } catch (IOException | RuntimeException e) {
            // Avro answers octets that are no record with whatever exception they first run into.
            throw new SerializationException(
                    "the value on " + topic + " is not what its schema id " + id + " says: " + e.getMessage(), e);
        }
        if (!isEnd) {
            throw new SerializationException(
                    "the value on " + topic + " goes on after the record that schema id " + id + " describes");
        }
        return record;
    }

    private Reading readerFor(String topic, int id) {
        SchemaRegistry asked = registry;
        if (asked == null) {
            throw new SerializationException("this deserializer was never configured: call configure() first");
        }
        Schema writer = asked.byId(id);
        Class<?> type = SpecificData.get().getClass(writer);
        if (type == null || writer.getType() != Schema.Type.RECORD) {
            throw new SerializationException(
                    "the value on " + topic + " is a " + writer.getFullName() + ", which this pipeline does not know");
        }
        Schema ours = SpecificData.get().getSchema(type);
        if (writer.equals(ours)) {
            return new RecordReader(ours)::read;
        }
        DatumReader<Object> resolving = new SpecificDatumReader<>(writer, ours);
        return in -> resolving.read(null, in.octets());
    }
}
