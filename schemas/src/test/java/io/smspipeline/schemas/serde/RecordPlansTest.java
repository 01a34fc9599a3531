package io.smspipeline.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.schemas.registry.MemoryRegistry;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.schemas.trust.TrustedRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our writer and reader against Avro's own, on random records of every topic. */
class RecordPlansTest {
    private static final int RECORDS = 200;

    private final long seed = ThreadLocalRandom.current().nextLong();

    @BeforeAll
    static void trust() {
        TrustedRecords.trust();
    }

    static Stream<Class<? extends SpecificRecord>> types() {
        return new Topics("")
                .typed(List.of("primary")).stream()
                        .<Class<? extends SpecificRecord>>map(Topic::type)
                        .distinct();
    }

    @ParameterizedTest
    @MethodSource("types")
    void the_octets_are_those_that_avro_writes_and_what_is_read_is_what_avro_reads(Class<? extends SpecificRecord> type)
            throws IOException {
        Schema schema = SpecificData.get().getSchema(type);
        RecordWriter writer = new RecordWriter(schema);
        RecordReader reader = new RecordReader(schema);
        RecordReader.Source source = new RecordReader.Source();
        for (byte[] octets : random(schema)) {
            SpecificRecord record = (SpecificRecord) new SpecificDatumReader<>(schema, schema)
                    .read(null, DecoderFactory.get().binaryDecoder(octets, null));

            assertThat(reader.read(source.of(octets, 0))).as("seed %d", seed).isEqualTo(record);
            assertThat(source.isEnd()).isTrue();
            assertThat(written(record, writer)).as("seed %d", seed).isEqualTo(writtenByAvro(record));
        }
    }

    @Test
    void a_record_that_was_cut_short_is_no_record() throws IOException {
        Schema schema = LifecycleEvent.getClassSchema();
        MemoryRegistry registry = new MemoryRegistry();
        AvroSerializer serializer = new AvroSerializer(registry);
        AvroDeserializer deserializer = new AvroDeserializer(registry);
        RecordReader reader = new RecordReader(schema);
        for (byte[] octets : random(schema)) {
            byte[] framed = serializer.serialize("sms.event", reader.read(new RecordReader.Source().of(octets, 0)));
            byte[] cut = Arrays.copyOf(framed, framed.length - 1);

            assertThatThrownBy(() -> deserializer.deserialize("sms.event", cut))
                    .as("seed %d", seed)
                    .isInstanceOf(SerializationException.class);
        }
    }

    @Test
    void the_field_that_does_not_fit_is_named() {
        MessageStatus status = new MessageStatus();
        AvroSerializer serializer = new AvroSerializer(new MemoryRegistry());

        assertThatThrownBy(() -> serializer.serialize("sms.status", status))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("MessageStatus")
                .hasMessageContaining("messageId");
    }

    /** Avro's own random data, as octets: generic records hold what generated ones would refuse. */
    private List<byte[]> random(Schema schema) throws IOException {
        List<byte[]> all = new ArrayList<>();
        Iterator<Object> records = new RandomData(schema, RECORDS, seed, true).iterator();
        while (records.hasNext()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<>(schema).write(records.next(), encoder);
            encoder.flush();
            all.add(out.toByteArray());
        }
        return all;
    }

    private static byte[] written(SpecificRecord record, RecordWriter writer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        writer.write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static byte[] writtenByAvro(SpecificRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new SpecificDatumWriter<SpecificRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
