package io.smspipeline.service.publish;

import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Kafka did not acknowledge a record in time, or refused it. After silence it may still have been written. */
public final class NotPublishedException extends KafkaException {
    private static final long serialVersionUID = 1L;

    NotPublishedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
