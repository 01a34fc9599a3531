package io.smspipeline.intake;

import java.time.Duration;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads topics as a member of a group and hands the records to a {@link Taker}, who finishes them in any order and on any
 * thread. An offset is committed only when its record and all before it are finished; what is finished beyond goes along in
 * the commit's metadata and is not handed out again, wherever the partition goes.
 *
 * <p>Polling goes on while too much is in hand, so that the membership outlives any wait. All methods are safe for use by many
 * threads; {@link #close} must not be called by the taker's own methods.
 */
public final class Intake implements AutoCloseable {
    private final IntakeSettings settings;
    private final Progress progress = new Progress();
    private final PollLoop loop;
    private final Thread thread;
    private final AtomicBoolean started = new AtomicBoolean();

    /**
     * Makes the consumer and connects to nothing yet.
     *
     * @param consumerConfig Kafka's consumer configuration with {@code bootstrap.servers} and {@code group.id}. Preset, unless
     *     given: {@code group.protocol} (consumer; classic with {@code group.instance.id}), {@code isolation.level}
     *     read_committed, {@code auto.offset.reset} earliest. Always: no auto-commit, octets as keys and values, and
     *     {@code max.poll.records} no larger than the limits allow
     * @throws org.apache.kafka.common.KafkaException when the configuration is unusable
     */
    public Intake(IntakeSettings settings, Map<String, ?> consumerConfig, Taker taker, Commit commit) {
        this(
                settings,
                () -> new KafkaConsumer<>(ConsumerSettings.from(consumerConfig, settings)),
                ConsumerSettings.perPoll(consumerConfig, settings),
                taker,
                commit,
                System::nanoTime);
    }

    Intake(
            IntakeSettings settings,
            Supplier<Consumer<byte[], byte[]>> consumers,
            int perPoll,
            Taker taker,
            Commit commit,
            LongSupplier nanoTime) {
        this.settings = settings;
        this.loop = new PollLoop(settings, consumers, perPoll, progress, taker, commit, nanoTime);
        this.thread = new Thread(
                () -> {
                    loop.run();
                    Throwable failure = loop.failure();
                    if (failure != null) {
                        taker.failed(failure);
                    }
                },
                "intake-" + String.join(",", settings.topics()));
    }

    /** Starts to poll. Once. */
    public void start() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("this intake was started before: make a new one");
        }
        thread.start();
    }

    /**
     * The record is done: for good, whatever became of it.
     *
     * @return true when it was in hand; false when it was finished before or its partition is not ours any more
     */
    public boolean finish(TopicPartition partition, long offset) {
        return progress.finish(partition, offset);
    }

    /**
     * A piece of a record in hand is done: it is committed along, and whoever reads the record again can leave it out. Some
     * hundred records of a partition can have such pieces; what is told of more is not committed.
     *
     * @param piece from 0, at most 255 as a rule: each eighth costs an octet
     * @return true when the record was in hand
     */
    public boolean finishPiece(TopicPartition partition, long offset, int piece) {
        return progress.finishPiece(partition, offset, piece);
    }

    /** The pieces of a record in hand that are done, here or where it was in hand before. A copy. */
    public BitSet finishedPieces(TopicPartition partition, long offset) {
        return progress.finishedPieces(partition, offset);
    }

    /**
     * For who must know what may be a repeat: records of this partition are begun from now on, at most {@code most} of them
     * beyond those that the last commit told of by {@link #begun}. It must be committed before the first is. Whoever has the
     * partition next is told which records have {@link #suspicions}, unless {@link #conclude} was said and committed.
     */
    public void undertake(TopicPartition partition, int most) {
        progress.of(partition).ifPresent(known -> known.undertake(most));
    }

    /** Records up to this one were begun: the next commit tells. */
    public void begun(TopicPartition partition, long offset) {
        progress.of(partition).ifPresent(known -> known.begun(offset));
    }

    /** Whatever was begun of this partition is finished, and nothing is begun any more. To be committed before it goes. */
    public void conclude(TopicPartition partition) {
        progress.of(partition).ifPresent(PartitionProgress::conclude);
    }

    /** See {@link PartitionProgress#suspicions}: how many owners in a row may have worked on this record in hand. */
    public int suspicions(TopicPartition partition, long offset) {
        return progress.suspicions(partition, offset);
    }

    /** True when the partition is ours and the record needs no work (any more). */
    public boolean isFinished(TopicPartition partition, long offset) {
        return progress.isFinished(partition, offset);
    }

    /** True when the partition is ours. */
    public boolean owns(TopicPartition partition) {
        return progress.owns(partition);
    }

    /** The partitions that are ours. */
    public Set<TopicPartition> owned() {
        return progress.owned();
    }

    /**
     * Partitions for which {@code which} holds are not read until it does not. It is asked before each poll, at most 0.1 s
     * apart, on the poll thread; records of at most one poll may still come. Replaces what was said before.
     */
    public void hold(Predicate<TopicPartition> which) {
        loop.hold(which);
    }

    /** As {@link #hold(Predicate)}, for exactly these partitions. */
    public void hold(Collection<TopicPartition> partitions) {
        Set<TopicPartition> these = Set.copyOf(partitions);
        loop.hold(these::contains);
    }

    /** Everything is read again. */
    public void release() {
        loop.hold(partition -> false);
    }

    /**
     * For {@link Commit#byTaker}: what to commit for the partitions whose position or finished set changed since they were
     * last {@link #committed}. When one thread alone calls {@link #finish} and this, it is exactly what that thread finished.
     */
    public Map<TopicPartition, OffsetAndMetadata> committable() {
        return progress.committable();
    }

    /** For {@link Commit#byTaker}: Kafka has this snapshot. One that failed may be committed again as it is, or taken anew. */
    public void committed(Map<TopicPartition, OffsetAndMetadata> snapshot) {
        progress.committed(snapshot);
    }

    /**
     * For {@link Commit#byTaker}, when the broker answers OFFSET_METADATA_TOO_LARGE: commits carry no finished sets from now
     * on, and what they would have told is repeated when a partition moves.
     */
    public void omitFinishedSets() {
        progress.omitFinishedSets();
    }

    /**
     * For {@code sendOffsetsToTransaction}: our membership as the poll thread last saw it. A transaction refused for an old
     * generation or member epoch is repeated with a newer one.
     */
    public ConsumerGroupMetadata groupMetadata() {
        return loop.metadata();
    }

    /** True while it is a member of its group, all its partitions are restored, and it has not failed. */
    public boolean ready() {
        return loop.settled() && loop.failure() == null;
    }

    /** Why it stopped for good, if it did: an authorisation or configuration fault, or an exception of the taker. */
    public Optional<Throwable> failed() {
        return Optional.ofNullable(loop.failure());
    }

    /** What is in hand of each partition. */
    public Map<TopicPartition, Backlog> backlog() {
        Set<TopicPartition> paused = loop.paused();
        Map<TopicPartition, Backlog> backlog = new HashMap<>();
        progress.loads()
                .forEach((partition, load) ->
                        backlog.put(partition, new Backlog(load.open(), load.span(), paused.contains(partition))));
        return backlog;
    }

    /** The consumer's own metrics, among them its lag. */
    public Map<MetricName, ? extends Metric> metrics() {
        return loop.metrics();
    }

    /** {@link #close(Duration)} with the patience of the settings. */
    @Override
    public void close() {
        close(settings.patience());
    }

    /**
     * Stops reading, lets the taker give up what it holds, commits what is finished and leaves the group. Returns when all of
     * that is done or {@code patience} and some seconds for Kafka are over. Further calls wait for the first.
     *
     * @param patience for {@link Taker#revoking}
     */
    public void close(Duration patience) {
        loop.close(patience);
        join(patience.plusSeconds(30));
    }

    /**
     * Stops as if the process were gone: waits for nothing in hand and commits nothing. The group learns of it and need not
     * wait for the session to end.
     */
    public void abandon() {
        loop.abandon();
        join(Duration.ofSeconds(30));
    }

    private void join(Duration patience) {
        if (started.compareAndSet(false, true)) {
            // Never started: nobody else will close the consumer.
            loop.run();
            return;
        }
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, patience.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What is in hand of a partition.
     *
     * @param open records taken and not finished
     * @param span offsets from the first of them to the last one read, both counted
     * @param paused nothing more of it is read for now
     */
    public record Backlog(int open, long span, boolean paused) {}
}
