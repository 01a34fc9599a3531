package io.smspipeline.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.schemas.registry.SchemaRegistryException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {
    /** Zero octet, id 1 in four octets, then Avro binary in the order of the schema's fields. */
    private static final String GOLDEN = "0000000001"
            + "48" + "30313939613863302d303030302d373030302d383030302d303030303030303030303031" // id
            + "1a" + "2b343437373030393030313233" // to
            + "00" // from: null
            + "00" + "0c" + "48656c6c6f3f" // content: text
            + "00" // encoding AUTO
            + "00" // provider: null
            + "02" + "0874797065" + "066f7470" + "00" // labels
            + "04" // priority HIGH
            + "04" // statusReport FINAL
            + "00" // allowReply
            + "00" + "00" + "00" + "00" + "00" // validUntil, sendAt, messageClass, protocolId, maxParts
            + "00" // onUncertain RESEND
            + "00" + "00" + "00" + "00" // clientReference, deduplicationKey, submissionId, tenant
            + "00" // params
            + "80eaabd5bf68"; // createdAt

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final AvroSerializer serializer = new AvroSerializer(registry);
    private final AvroDeserializer deserializer = new AvroDeserializer(registry);

    @Test
    void a_message_s_octets_are_these_and_stay_these() {
        byte[] octets = serializer.serialize("sms.outgoing", Samples.message());

        assertThat(HexFormat.of().formatHex(octets)).isEqualTo(GOLDEN);
    }

    @Test
    void what_was_written_is_read_again() {
        byte[] octets = serializer.serialize("sms.outgoing", Samples.message());

        assertThat(deserializer.deserialize("sms.outgoing", octets)).isEqualTo(Samples.message());
    }

    @Test
    void the_subject_is_the_topic_s_name_and_value() {
        serializer.serialize("sms.outgoing", Samples.message());
        serializer.serialize("sms.outgoing", Samples.message());
        serializer.serialize("sms.outgoing.high", Samples.message());

        assertThat(registry.subjects).containsExactly("sms.outgoing-value", "sms.outgoing.high-value");
    }

    @Test
    void a_tombstone_stays_one() {
        assertThat(serializer.serialize("sms.outgoing", null)).isNull();
        assertThat(deserializer.deserialize("sms.outgoing", null)).isNull();
    }

    @Test
    void a_reader_understands_an_older_writer_that_lacks_fields_with_defaults() throws IOException {
        Schema older = new Schema.Parser().parse("""
                {"type":"record","name":"Failure","namespace":"io.smspipeline.record","fields":[
                  {"name":"code","type":{"type":"enum","name":"FailureCode","symbols":["GENERIC","FROM_THE_FUTURE"],"default":"GENERIC"}},
                  {"name":"reason","type":"string"}]}
                """);
        GenericRecord written = new GenericData.Record(older);
        written.put("code", new GenericData.EnumSymbol(older.getField("code").schema(), "FROM_THE_FUTURE"));
        written.put("reason", "because");

        Failure read = (Failure)
                deserializer.deserialize("sms.event", framed(registry.idOf("sms.event-value", older), written));

        assertThat(read.getReason()).isEqualTo("because");
        assertThat(read.getCode())
                .as("a symbol nobody here knows becomes the default")
                .isEqualTo(FailureCode.GENERIC);
        assertThat(read.getPermanent()).isTrue();
    }

    @Test
    void octets_that_are_no_record_are_refused_with_the_reason() {
        assertThatThrownBy(() -> deserializer.deserialize("sms.outgoing", new byte[] {0, 1}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("2 octets");
        assertThatThrownBy(() -> deserializer.deserialize("sms.outgoing", "hello".getBytes()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("first octet is 104");
        assertThatThrownBy(() -> deserializer.deserialize("sms.outgoing", new byte[] {0, 0, 0, 0, 99}))
                .isInstanceOfSatisfying(
                        SchemaRegistryException.class,
                        e -> assertThat(e.isUnreachable()).isFalse());
    }

    @Test
    void a_registry_that_is_away_is_told_from_a_record_that_is_unsound() {
        byte[] octets = serializer.serialize("sms.outgoing", Samples.message());
        registry.away = true;

        assertThatThrownBy(() -> deserializer.deserialize("sms.outgoing", octets))
                .isInstanceOfSatisfying(
                        SchemaRegistryException.class,
                        e -> assertThat(e.isUnreachable()).isTrue());
    }

    @Test
    void no_octets_throw_anything_but_a_serialization_exception() {
        byte[] sound = serializer.serialize("sms.outgoing", Samples.message());
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] broken = sound.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                broken[WireFormat.HEADER + random.nextInt(broken.length - WireFormat.HEADER)] = (byte) random.nextInt();
            }
            byte[] cut = random.nextBoolean() ? broken : Arrays.copyOf(broken, random.nextInt(broken.length));
            try {
                deserializer.deserialize("sms.outgoing", cut);
            } catch (SerializationException expected) {
                assertThat(expected).hasMessageContaining("sms.outgoing");
            }
        }
    }

    @Test
    void a_record_of_another_type_is_refused_where_a_type_is_expected() {
        RecordSerdes serdes = RecordSerdes.over(registry);
        byte[] octets = serdes.write("sms.status", Samples.message());

        assertThatThrownBy(() -> serdes.read("sms.status", MessageStatus.class, octets))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("expected a MessageStatus on sms.status, found a OutgoingMessage");
    }

    @Test
    void many_threads_may_share_one_serializer() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> work = IntStream.range(0, 4)
                    .<Callable<Boolean>>mapToObj(thread -> () -> {
                        for (int i = 0; i < 2_000; i++) {
                            OutgoingMessage message = OutgoingMessage.newBuilder(Samples.message())
                                    .setId(thread + "-" + i)
                                    .build();
                            Object read =
                                    deserializer.deserialize("t" + i % 3, serializer.serialize("t" + i % 3, message));
                            if (!message.equals(read)) {
                                return false;
                            }
                        }
                        return true;
                    })
                    .toList();
            for (Future<Boolean> result : threads.invokeAll(work)) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void the_configuration_names_the_classes() {
        assertThatThrownBy(() -> RecordSerdes.from(
                        Map.of("schema.registry.url", "http://127.0.0.1:1", "value.serializer", "com.example.Missing")))
                .hasMessageContaining("value.serializer is 'com.example.Missing'");
        assertThatThrownBy(() -> RecordSerdes.from(Map.of())).hasMessageContaining("schema.registry.url");
    }

    private static byte[] framed(int id, GenericRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {0, (byte) (id >>> 24), (byte) (id >>> 16), (byte) (id >>> 8), (byte) id});
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        return out.toByteArray();
    }
}
