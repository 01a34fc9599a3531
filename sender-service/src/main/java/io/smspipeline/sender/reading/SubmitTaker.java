package io.smspipeline.sender.reading;

import io.smspipeline.intake.Taker;
import io.smspipeline.sender.lane.Lanes;
import io.smspipeline.sender.lane.Tenures;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what is polled, and sees to it that a partition goes only when what was begun of it is seen through. */
public final class SubmitTaker implements Taker {
    private static final Logger LOG = LoggerFactory.getLogger(SubmitTaker.class);

    private final String alias;
    private final Tenures tenures;
    private final MessageReader reader;
    private final Lanes lanes;
    private final IntConsumer owned;
    private final Consumer<Throwable> failed;

    /**
     * @param owned told how many partitions are ours whenever that changed
     * @param failed told when nothing will be read any more by a fault
     */
    public SubmitTaker(
            String alias,
            Tenures tenures,
            MessageReader reader,
            Lanes lanes,
            IntConsumer owned,
            Consumer<Throwable> failed) {
        this.alias = alias;
        this.tenures = tenures;
        this.reader = reader;
        this.lanes = lanes;
        this.owned = owned;
        this.failed = failed;
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record) {
        reader.read(record, tenures.of(new TopicPartition(record.topic(), record.partition())));
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
        boolean clean = tenures.conclude(partitions, patience);
        gone();
        if (!clean) {
            LOG.warn(
                    "gave up partitions with submits unanswered provider={} waited={} partitions={}",
                    alias,
                    patience,
                    partitions);
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
