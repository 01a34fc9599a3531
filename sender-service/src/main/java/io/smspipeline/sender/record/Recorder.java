package io.smspipeline.sender.record;

import io.micrometer.core.instrument.MeterRegistry;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.schemas.deadletter.DeadLetter;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.sender.dispatch.Dispatch;
import io.smspipeline.sender.dispatch.Output;
import io.smspipeline.sender.dispatch.Verdict;
import io.smspipeline.sender.lane.Attempt;
import io.smspipeline.sender.lane.Handover;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what happened: the events, hand-backs and offsets of a batch in one short transaction, which is never open
 * while a submit is awaited. Anybody may report a happening, at any time, without waiting; one thread of its own decides and
 * writes.
 */
public final class Recorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final int LARGEST_BATCH = 2_000;
    private static final Duration LINGER = Duration.ofMillis(10);

    /** What is told of each batch. Called by the recorder's thread. */
    public interface Listener {
        /** An attempt is to be made again, after {@code delay}. */
        void again(Attempt attempt, Duration delay);

        /** Kafka has these many outcomes, or they needed no record: as many submits are no longer unrecorded. */
        void recorded(int outcomes);
    }

    private final String group;
    private final Dispatch dispatch;
    private final OffsetLedger ledger;
    private final Transactions transactions;
    private final RecordSerdes serdes;
    private final Topics topics;
    private final Clock clock;
    private final Listener listener;
    private final OutcomeCounters counters;
    private final int enough;
    private final LinkedBlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Thread thread;

    /**
     * @param group consumer group of the submit topics, named in dead letters
     * @param enough a batch of this size is written at once; smaller ones wait a moment for company
     */
    public Recorder(
            String group,
            int enough,
            Dispatch dispatch,
            OffsetLedger ledger,
            Transactions transactions,
            RecordSerdes serdes,
            Topics topics,
            Clock clock,
            MeterRegistry meters,
            String alias,
            Listener listener) {
        this.group = group;
        this.enough = Math.max(1, Math.min(enough, LARGEST_BATCH));
        this.dispatch = dispatch;
        this.ledger = ledger;
        this.transactions = transactions;
        this.serdes = serdes;
        this.topics = topics;
        this.clock = clock;
        this.listener = listener;
        this.counters = new OutcomeCounters(meters, alias);
        this.thread = new Thread(this::run, "recorder-" + alias);
    }

    /** Begins writing. */
    public void start() {
        thread.start();
    }

    /** Something happened. Never waits. */
    public void tell(Happening happening) {
        happenings.add(happening);
    }

    /** Happenings not yet decided on. */
    public int backlog() {
        return happenings.size();
    }

    /** Whether its thread is alive, as it is until closed. */
    public boolean alive() {
        return thread.isAlive();
    }

    private void run() {
        List<Happening> batch = new ArrayList<>();
        while (!stopping.get() || !happenings.isEmpty()) {
            try {
                collect(batch);
                if (!batch.isEmpty()) {
                    write(batch);
                }
            } catch (InterruptedException e) {
                return;
            }
            batch.clear();
        }
    }

    private void collect(List<Happening> batch) throws InterruptedException {
        Happening first = happenings.poll(100, TimeUnit.MILLISECONDS);
        if (first == null) {
            return;
        }
        batch.add(first);
        happenings.drainTo(batch, LARGEST_BATCH - 1);
        long deadline = System.nanoTime() + LINGER.toNanos();
        while (batch.size() < enough && !stopping.get()) {
            Happening next = happenings.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return;
            }
            batch.add(next);
            happenings.drainTo(batch, LARGEST_BATCH - batch.size());
        }
    }

    private void write(List<Happening> batch) throws InterruptedException {
        Batch written = new Batch();
        Instant now = clock.instant();
        for (Happening happening : batch) {
            written.add(happening, now);
        }
        List<ProducerRecord<byte[], byte[]>> records = transactions.encode(written::records);
        if (!records.isEmpty() || written.moves) {
            transactions.write(records, ledger);
        }
        written.finished.forEach(Handover::seenThrough);
        written.afterwards.forEach(Runnable::run);
        listener.recorded(written.outcomes);
    }

    /** What one batch of happenings comes to. */
    private final class Batch {
        private final List<Output> outputs = new ArrayList<>();
        private final List<Handover> sources = new ArrayList<>();
        private final List<ProducerRecord<byte[], byte[]>> letters = new ArrayList<>();
        private final List<Handover> finished = new ArrayList<>();
        private final List<Runnable> afterwards = new ArrayList<>();
        private boolean moves;
        private int outcomes;

        void add(Happening happening, Instant now) {
            if (happening instanceof Happening.Answered answered) {
                outcomes++;
                counters.count(answered.outcome());
                logUnusual(answered);
                apply(answered.attempt(), dispatch.after(answered.attempt(), answered.outcome(), now));
            } else if (happening instanceof Happening.Expired expired) {
                apply(expired.attempt(), dispatch.expired(expired.attempt(), now));
            } else if (happening instanceof Happening.Unfit unfit) {
                apply(unfit.attempt(), dispatch.refused(unfit.attempt(), unfit.failure(), now));
            } else if (happening instanceof Happening.ProviderDown down) {
                apply(down.attempt(), dispatch.providerDown(down.attempt(), down.why(), now));
            } else if (happening instanceof Happening.Intended intended) {
                Handover handover = intended.attempt().handover();
                put(handover, dispatch.intention(intended.attempt(), now));
                finishRecord(handover);
                afterwards.add(() -> listener.again(intended.attempt().onRecord(), Duration.ZERO));
            } else if (happening instanceof Happening.Unreadable unreadable) {
                letters.add(
                        new DeadLetter(group, unreadable.why(), 1, now).of(unreadable.record(), topics.deadLetter()));
                ledger.finish(
                        new TopicPartition(
                                unreadable.record().topic(), unreadable.record().partition()),
                        unreadable.record().offset());
                moves = true;
            }
        }

        private void apply(Attempt attempt, Verdict verdict) {
            Handover handover = attempt.handover();
            put(handover, verdict.outputs());
            if (verdict instanceof Verdict.Again again) {
                afterwards.add(() -> listener.again(again.attempt(), again.delay()));
            } else if (verdict instanceof Verdict.Ended && !handover.ended()) {
                handover.end();
                finish(handover);
            } else if (verdict instanceof Verdict.Done && handover.closeOne() && !handover.ended()) {
                finish(handover);
            }
        }

        private void finish(Handover handover) {
            finishRecord(handover);
            finished.add(handover);
        }

        private void finishRecord(Handover handover) {
            ledger.finish(handover.partition(), handover.offset());
            moves = true;
        }

        private void put(Handover handover, List<Output> more) {
            for (Output output : more) {
                outputs.add(output);
                sources.add(handover);
            }
        }

        List<ProducerRecord<byte[], byte[]>> records() {
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(outputs.size() + letters.size());
            for (int i = 0; i < outputs.size(); i++) {
                Output output = outputs.get(i);
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                        output.topic(),
                        output.key().getBytes(StandardCharsets.UTF_8),
                        serdes.write(output.topic(), output.value()));
                byte[] traceparent = sources.get(i).traceparent();
                if (traceparent != null) {
                    record.headers().add("traceparent", traceparent);
                }
                records.add(record);
            }
            records.addAll(letters);
            return records;
        }
    }

    private static void logUnusual(Happening.Answered answered) {
        if (answered.outcome() instanceof SendOutcome.Accepted) {
            return;
        }
        if (LOG.isDebugEnabled() || answered.outcome() instanceof SendOutcome.Uncertain) {
            LOG.info(
                    "submit outcome={} messageId={} part={}/{} attempt={}",
                    answered.outcome(),
                    answered.attempt().handover().messageId(),
                    answered.attempt().submission().number(),
                    answered.attempt().submission().count(),
                    answered.attempt().number());
        }
    }

    /** Writes what was told so far and stops. Nothing must be told afterwards. */
    @Override
    public void close() {
        stopping.set(true);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(15));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            thread.interrupt();
        }
        transactions.close();
    }
}
