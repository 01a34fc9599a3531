package io.smspipeline.intake;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the consumer's paused partitions in line with what must pause. For the poll thread. */
final class Pauses {
    private static final Logger LOG = LoggerFactory.getLogger(Pauses.class);

    private final Consumer<byte[], byte[]> consumer;
    private final Progress progress;
    private final Limits limits;
    private volatile Set<TopicPartition> paused = Set.of();

    Pauses(Consumer<byte[], byte[]> consumer, Progress progress, Limits limits) {
        this.consumer = consumer;
        this.progress = progress;
        this.limits = limits;
    }

    /** Pauses what is full, held by the taker or not restored; lets the rest flow. */
    void apply(Predicate<TopicPartition> held, Set<TopicPartition> awaited) {
        Set<TopicPartition> wanted = limits.full(progress.loads());
        progress.owned().stream().filter(held).forEach(wanted::add);
        wanted.addAll(awaited);
        // What the consumer says, not what was last told to it: a partition that left and came back is not paused any
        // more.
        Set<TopicPartition> now = consumer.paused();
        Set<TopicPartition> more = new HashSet<>(wanted);
        more.removeAll(now);
        Set<TopicPartition> less = new HashSet<>(now);
        less.removeAll(wanted);
        more.forEach(partition -> ifAssigned(() -> consumer.pause(Set.of(partition))));
        less.forEach(partition -> ifAssigned(() -> consumer.resume(Set.of(partition))));
        paused = Set.copyOf(wanted);
    }

    /** The newer group protocol takes a revoked partition away on a thread of its own, hence possibly just now. */
    private static void ifAssigned(Runnable change) {
        try {
            change.run();
        } catch (IllegalStateException gone) {
            LOG.debug("pause outcome=not-assigned reason=\"{}\"", gone.getMessage());
        }
    }

    /** The partitions paused at the last {@link #apply}. Any thread. */
    Set<TopicPartition> now() {
        return paused;
    }
}
