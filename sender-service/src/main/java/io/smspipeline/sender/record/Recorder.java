package io.smspipeline.sender.record;

import io.micrometer.core.instrument.MeterRegistry;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.record.Failure;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.sender.dispatch.Dispatch;
import io.smspipeline.sender.lane.Attempt;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
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

    /** Each transaction writes markers to all it touched, and to their replicas: outcomes wait this long for company. */
    private static final Duration LINGER = Duration.ofMillis(40);

    private static final long IDLE_MS = 100;
    private static final int IDLE_TURNS_BETWEEN_COMMITS = 5;
    private static final long CLOSE_MS = TimeUnit.SECONDS.toMillis(15);

    /** What is told of each batch once Kafka has it. Called by the recorder's thread. */
    public interface Listener {
        /** An attempt is to be made again, after {@code delay}. */
        void again(Attempt attempt, Duration delay);

        /** The intention to make this attempt is on record, if its message says so; otherwise it must not be made. */
        void onRecord(Attempt attempt);

        /** Something was recorded: there may be room for more. */
        void recorded();
    }

    private final Dispatch dispatch;
    private final DeadLetters deadLetters;
    private final OffsetLedger ledger;
    private final Transactions transactions;
    private final RecordSerdes serdes;
    private final Clock clock;
    private final Listener listener;
    private final Consumer<Throwable> failed;
    private final OutcomeCounters counters;
    private final int enough;
    private final LinkedBlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean stopping;
    private int idleTurns;

    /**
     * @param alias the provider, named in metrics
     * @param enough a batch of this size is written at once; smaller ones wait a moment for company
     * @param producers makes a transactional producer that was not initialised yet
     * @param failed told when the thread ended by a fault of ours
     */
    public Recorder(
            String alias,
            int enough,
            Dispatch dispatch,
            DeadLetters deadLetters,
            OffsetLedger ledger,
            Supplier<Producer<byte[], byte[]>> producers,
            RecordSerdes serdes,
            Clock clock,
            MeterRegistry meters,
            Listener listener,
            Consumer<Throwable> failed) {
        this.enough = Math.max(1, Math.min(enough, LARGEST_BATCH));
        this.dispatch = dispatch;
        this.deadLetters = deadLetters;
        this.ledger = ledger;
        this.transactions = new Transactions(producers, deadLetters::insteadOf);
        this.serdes = serdes;
        this.clock = clock;
        this.listener = listener;
        this.failed = failed;
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

    /** Why nothing can be written at the moment; empty when all is well. */
    public Optional<String> trouble() {
        return transactions.trouble();
    }

    private void run() {
        try {
            transactions.open();
            List<Happening> batch = new ArrayList<>();
            while (!stopping || !happenings.isEmpty()) {
                collect(batch);
                if (batch.isEmpty()) {
                    idle();
                } else {
                    write(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("recorder stopped with outcomes unrecorded atLeast={}", happenings.size());
        } catch (RuntimeException | Error fault) {
            LOG.error("recorder stopped", fault);
            failed.accept(fault);
        } finally {
            transactions.close();
        }
    }

    /** Positions move without us too, over transaction markers and what was finished in an earlier life. */
    private void idle() throws InterruptedException {
        idleTurns++;
        if (idleTurns == IDLE_TURNS_BETWEEN_COMMITS) {
            idleTurns = 0;
            transactions.write(List.of(), ledger);
        }
    }

    private void collect(List<Happening> batch) throws InterruptedException {
        Happening first = happenings.poll(IDLE_MS, TimeUnit.MILLISECONDS);
        if (first == null) {
            return;
        }
        batch.add(first);
        happenings.drainTo(batch, LARGEST_BATCH - 1);
        long deadline = System.nanoTime() + LINGER.toNanos();
        while (batch.size() < enough && !stopping) {
            Happening next = happenings.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return;
            }
            batch.add(next);
            happenings.drainTo(batch, LARGEST_BATCH - batch.size());
        }
    }

    private void write(List<Happening> happened) throws InterruptedException {
        Batch batch = new Batch(dispatch, deadLetters, ledger, listener, clock.instant());
        for (Happening happening : happened) {
            if (happening instanceof Happening.Answered answered) {
                counters.count(answered.outcome());
                logUncertain(answered);
                if (answered.outcome() instanceof SendOutcome.Uncertain && Dispatch.wasTheLast(answered.attempt())) {
                    alarm(answered.attempt());
                }
            } else if (happening instanceof Happening.Capped capped) {
                alarm(capped.attempt());
            }
            batch.add(happening);
        }
        List<Entry> entries = transactions.encode(() -> batch.entries(serdes));
        if (!entries.isEmpty() || batch.movesOffsets()) {
            transactions.write(entries, ledger);
        }
        batch.written();
        listener.recorded();
    }

    private void alarm(Attempt capped) {
        counters.countCapped();
        LOG.error(
                "submit outcome=capped messageId={} part={}/{} remedy=\"find what submits it again and again; a receipt or"
                        + " ./sms resolve ID fail ends it\"",
                capped.handover().messageId(),
                capped.submission().number(),
                capped.submission().count());
    }

    private static void logUncertain(Happening.Answered answered) {
        if (answered.outcome() instanceof SendOutcome.Uncertain uncertain) {
            Failure failure = uncertain.failure();
            LOG.info(
                    "submit outcome=uncertain messageId={} part={}/{} attempt={} reason=\"{}\"",
                    answered.attempt().handover().messageId(),
                    answered.attempt().submission().number(),
                    answered.attempt().submission().count(),
                    answered.attempt().number(),
                    failure.getReason());
        }
    }

    /** Writes what was told so far and stops. Nothing must be told afterwards. */
    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(CLOSE_MS);
            if (thread.isAlive()) {
                abandon();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    /** Stops as if the process were gone: what was told and not written never is. */
    public void abandon() {
        stopping = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
