package io.smspipeline.schemas.registry;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** The registry said no, or could not be asked. */
public final class SchemaRegistryException extends SerializationException {
    private static final long serialVersionUID = 1L;

    private final boolean unreachable;

    private SchemaRegistryException(String message, boolean unreachable, @Nullable Throwable cause) {
        super(message, cause);
        this.unreachable = unreachable;
    }

    /** The registry answered, and its answer was a refusal. */
    public static SchemaRegistryException refused(String message) {
        return new SchemaRegistryException(message, false, null);
    }

    /** No usable answer: trying again later may succeed. */
    public static SchemaRegistryException unreachable(String message, Throwable cause) {
        return new SchemaRegistryException(message, true, cause);
    }

    /** True when trying again later may succeed; false when the registry has spoken. */
    public boolean isUnreachable() {
        return unreachable;
    }
}
