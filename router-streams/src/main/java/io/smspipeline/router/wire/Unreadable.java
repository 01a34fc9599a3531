package io.smspipeline.router.wire;

import io.smspipeline.schemas.deadletter.DeadLetter;
import io.smspipeline.schemas.registry.SchemaRegistryException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a record that cannot be decoded: it goes to the dead letter topic in the same transaction, and the next
 * one is processed. When it is merely the registry that cannot be reached the record may be sound: then the thread fails and
 * is started again, which reads the record once more.
 */
public final class Unreadable implements DeserializationExceptionHandler {
    /** Streams property: name of the dead letter topic. */
    public static final String TOPIC = "sms.dead-letter.topic";

    /** Streams property: a {@link Clock}; the system's by default. */
    public static final String CLOCK = "sms.dead-letter.clock";

    private static final Logger LOG = LoggerFactory.getLogger(Unreadable.class);

    private String topic = "";
    private String group = "";
    private Clock clock = Clock.systemUTC();

    /** For Kafka Streams, which calls {@link #configure} next. */
    public Unreadable() {}

    @Override
    public void configure(Map<String, ?> properties) {
        topic = String.valueOf(properties.get(TOPIC));
        group = String.valueOf(properties.get(StreamsConfig.APPLICATION_ID_CONFIG));
        if (properties.get(CLOCK) instanceof Clock given) {
            clock = given;
        }
    }

    @Override
    public Response handleError(ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception cause) {
        if (registryUnreachable(cause)) {
            LOG.warn(
                    "decode outcome=later application={} topic={} partition={} offset={}: the schema registry cannot be"
                            + " reached: {}",
                    group,
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    cause.getMessage());
            return Response.fail();
        }
        String reason = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
        LOG.warn(
                "decode outcome=dead-letter application={} topic={} partition={} offset={}: {}",
                group,
                record.topic(),
                record.partition(),
                record.offset(),
                reason);
        DeadLetter letter = new DeadLetter(group, reason, 1, Instant.now(clock));
        // Streams cannot go on after a write that Kafka refused.
        boolean tooLarge = DeadLetter.sizeOf(record) > DeadLetter.LARGEST;
        return Response.resume(List.of(tooLarge ? letter.withoutOctets(record, topic) : letter.of(record, topic)));
    }

    /**
     * Whether it failed because the registry did not answer. A foreign deserializer says so with exceptions of the network.
     */
    public static boolean registryUnreachable(@Nullable Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (cause instanceof SchemaRegistryException said) {
                return said.isUnreachable();
            }
            if (cause instanceof SocketException
                    || cause instanceof UnknownHostException
                    || cause instanceof InterruptedIOException
                    || cause instanceof RetriableException) {
                return true;
            }
        }
        return false;
    }
}
