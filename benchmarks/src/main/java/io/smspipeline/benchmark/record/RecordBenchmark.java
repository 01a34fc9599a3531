package io.smspipeline.benchmark.record;

import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.PartStatus;
import io.smspipeline.schemas.registry.MemoryRegistry;
import io.smspipeline.schemas.registry.SchemaRegistry;
import io.smspipeline.schemas.serde.AvroDeserializer;
import io.smspipeline.schemas.serde.AvroSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A status through our serializer and deserializer; Avro's own writer and reader stand beside them as a yardstick. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordBenchmark {
    private static final String TOPIC = "sms.status";
    private static final int HEADER = 5;

    private final SchemaRegistry registry = new MemoryRegistry();
    private final AvroSerializer serializer = new AvroSerializer(registry);
    private final AvroDeserializer deserializer = new AvroDeserializer(registry);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    private final DatumWriter<Object> writer = new SpecificDatumWriter<>(MessageStatus.getClassSchema());
    private final DatumReader<Object> reader = new SpecificDatumReader<>(MessageStatus.getClassSchema());
    private final MessageStatus status = delivered();
    private byte[] octets = {};
    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;

    private static MessageStatus delivered() {
        return new MessageStatus(
                "0199b8c0-0000-7000-8000-000000000001",
                "+447700900123",
                MessageState.DELIVERED,
                MessageState.ACCEPTED,
                true,
                null,
                List.of(new PartStatus(1, MessageState.DELIVERED, "4711abc")),
                "primary",
                List.of("4711abc"),
                null,
                "order-4711",
                Map.of("type", "otp"),
                null,
                1,
                false,
                Instant.parse("2026-11-22T08:00:00Z"),
                3);
    }

    /** Makes what is read. */
    @Setup
    public void writeOnce() {
        octets = write();
    }

    /** A record to its framed octets. */
    @Benchmark
    public byte[] write() {
        return Objects.requireNonNull(serializer.serialize(TOPIC, status));
    }

    /** Framed octets to a record. */
    @Benchmark
    public Object read() {
        return Objects.requireNonNull(deserializer.deserialize(TOPIC, octets));
    }

    /** The same octets but for the header, written by Avro. */
    @Benchmark
    public byte[] avroWrite() throws IOException {
        out.reset();
        encoder = EncoderFactory.get().binaryEncoder(out, encoder);
        writer.write(status, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    /** The same record, read by Avro. */
    @Benchmark
    public Object avroRead() throws IOException {
        decoder = DecoderFactory.get().binaryDecoder(octets, HEADER, octets.length - HEADER, decoder);
        return reader.read(null, decoder);
    }
}
