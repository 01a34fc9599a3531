package io.smspipeline.sender.reading;

import io.smspipeline.intake.Taker;
import io.smspipeline.sender.lane.Lanes;
import io.smspipeline.sender.lane.Tenure;
import io.smspipeline.sender.lane.Tenures;
import io.smspipeline.sender.record.Happening;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what is polled, and sees to it that a partition goes only when what was begun of it is seen through. */
public final class SubmitTaker implements Taker {
    private static final Logger LOG = LoggerFactory.getLogger(SubmitTaker.class);

    private static final Duration LONGEST_CONCLUSION = Duration.ofSeconds(10);

    private final String alias;
    private final Tenures tenures;
    private final MessageReader reader;
    private final Lanes lanes;
    private final Consumer<Happening> tell;
    private final IntConsumer owned;
    private final Consumer<Throwable> failed;

    /**
     * @param tell where it is reported that partitions are taken up and given up
     * @param owned told how many partitions are ours whenever that changed
     * @param failed told when nothing will be read any more by a fault
     */
    public SubmitTaker(
            String alias,
            Tenures tenures,
            MessageReader reader,
            Lanes lanes,
            Consumer<Happening> tell,
            IntConsumer owned,
            Consumer<Throwable> failed) {
        this.alias = alias;
        this.tenures = tenures;
        this.reader = reader;
        this.lanes = lanes;
        this.tell = tell;
        this.owned = owned;
        this.failed = failed;
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record) {
        Tenure tenure = tenures.of(new TopicPartition(record.topic(), record.partition()));
        if (tenure.whenOpen(() -> reader.read(record, tenure))) {
            tell.accept(new Happening.Opening(tenure));
        }
    }

    @Override
    public void assigned(Collection<TopicPartition> partitions) {
        tenures.begin(partitions);
        owned.accept(tenures.count());
    }

    @Override
    public void revoking(Collection<TopicPartition> partitions, Duration patience) {
        tenures.end(partitions);
        lanes.dropDead();
        Set<TopicPartition> opened = partitions.stream()
                .filter(partition -> tenures.of(partition).isOpen())
                .collect(Collectors.toCollection(HashSet::new));
        Set<TopicPartition> clean = tenures.conclude(partitions, patience);
        gone();
        if (clean.size() < partitions.size()) {
            LOG.warn(
                    "gave up partitions with submits unanswered provider={} waited={} partitions={} clean={}",
                    alias,
                    patience,
                    partitions,
                    clean);
        }
        opened.retainAll(clean);
        if (!opened.isEmpty()) {
            conclude(opened);
        }
    }

    /** Until it is on record that nothing of these is under way, or for so long that it is no matter of course. */
    private void conclude(Set<TopicPartition> clean) {
        CompletableFuture<Void> recorded = new CompletableFuture<>();
        tell.accept(new Happening.Concluded(clean, recorded));
        try {
            recorded.get(LONGEST_CONCLUSION.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn(
                    "an orderly hand-over is not on record provider={} partitions={} consequence=\"the first messages of"
                            + " these are marked as possible repeats\"",
                    alias,
                    clean);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void lost(Collection<TopicPartition> partitions) {
        tenures.lose(partitions);
        gone();
    }

    private void gone() {
        lanes.dropDead();
        owned.accept(tenures.count());
    }

    @Override
    public void failed(Throwable cause) {
        failed.accept(cause);
    }
}
