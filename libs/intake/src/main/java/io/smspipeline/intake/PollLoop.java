package io.smspipeline.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that touches the consumer. It polls without a pause, since a member that does not poll is taken for dead:
 * while there is too much in hand it polls with its partitions paused. Methods without a word on threads belong to it.
 */
final class PollLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);
    private static final Duration IDLE = Duration.ofMillis(100);
    /** While something is paused nothing arrives to end a poll early, and room must be noticed soon. */
    private static final Duration WATCHFUL = Duration.ofMillis(10);

    private static final Duration BACKOFF = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final Duration ABANDONING = Duration.ofSeconds(1);

    private final IntakeSettings settings;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Progress progress;
    private final Taker taker;
    private final Commit commit;
    private final LongSupplier nanoTime;
    private final int perPoll;
    private final CountDownLatch stop = new CountDownLatch(1);

    private volatile Predicate<TopicPartition> held = partition -> false;
    private volatile Duration closePatience;
    private volatile boolean abandoned;
    private volatile boolean settled;
    private volatile @Nullable Throwable failure;
    private volatile ConsumerGroupMetadata metadata = new ConsumerGroupMetadata("");
    private volatile Member member;

    PollLoop(
            IntakeSettings settings,
            Supplier<Consumer<byte[], byte[]>> consumers,
            int perPoll,
            Progress progress,
            Taker taker,
            Commit commit,
            LongSupplier nanoTime) {
        this.settings = settings;
        this.consumers = consumers;
        this.perPoll = perPoll;
        this.progress = progress;
        this.taker = taker;
        this.commit = commit;
        this.nanoTime = nanoTime;
        this.closePatience = settings.patience();
        this.member = new Member(consumers.get());
    }

    @Override
    public void run() {
        try {
            while (!member.work()) {
                member = new Member(consumers.get());
            }
        } catch (Throwable e) {
            failure = e;
            LOG.error("intake outcome=failed topics={} reason=\"{}\"", settings.topics(), e.toString(), e);
        }
        settled = false;
        member.leave(failure);
    }

    /** Any thread. Everything in hand is given up with the patience given, then the member leaves. */
    void close(Duration patience) {
        closePatience = patience;
        stop.countDown();
    }

    /** Any thread. */
    void abandon() {
        abandoned = true;
        stop.countDown();
    }

    /** Any thread. */
    void hold(Predicate<TopicPartition> which) {
        held = which;
    }

    /** Any thread: it is a member of its group, and every partition it has is restored. */
    boolean settled() {
        return settled;
    }

    /** Any thread. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Any thread. */
    ConsumerGroupMetadata metadata() {
        return metadata;
    }

    /** Any thread. */
    Set<TopicPartition> paused() {
        return member.pauses.now();
    }

    /** Any thread. */
    Map<MetricName, ? extends Metric> metrics() {
        return member.consumer.metrics();
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    private void rest() throws InterruptedException {
        settled = false;
        if (stop.await(BACKOFF.toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.debug("backoff outcome=cut-short reason=stopping");
        }
    }

    /** One life of a consumer. */
    private final class Member implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> consumer;
        private final Restoration restoration;
        private final Pauses pauses;
        private final Commits commits;

        Member(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
            this.restoration = new Restoration(consumer, progress, settings.whole());
            this.pauses = new Pauses(consumer, progress, new Limits(settings, perPoll));
            this.commits = commit instanceof Commit.Plain plain
                    ? new PlainCommits(consumer, progress, plain, nanoTime)
                    : Commits.NONE;
        }

        /** Works until it is told to stop (true), or until only a new consumer can go on (false). */
        boolean work() throws InterruptedException {
            consumer.subscribe(settings.topics(), this);
            while (!stopping()) {
                try {
                    turn();
                } catch (UnreleasedInstanceIdException e) {
                    LOG.warn("join outcome=retry reason=\"{}\"", e.getMessage());
                    leave(e);
                    rest();
                    return stopping();
                } catch (RetriableException e) {
                    LOG.warn("poll outcome=retry reason=\"{}\"", e.toString());
                    rest();
                }
            }
            return true;
        }

        private void turn() {
            Set<TopicPartition> restored = restoration.turn();
            if (!restored.isEmpty()) {
                taker.assigned(restored);
            }
            pauses.apply(held, restoration.awaited());
            ConsumerRecords<byte[], byte[]> records = consumer.poll(pauses.now().isEmpty() ? IDLE : WATCHFUL);
            metadata = consumer.groupMetadata();
            settled = metadata.generationId() > 0 && restoration.awaited().isEmpty();
            hand(records);
            commits.turn();
        }

        private void hand(ConsumerRecords<byte[], byte[]> records) {
            for (TopicPartition partition : records.partitions()) {
                // Absent only when the partition was taken away while it was fetched: it is read again where it went.
                progress.of(partition).ifPresent(known -> {
                    for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                        if (known.deliver(record.offset(), record.leaderEpoch())) {
                            taker.take(record);
                        }
                    }
                });
            }
            for (Map.Entry<TopicPartition, OffsetAndMetadata> next :
                    records.nextOffsets().entrySet()) {
                progress.of(next.getKey())
                        .ifPresent(known -> known.passTo(next.getValue().offset()));
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            LOG.info("assigned partitions={}", partitions);
            restoration.await(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            LOG.info("revoked partitions={}", partitions);
            giveUp(partitions, settings.patience());
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            LOG.warn("lost partitions={}", partitions);
            lose(partitions);
        }

        private void giveUp(Collection<TopicPartition> partitions, Duration patience) {
            restoration.forget(partitions);
            Set<TopicPartition> owned = progress.owned();
            owned.retainAll(new HashSet<>(partitions));
            if (owned.isEmpty()) {
                return;
            }
            metadata = consumer.groupMetadata();
            taker.revoking(owned, patience);
            commits.giveUp(owned);
            progress.end(owned);
        }

        private void lose(Collection<TopicPartition> partitions) {
            restoration.forget(partitions);
            Set<TopicPartition> owned = progress.owned();
            owned.retainAll(new HashSet<>(partitions));
            if (!owned.isEmpty()) {
                progress.end(owned);
                taker.lost(owned);
            }
        }

        /** The end of this life. After a failure nothing is committed: what went wrong may have spoilt what was to be. */
        void leave(@Nullable Throwable why) {
            try {
                if (why == null && !abandoned) {
                    giveUp(progress.owned(), closePatience);
                } else {
                    lose(progress.owned());
                }
            } catch (RuntimeException e) {
                LOG.error("give-up outcome=failed reason=\"{}\"", e.toString(), e);
                failure = e;
            } finally {
                closeConsumer();
            }
        }

        private void closeConsumer() {
            try {
                consumer.close(CloseOptions.timeout(abandoned ? ABANDONING : CLOSING));
            } catch (RuntimeException e) {
                LOG.warn("close outcome=failed reason=\"{}\"", e.toString());
            }
        }
    }
}
