package io.smspipeline.schemas.serde;

import io.smspipeline.schemas.registry.SchemaRegistry;
import io.smspipeline.schemas.topic.Topic;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/**
 * The serializer and deserializer a process was configured with, offered as typed serdes. Safe for use by many threads when
 * the configured classes are, as ours and Confluent's are.
 */
public final class RecordSerdes {
    private final Serializer<Object> serializer;
    private final Deserializer<Object> deserializer;

    private RecordSerdes(Serializer<Object> serializer, Deserializer<Object> deserializer) {
        this.serializer = serializer;
        this.deserializer = deserializer;
    }

    /**
     * The classes that {@code value.serializer} and {@code value.deserializer} name, or ours.
     *
     * @throws ConfigException when a class cannot be made or configured
     */
    public static RecordSerdes from(Map<String, ?> configuration) {
        Map<String, Object> settings = new HashMap<>(configuration);
        // Confluent's deserializer would give generic records otherwise.
        settings.putIfAbsent("specific.avro.reader", true);
        Serializer<Object> serializer =
                named(settings, ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, AvroSerializer.class.getName());
        Deserializer<Object> deserializer =
                named(settings, ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, AvroDeserializer.class.getName());
        serializer.configure(settings, false);
        deserializer.configure(settings, false);
        return new RecordSerdes(serializer, deserializer);
    }

    /** Ours, over a registry at hand. */
    public static RecordSerdes over(SchemaRegistry registry) {
        return new RecordSerdes(new AvroSerializer(registry), new AvroDeserializer(registry));
    }

    @SuppressWarnings("unchecked")
    private static <T> T named(Map<String, Object> settings, String key, String ours) {
        Object name = settings.getOrDefault(key, ours);
        try {
            return (T)
                    Utils.newInstance(name instanceof Class<?> type ? type.getName() : name.toString(), Object.class);
        } catch (ClassNotFoundException | KafkaException e) {
            throw new ConfigException(key + " is '" + name + "', which cannot be used: " + e.getMessage()
                    + ". Put its jar on the class path or remove the key to use ours.");
        }
    }

    /** The framed value of {@code record} for {@code topic}. */
    public byte[] write(String topic, SpecificRecord record) {
        return serializer.serialize(topic, record);
    }

    /**
     * The record in a framed value.
     *
     * @throws SerializationException when it cannot be read or is of another type
     */
    public <V extends SpecificRecord> V read(Topic<V> topic, byte[] value) {
        return read(topic.name(), topic.type(), value);
    }

    /** As {@link #read(Topic, byte[])}, for a topic known by name. */
    public <V extends SpecificRecord> V read(String topic, Class<V> type, byte[] value) {
        Object record = deserializer.deserialize(topic, value);
        if (!type.isInstance(record)) {
            throw new SerializationException("expected a " + type.getSimpleName() + " on " + topic + ", found "
                    + (record == null ? "nothing" : "a " + record.getClass().getSimpleName()));
        }
        return type.cast(record);
    }

    /** A typed serde for Kafka Streams, producers and consumers. Closing it closes nothing. */
    public <V extends SpecificRecord> Serde<V> of(Class<V> type) {
        return Serdes.serdeFrom((topic, value) -> serializer.serialize(topic, value), new Deserializer<V>() {
            @Override
            public V deserialize(String topic, byte[] value) {
                return cast(deserializer.deserialize(topic, value), topic);
            }

            @Override
            public V deserialize(String topic, Headers headers, byte[] value) {
                return cast(deserializer.deserialize(topic, headers, value), topic);
            }

            @SuppressWarnings("NullAway") // a tombstone stays null: Kafka's own interface says so
            private V cast(Object record, String topic) {
                if (record != null && !type.isInstance(record)) {
                    throw new SerializationException("expected a " + type.getSimpleName() + " on " + topic
                            + ", found a " + record.getClass().getSimpleName());
                }
                return type.cast(record);
            }
        });
    }
}
