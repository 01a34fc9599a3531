package io.smspipeline.sender.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a batch and the offsets that go with it, both or neither, however often it takes. What the provider accepted must
 * be told even if the offset can no longer be committed because its partition moved: then the records are written alone, and
 * the new owner's repeat is marked by its own attempt. A record too large for Kafka gives way to another one, so that it does
 * not keep the rest. For use by one thread.
 */
final class Transactions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final long FIRST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 5_000;

    /** What the broker's answer to offsets with too much metadata comes to: a fault without a class of its own. */
    private static final String METADATA_TOO_LARGE = "metadata field of the offset request was too large";

    /** Finds what to write in place of an entry that was refused for good. */
    interface Substitute {
        /**
         * @param why in Kafka's words
         * @return empty when there is nothing else to write
         */
        Optional<Entry> of(Entry refused, String why);
    }

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Substitute substitute;
    private @Nullable Producer<byte[], byte[]> producer;
    private volatile @Nullable String trouble;

    /** @param producers makes a transactional producer that was not initialised yet */
    Transactions(Supplier<Producer<byte[], byte[]>> producers, Substitute substitute) {
        this.producers = producers;
        this.substitute = substitute;
    }

    /** Why nothing can be written at the moment; empty when all is well. Any thread. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private interface Step {
        void take() throws InterruptedException;
    }

    /** Returns when a producer is ready. What a former process of this name left open has ended then. */
    void open() throws InterruptedException {
        untilDone("no transactions are possible yet", () -> {
            try {
                initialised();
            } catch (KafkaException e) {
                abandon();
                throw e;
            }
        });
    }

    /** Encodes, waiting for a registry that is away or refuses a schema: its operator can mend either. */
    List<Entry> encode(Supplier<List<Entry>> encoding) throws InterruptedException {
        List<Entry> entries = new ArrayList<>();
        untilDone("outcomes cannot be encoded yet", () -> entries.addAll(encoding.get()));
        return entries;
    }

    /** Returns when the entries are written and every offset that is still ours is committed with them. */
    void write(List<Entry> entries, OffsetLedger ledger) throws InterruptedException {
        List<Entry> batch = new ArrayList<>(entries);
        untilDone("outcomes are not recorded yet", () -> {
            // The membership first: a partition lost in between makes it an old one, with which nothing can be
            // committed.
            ConsumerGroupMetadata group = ledger.group();
            Map<TopicPartition, OffsetAndMetadata> positions = ledger.committable();
            if (batch.isEmpty() && positions.isEmpty()) {
                return;
            }
            try {
                commit(batch, positions, group);
            } catch (KafkaException | IllegalStateException e) {
                abort(e);
                if (String.valueOf(rootOf(e).getMessage()).contains(METADATA_TOO_LARGE)) {
                    ledger.omitFinishedSets();
                }
                if (isTooLarge(e)) {
                    replaceLargest(batch, e);
                }
                throw e instanceof KafkaException kafka ? kafka : new KafkaException(e);
            }
            ledger.committed(positions);
        });
    }

    private void untilDone(String otherwise, Step step) throws InterruptedException {
        for (long pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
            try {
                step.take();
                trouble = null;
                return;
            } catch (KafkaException e) {
                if (trouble == null) {
                    LOG.warn("{}, trying again cause={}", otherwise, e.toString());
                }
                trouble = otherwise + ": " + e.getMessage();
                TimeUnit.MILLISECONDS.sleep(pause);
            }
        }
    }

    private void commit(
            List<Entry> batch, Map<TopicPartition, OffsetAndMetadata> positions, ConsumerGroupMetadata group)
            throws InterruptedException {
        Producer<byte[], byte[]> writer = initialised();
        writer.beginTransaction();
        for (Entry entry : batch) {
            // A failed send fails the commit; there is nothing to do in between.
            writer.send(entry.record());
        }
        if (!positions.isEmpty()) {
            writer.sendOffsetsToTransaction(positions, group);
        }
        for (long pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
            try {
                writer.commitTransaction();
                return;
            } catch (TimeoutException unknown) {
                // It may have been committed. To write the batch anew could hand a message back twice; to ask again is
                // safe.
                LOG.warn("whether outcomes are recorded is unknown, asking again cause={}", unknown.toString());
                trouble = "whether outcomes are recorded is unknown: " + unknown.getMessage();
                TimeUnit.MILLISECONDS.sleep(pause);
            }
        }
    }

    private Producer<byte[], byte[]> initialised() {
        Producer<byte[], byte[]> writer = producer;
        if (writer == null) {
            writer = producers.get();
            producer = writer;
            writer.initTransactions();
        }
        return writer;
    }

    /** An aborted transaction leaves the producer usable; anything worse and a new one takes its place. */
    private void abort(RuntimeException failure) {
        Producer<byte[], byte[]> writer = producer;
        if (writer == null) {
            return;
        }
        try {
            writer.abortTransaction();
        } catch (KafkaException | IllegalStateException fatal) {
            LOG.info("transaction not abortable cause={}, after={}", fatal.toString(), failure.toString());
            abandon();
        }
    }

    private void abandon() {
        Producer<byte[], byte[]> writer = producer;
        producer = null;
        if (writer != null) {
            writer.close(Duration.ZERO);
        }
    }

    /** Which one was refused cannot be told: all others of the batch fail with the same words. It is the largest, if any is. */
    private void replaceLargest(List<Entry> batch, RuntimeException why) {
        int largest = 0;
        for (int i = 1; i < batch.size(); i++) {
            largest = batch.get(i).size() > batch.get(largest).size() ? i : largest;
        }
        Entry refused = batch.remove(largest);
        Optional<Entry> instead =
                substitute.of(refused, String.valueOf(rootOf(why).getMessage()));
        if (instead.isPresent()) {
            batch.add(largest, instead.get());
        }
    }

    private static boolean isTooLarge(Throwable failure) {
        Throwable root = rootOf(failure);
        return root instanceof RecordTooLargeException || root instanceof RecordBatchTooLargeException;
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    @Override
    public void close() {
        Producer<byte[], byte[]> writer = producer;
        if (writer != null) {
            writer.close(Duration.ofSeconds(5));
        }
    }
}
