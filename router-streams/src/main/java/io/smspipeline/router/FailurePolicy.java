package io.smspipeline.router;

import io.smspipeline.router.state.StateException;
import io.smspipeline.router.wire.Unreadable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread fails. Nothing is skipped: the thread is replaced and takes the same record again. What
 * only needs time, such as a registry that is away, is tried for as long as it takes; what fails five times in five minutes
 * will fail again, and ends the application, which is then no longer live. Safe for use by many threads.
 */
final class FailurePolicy implements StreamsUncaughtExceptionHandler {
    static final int MOST = 5;
    static final Duration WITHIN = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(FailurePolicy.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Application application;
    private final Clock clock;
    private final Consumer<Duration> pause;
    private final Consumer<Throwable> failedForGood;
    private final Deque<Instant> failures = new ArrayDeque<>();

    FailurePolicy(Application application, Clock clock, Consumer<Throwable> failedForGood) {
        this(application, clock, time -> LockSupport.parkNanos(time.toNanos()), failedForGood);
    }

    FailurePolicy(Application application, Clock clock, Consumer<Duration> pause, Consumer<Throwable> failedForGood) {
        this.application = application;
        this.clock = clock;
        this.pause = pause;
        this.failedForGood = failedForGood;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        if (needsTime(failure)) {
            LOG.warn("stream application={} outcome=retried: {}", application.label(), failure.toString());
            pause.accept(PAUSE);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        if (failure instanceof Error || hopeless(failure) || tooMany()) {
            LOG.error("stream application={} outcome=ended", application.label(), failure);
            failedForGood.accept(failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.error("stream application={} outcome=thread-replaced", application.label(), failure);
        pause.accept(PAUSE);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static boolean needsTime(Throwable failure) {
        return Unreadable.registryUnreachable(failure) || caused(failure, RetriableException.class) != null;
    }

    /**
     * State of a later version, another process with our place in the group, or a full disk: another try finds the same, and
     * meanwhile another instance could work.
     */
    private static boolean hopeless(Throwable failure) {
        return caused(failure, StateException.class) != null
                || caused(failure, FencedInstanceIdException.class) != null
                || isDiskFull(failure);
    }

    /** Java and RocksDB know no type for it; the words are the operating system's. */
    private static boolean isDiskFull(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (String.valueOf(cause.getMessage()).contains("No space left on device")) {
                return true;
            }
        }
        return false;
    }

    private synchronized boolean tooMany() {
        Instant now = clock.instant();
        failures.removeIf(at -> at.plus(WITHIN).isBefore(now));
        failures.add(now);
        return failures.size() >= MOST;
    }

    private static <T extends Throwable> @Nullable T caused(Throwable failure, Class<T> type) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
