package io.smspipeline.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits at an interval without waiting, and waits when partitions go. A commit that fails is no harm: its progress is
 * contained in the next one. For the poll thread.
 */
final class PlainCommits implements Commits {
    private static final Logger LOG = LoggerFactory.getLogger(PlainCommits.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;
    private final Progress progress;
    private final long every;
    private final LongSupplier nanoTime;
    private long last;
    /** One at a time, so that an older commit never lands on a newer one. */
    private boolean waiting;

    PlainCommits(Consumer<byte[], byte[]> consumer, Progress progress, Commit.Plain plain, LongSupplier nanoTime) {
        this.consumer = consumer;
        this.progress = progress;
        this.every = plain.every().toNanos();
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    @Override
    public void turn() {
        long now = nanoTime.getAsLong();
        if (waiting || now - last < every) {
            return;
        }
        last = now;
        Map<TopicPartition, OffsetAndMetadata> snapshot = progress.committable();
        if (snapshot.isEmpty()) {
            return;
        }
        waiting = true;
        consumer.commitAsync(snapshot, (offsets, failure) -> {
            waiting = false;
            if (failure == null) {
                progress.committed(snapshot);
            } else {
                say(failure, snapshot);
            }
        });
    }

    @Override
    public void giveUp(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> snapshot = progress.committable(partitions);
        if (snapshot.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(snapshot, PATIENCE);
            progress.committed(snapshot);
        } catch (OffsetMetadataTooLarge e) {
            say(e, snapshot);
            giveUpWithoutNotes(partitions);
        } catch (KafkaException e) {
            say(e, snapshot);
        }
    }

    private void giveUpWithoutNotes(Collection<TopicPartition> partitions) {
        try {
            consumer.commitSync(progress.committable(partitions), PATIENCE);
        } catch (KafkaException e) {
            say(e, Map.of());
        }
    }

    private void say(Exception failure, Map<TopicPartition, OffsetAndMetadata> snapshot) {
        if (failure instanceof OffsetMetadataTooLarge) {
            progress.omitFinishedSets();
            LOG.error(
                    "commit outcome=refused reason=\"the broker's offset.metadata.max.bytes is below {}\""
                            + " consequence=\"finished records behind an unfinished one are repeated when a partition moves\"",
                    CommitNote.BUDGET);
        } else if (failure instanceof RetriableCommitFailedException) {
            LOG.debug("commit outcome=retry partitions={} reason=\"{}\"", snapshot.keySet(), failure.getMessage());
        } else {
            LOG.warn("commit outcome=failed partitions={} reason=\"{}\"", snapshot.keySet(), failure.getMessage());
        }
    }
}
