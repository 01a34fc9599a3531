package io.smspipeline.schemas.serde;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;

/** Confluent's framing of a value: one zero octet, the schema id as four octets big-endian, Avro binary. */
final class WireFormat {
    static final byte MAGIC = 0;
    static final int HEADER = 5;

    private WireFormat() {}

    /** The schema id of a framed value. */
    static int schemaId(String topic, byte[] value) {
        if (value.length < HEADER || value[0] != MAGIC) {
            throw new SerializationException("the value on " + topic + " is not in the registry's wire format: "
                    + (value.length < HEADER
                            ? "it has " + value.length + " octets, the header alone takes " + HEADER
                            : "its first octet is " + value[0] + ", expected " + MAGIC)
                    + ". Its publisher must use a schema-registry serializer.");
        }
        return ByteBuffer.wrap(value).getInt(1);
    }
}
