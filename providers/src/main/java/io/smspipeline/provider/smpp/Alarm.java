package io.smspipeline.provider.smpp;

import io.smspipeline.provider.smpp.submit.StatusCode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a person that an account's settings are wrong: at error level, and once a minute for each status, however many messages
 * meet it. Safe for use by many threads.
 */
final class Alarm {
    private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);
    private static final long SILENT_NANOS = Duration.ofMinutes(1).toNanos();

    private final String alias;
    private final Map<Integer, Long> raisedAt = new ConcurrentHashMap<>();

    Alarm(String alias) {
        this.alias = alias;
    }

    /** @param messageId one of those it happened to */
    void raise(StatusCode status, String messageId) {
        long now = System.nanoTime();
        Long before = raisedAt.get(status.value());
        if (before != null && now - before < SILENT_NANOS) {
            return;
        }
        raisedAt.put(status.value(), now);
        LOG.error(
                "submit refused provider={} status={} messageId={}: every message of the kind will fail. Check the account's"
                        + " settings.",
                alias,
                status,
                messageId);
    }
}
