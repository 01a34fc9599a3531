package io.smspipeline.schemas.topic;

import io.smspipeline.record.Priority;
import java.util.Locale;

/** One of a provider's three queues. A lane of its own is what keeps HIGH from waiting behind LOW. */
public enum Lane {
    /** One-time codes and alarms. */
    HIGH,
    /** Everything that is neither. */
    NORMAL,
    /** Bulk. */
    LOW;

    /** The lane of a message with this priority. */
    public static Lane of(Priority priority) {
        return switch (priority) {
            case HIGH -> HIGH;
            case NORMAL -> NORMAL;
            case LOW -> LOW;
        };
    }

    /** Last segment of the topic's name. */
    public String segment() {
        return name().toLowerCase(Locale.ROOT);
    }
}
