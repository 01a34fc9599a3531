package io.smspipeline.sender.record;

import io.smspipeline.schemas.registry.SchemaRegistryException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a batch and the offsets that go with it, both or neither, however often it takes. What the provider accepted must
 * be told even if the offset can no longer be committed because its partition moved: then the records are written alone, and
 * the new owner's repeat is marked by its own attempt. For use by one thread.
 */
public final class Transactions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final long FIRST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 5_000;

    private final Supplier<Producer<byte[], byte[]>> producers;
    private @Nullable Producer<byte[], byte[]> producer;
    private volatile @Nullable String trouble;

    /** @param producers makes a transactional producer that was not initialised yet */
    public Transactions(Supplier<Producer<byte[], byte[]>> producers) {
        this.producers = producers;
    }

    /** Why nothing can be written at the moment; null when all is well. Any thread. */
    public @Nullable String trouble() {
        return trouble;
    }

    /** Encodes, waiting for a registry that is away; what it refuses for good is a fault of this build. */
    List<ProducerRecord<byte[], byte[]>> encode(Supplier<List<ProducerRecord<byte[], byte[]>>> encoding)
            throws InterruptedException {
        for (long pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
            try {
                return encoding.get();
            } catch (SchemaRegistryException e) {
                report("cannot encode outcomes", e);
                TimeUnit.MILLISECONDS.sleep(pause);
            }
        }
    }

    /** Returns when the records are written and every offset that is still ours is committed with them. */
    void write(List<ProducerRecord<byte[], byte[]>> records, OffsetLedger ledger) throws InterruptedException {
        for (long pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
            try {
                Map<TopicPartition, OffsetAndMetadata> positions = ledger.committable();
                if (!records.isEmpty() || !positions.isEmpty()) {
                    commit(records, positions, ledger);
                }
                ledger.committed(positions);
                trouble = null;
                return;
            } catch (KafkaException e) {
                report("outcomes are not recorded yet", e);
                discardAfter(e);
                TimeUnit.MILLISECONDS.sleep(pause);
            }
        }
    }

    private void commit(
            List<ProducerRecord<byte[], byte[]>> records,
            Map<TopicPartition, OffsetAndMetadata> positions,
            OffsetLedger ledger) {
        Producer<byte[], byte[]> writer = initialised();
        writer.beginTransaction();
        for (ProducerRecord<byte[], byte[]> record : records) {
            // A failed send fails the commit; there is nothing to do in between.
            writer.send(record);
        }
        if (!positions.isEmpty()) {
            writer.sendOffsetsToTransaction(positions, ledger.group());
        }
        writer.commitTransaction();
    }

    private Producer<byte[], byte[]> initialised() {
        Producer<byte[], byte[]> writer = producer;
        if (writer == null) {
            writer = producers.get();
            try {
                writer.initTransactions();
            } catch (KafkaException e) {
                writer.close(Duration.ZERO);
                throw e;
            }
            producer = writer;
        }
        return writer;
    }

    /** An aborted transaction leaves the producer usable; anything worse and a new one takes its place. */
    private void discardAfter(KafkaException failure) {
        Producer<byte[], byte[]> writer = producer;
        if (writer == null) {
            return;
        }
        try {
            writer.abortTransaction();
        } catch (KafkaException | IllegalStateException fatal) {
            LOG.info("transaction not abortable cause={}, after={}", fatal.toString(), failure.toString());
            writer.close(Duration.ZERO);
            producer = null;
        }
    }

    private void report(String what, KafkaException e) {
        if (trouble == null) {
            LOG.warn("{}, trying again cause={}", what, e.toString());
        }
        trouble = what + ": " + e.getMessage();
    }

    @Override
    public void close() {
        Producer<byte[], byte[]> writer = producer;
        if (writer != null) {
            writer.close(Duration.ofSeconds(5));
        }
    }
}
