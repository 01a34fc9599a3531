package io.smspipeline.schemas.serde;

import io.smspipeline.schemas.registry.RegistrySettings;
import io.smspipeline.schemas.registry.RestSchemaRegistry;
import io.smspipeline.schemas.registry.SchemaRegistry;
import io.smspipeline.schemas.trust.TrustedRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records in Confluent's wire format under subject {@code <topic>-value}. The bytes, subjects and configuration keys
 * are those of {@code io.confluent.kafka.serializers.KafkaAvroSerializer}, which may take its place by configuration.
 *
 * <p>Safe for use by many threads. The first record of a type on a topic asks the registry and blocks for that round trip.
 */
public final class AvroSerializer implements Serializer<Object> {
    static {
        TrustedRecords.trust();
    }

    private final Map<String, Registered> registered = new ConcurrentHashMap<>();
    private final Map<Schema, RecordWriter> writers = new ConcurrentHashMap<>();
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);
    private volatile @Nullable SchemaRegistry registry;

    /** For Kafka, which calls {@link #configure} next. */
    public AvroSerializer() {}

    /** With a registry at hand; {@link #configure} need not be called. */
    public AvroSerializer(SchemaRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void configure(Map<String, ?> configuration, boolean isKey) {
        if (isKey) {
            throw new SerializationException(
                    "keys of this pipeline are plain text: use StringSerializer for key.serializer");
        }
        if (registry == null) {
            registry = new RestSchemaRegistry(RegistrySettings.from(configuration));
        }
    }

    /**
     * @return the framed record; null for null (a tombstone)
     * @throws SerializationException when it is no Avro record, does not fit its schema, or the registry refuses it
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (!(value instanceof SpecificRecord record)) {
            throw new SerializationException("cannot write a "
                    + value.getClass().getName() + " to " + topic + ": only generated Avro records are written");
        }
        Schema schema = record.getSchema();
        int id = schemaId(topic, schema);
        Scratch mine = scratch.get();
        mine.out.reset();
        mine.out.write(WireFormat.MAGIC);
        mine.out.write(id >>> 24);
        mine.out.write(id >>> 16);
        mine.out.write(id >>> 8);
        mine.out.write(id);
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(mine.out, mine.encoder);
            mine.encoder = encoder;
            writers.computeIfAbsent(schema, RecordWriter::new).write(record, encoder);
            encoder.flush();
        } catch (IOException | RuntimeException e) {
            mine.encoder = null;
            Exception why = misfit(record, e);
            throw new SerializationException(
                    "a " + schema.getName() + " for " + topic + " does not fit its schema: " + why.getMessage(), why);
        }
        return mine.out.toByteArray();
    }

    /** Avro's own writer knows the way to the value that does not fit. */
    private static Exception misfit(SpecificRecord record, Exception met) {
        try {
            new SpecificDatumWriter<>(record.getSchema())
                    .write(record, EncoderFactory.get().binaryEncoder(OutputStream.nullOutputStream(), null));
        } catch (IOException | RuntimeException e) {
            return e;
        }
        return met;
    }

    private int schemaId(String topic, Schema schema) {
        Registered seen = registered.get(topic);
        if (seen == null || seen.schema != schema) {
            SchemaRegistry asked = registry;
            if (asked == null) {
                throw new SerializationException("this serializer was never configured: call configure() first");
            }
            seen = new Registered(schema, asked.idOf(topic + "-value", schema));
            registered.put(topic, seen);
        }
        return seen.id;
    }

    private record Registered(Schema schema, int id) {}

    private static final class Scratch {
        final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

        @Nullable
        BinaryEncoder encoder;
    }
}
