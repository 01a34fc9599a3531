package io.smspipeline.router.wire;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again, on the same thread, what failed because the schema registry did not answer. A stream thread that fails instead is
 * replaced, and what it had waits until its place in the group is given up: a short absence would cost many seconds. Safe for use by
 * many threads.
 */
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

    /** With the pauses between them, less than the 10 s after which brokers give up a transaction that Streams left open. */
    static final int TRIES = 8;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Consumer<Duration> pause;

    Patience() {
        this(time -> LockSupport.parkNanos(time.toNanos()));
    }

    /** @param pause waits */
    Patience(Consumer<Duration> pause) {
        this.pause = pause;
    }

    <V> Serializer<V> writing(Serializer<V> serializer) {
        return (topic, value) -> {
            for (int tried = 1; ; tried++) {
                try {
                    return serializer.serialize(topic, value);
                } catch (KafkaException e) {
                    waitOrThrow(e, tried);
                }
            }
        };
    }

    <V> Deserializer<V> reading(Deserializer<V> deserializer) {
        return new Deserializer<>() {
            @Override
            public V deserialize(String topic, byte[] value) {
                for (int tried = 1; ; tried++) {
                    try {
                        return deserializer.deserialize(topic, value);
                    } catch (KafkaException e) {
                        waitOrThrow(e, tried);
                    }
                }
            }

            @Override
            public V deserialize(String topic, Headers headers, byte[] value) {
                for (int tried = 1; ; tried++) {
                    try {
                        return deserializer.deserialize(topic, headers, value);
                    } catch (KafkaException e) {
                        waitOrThrow(e, tried);
                    }
                }
            }
        };
    }

    private void waitOrThrow(KafkaException failure, int tried) {
        if (tried == TRIES || !Unreadable.registryUnreachable(failure)) {
            throw failure;
        }
        if (tried == 1) {
            LOG.warn(
                    "registry outcome=waited: it does not answer and is asked again each second: {}",
                    failure.getMessage());
        }
        pause.accept(PAUSE);
    }
}
