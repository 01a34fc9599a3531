package io.smspipeline.router.wire;

import io.smspipeline.schemas.deadletter.DeadLetter;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** The typed serdes of a process as topologies need them. Safe for use by many threads. */
public final class StreamSerdes {
    private final RecordSerdes records;
    private final Patience patience = new Patience();

    /** Over the classes the process was configured with. */
    public StreamSerdes(RecordSerdes records) {
        this.records = records;
    }

    /**
     * For a topic of the catalogue. A record without a value, or one that is too large for what follows from it to be written
     * anywhere, is refused like one that cannot be read: a write that Kafka refuses would fail the application.
     */
    public <V extends SpecificRecord> Serde<V> of(Topic<V> topic) {
        Serde<V> serde = records.of(topic.type());
        return Serdes.serdeFrom(
                patience.writing(serde.serializer()), new Present<>(patience.reading(serde.deserializer())));
    }

    /**
     * For a topic of our own making, whose values are written as if to a topic of the catalogue: their schema is registered
     * already, and internal topics need no subjects.
     */
    public <V extends SpecificRecord> Serde<V> asIn(Topic<V> topic) {
        return Serdes.serdeFrom(
                patience.<V>writing((name, record) -> write(topic, record)),
                patience.<V>reading((name, value) -> records.read(topic, value)));
    }

    /** The framed value of a record, for a store of ours. */
    public <V extends SpecificRecord> byte[] write(Topic<V> topic, V record) {
        return records.write(topic.name(), record);
    }

    /** The record in a framed value of a store of ours. */
    public <V extends SpecificRecord> V read(Topic<V> topic, byte[] value) {
        return records.read(topic, value);
    }

    private record Present<V>(Deserializer<V> deserializer) implements Deserializer<V> {
        @Override
        public V deserialize(String topic, byte @Nullable [] value) {
            return deserializer.deserialize(topic, required(topic, value));
        }

        @Override
        public V deserialize(String topic, Headers headers, byte @Nullable [] value) {
            return deserializer.deserialize(topic, headers, required(topic, value));
        }

        private static byte[] required(String topic, byte @Nullable [] value) {
            if (value == null) {
                throw new SerializationException("the record on " + topic
                        + " has no value: this topic is not compacted, so there is nothing that it could delete");
            }
            if (value.length > DeadLetter.LARGEST) {
                throw new SerializationException("the record on " + topic + " has " + value.length + " octets: at most "
                        + DeadLetter.LARGEST + " are taken");
            }
            return value;
        }
    }
}
