package io.smspipeline.router.routing;

import io.smspipeline.router.state.StateReader;
import io.smspipeline.router.state.StateWriter;
import io.smspipeline.router.waiting.Sweep;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What was commanded about messages lately: one that was withdrawn is stopped wherever it turns up again, and a command that
 * is given twice is carried out once. For the stream thread of its task.
 */
final class Commanded {
    private static final int FORM = 1;

    private final KeyValueStore<String, byte[]> store;
    private final Sweep sweep;
    private final Duration kept;

    /** @param resolved the last attempt that a person resolved; 0 for none */
    private record Known(boolean cancelled, int resolved) {}

    /** @param kept how long after a command a copy of its message may still turn up */
    Commanded(ProcessorContext<?, ?> context, Duration kept) {
        this.store = context.getStateStore(RoutingTopology.COMMANDED);
        this.kept = kept;
        this.sweep = new Sweep(context, store, kept.toMillis(), due -> store.delete(due.key()));
    }

    boolean isCancelled(String messageId) {
        return known(messageId).cancelled;
    }

    void cancel(String messageId, Instant now) {
        write(messageId, new Known(true, known(messageId).resolved), now);
    }

    /**
     * Notes that a person decided about an attempt.
     *
     * @return false when that was decided before
     */
    boolean resolve(String messageId, int attempt, Instant now) {
        Known known = known(messageId);
        if (attempt <= known.resolved) {
            return false;
        }
        write(messageId, new Known(known.cancelled, attempt), now);
        return true;
    }

    private Known known(String messageId) {
        byte[] octets = store.get(messageId);
        if (octets == null) {
            return new Known(false, 0);
        }
        StateReader in = new StateReader("command", FORM, octets);
        return new Known(in.flag(), in.count());
    }

    private void write(String messageId, Known known, Instant now) {
        long deadline = now.plus(kept).toEpochMilli();
        store.put(
                messageId,
                new StateWriter(FORM, deadline)
                        .flag(known.cancelled)
                        .number(known.resolved)
                        .written());
        sweep.expect(deadline);
    }
}
