package io.smspipeline.service.publish;

import io.smspipeline.service.health.Check;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How many records await their outcome, which topics are known, and how the last outcomes were. Safe for many threads. */
final class PublishState {
    /**
     * How long one failure speaks against being ready. Not for ever: without work no success would ever follow, and a
     * process that is not ready gets none.
     */
    private static final Duration FAILURE_COUNTS = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    private final AtomicInteger unacknowledged = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final Set<String> unknownTopics = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Failure> lastFailure = new AtomicReference<>();
    private volatile boolean closed;

    private record Failure(String message, long at) {}

    PublishState(Collection<String> topics, LongSupplier nanoTime) {
        this.unknownTopics.addAll(topics);
        this.nanoTime = nanoTime;
    }

    /** Takes room for one record; false when there is none. */
    boolean take(int limit) {
        if (unacknowledged.incrementAndGet() > limit) {
            leave();
            refused.incrementAndGet();
            return false;
        }
        return true;
    }

    void acknowledged(String topic) {
        unknownTopics.remove(topic);
        lastFailure.set(null);
        leave();
    }

    void failed(String message) {
        failures.incrementAndGet();
        lastFailure.set(new Failure(message, nanoTime.getAsLong()));
        leave();
    }

    private void leave() {
        if (unacknowledged.decrementAndGet() == 0 && closed) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    void known(String topic) {
        unknownTopics.remove(topic);
    }

    List<String> unknownTopics() {
        return List.copyOf(unknownTopics);
    }

    int unacknowledged() {
        return unacknowledged.get();
    }

    double refused() {
        return refused.get();
    }

    double failures() {
        return failures.get();
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    /** Waits until no record awaits its outcome any more, or the time is up. */
    synchronized void awaitQuiet(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = end - System.nanoTime();
                unacknowledged.get() > 0 && left > 0;
                left = end - System.nanoTime()) {
            wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
        }
    }

    Check check(int limit) {
        if (closed) {
            return Check.down("closed");
        }
        if (!unknownTopics.isEmpty()) {
            return Check.down("Kafka has not told yet about " + String.join(", ", unknownTopics));
        }
        if (unacknowledged.get() >= limit) {
            return Check.down(limit + " records await Kafka's acknowledgement, which is the limit");
        }
        Failure failure = lastFailure.get();
        if (failure != null && nanoTime.getAsLong() - failure.at() < FAILURE_COUNTS.toNanos()) {
            return Check.down(failure.message());
        }
        return Check.up(unacknowledged.get() + " records await Kafka's acknowledgement");
    }
}
