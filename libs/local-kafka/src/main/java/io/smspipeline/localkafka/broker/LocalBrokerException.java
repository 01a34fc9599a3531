package io.smspipeline.localkafka.broker;

import org.jspecify.annotations.Nullable;

/** A broker could not be started. The message says which, why, and what to do. */
public final class LocalBrokerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LocalBrokerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
