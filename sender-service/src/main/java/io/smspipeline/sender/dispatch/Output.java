package io.smspipeline.sender.dispatch;

import io.smspipeline.schemas.serde.RecordSerdes;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A record to be written because of an outcome. */
public record Output(String topic, String key, SpecificRecord value) {
    /**
     * As octets.
     *
     * @param traceparent W3C trace header to carry on; null for none
     * @throws org.apache.kafka.common.errors.SerializationException when it cannot be encoded
     */
    public ProducerRecord<byte[], byte[]> encoded(RecordSerdes serdes, byte @Nullable [] traceparent) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), serdes.write(topic, value));
        if (traceparent != null) {
            record.headers().add("traceparent", traceparent);
        }
        return record;
    }
}
