package io.smspipeline.sender.reading;

import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.Submission;
import io.smspipeline.record.Action;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.schemas.registry.SchemaRegistryException;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.sender.lane.Attempt;
import io.smspipeline.sender.lane.Handover;
import io.smspipeline.sender.lane.Past;
import io.smspipeline.sender.lane.Tenure;
import io.smspipeline.sender.lane.Unrecorded;
import io.smspipeline.sender.record.Happening;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns records into messages to hand over, in their order but HIGH first. On a thread of its own: a schema met for the first
 * time asks the registry, and while that is away this thread waits and asks again, where the polling thread would be taken
 * for dead. What it holds is bounded by who polls, which takes no more from Kafka than may be in hand.
 */
public final class MessageReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MessageReader.class);
    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 5_000;

    private record Polled(ConsumerRecord<byte[], byte[]> record, Tenure tenure) {}

    private final Provider provider;
    private final Map<String, Lane> lanesOfTopics;
    private final RecordSerdes serdes;
    private final Unrecorded unrecorded;
    private final Function<ConsumerRecord<byte[], byte[]>, Past> past;
    private final Consumer<Handover> next;
    private final Consumer<Attempt> commands;
    private final Consumer<Happening> tell;
    private final Consumer<Throwable> failed;
    private final Thread thread;
    private final Deque<Polled> high = new ArrayDeque<>();
    private final Deque<Polled> others = new ArrayDeque<>();
    private volatile @Nullable String trouble;
    private long order;

    /**
     * @param lanesOfTopics the lane of each topic's messages
     * @param past what became of a record's message where it was in hand before
     * @param next gets what can be handed over
     * @param commands gets what is to be done about messages handed over earlier, claimed
     * @param tell where it is reported what cannot
     * @param failed told when the thread ended by a fault of ours
     */
    public MessageReader(
            Provider provider,
            Map<String, Lane> lanesOfTopics,
            RecordSerdes serdes,
            Unrecorded unrecorded,
            Function<ConsumerRecord<byte[], byte[]>, Past> past,
            Consumer<Handover> next,
            Consumer<Attempt> commands,
            Consumer<Happening> tell,
            Consumer<Throwable> failed) {
        this.provider = provider;
        this.lanesOfTopics = lanesOfTopics;
        this.serdes = serdes;
        this.unrecorded = unrecorded;
        this.past = past;
        this.next = next;
        this.commands = commands;
        this.tell = tell;
        this.failed = failed;
        this.thread = new Thread(this::run, "reader-" + provider.alias());
    }

    /** Begins reading. */
    public void start() {
        thread.start();
    }

    /** Why nothing can be read at the moment; empty when all is well. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Reads a record when its turn comes, unless its partition is given up before. Never waits. */
    synchronized void read(ConsumerRecord<byte[], byte[]> record, Tenure tenure) {
        (lane(record) == Lane.HIGH ? high : others).addLast(new Polled(record, tenure));
        notifyAll();
    }

    private Lane lane(ConsumerRecord<byte[], byte[]> record) {
        return lanesOfTopics.getOrDefault(record.topic(), Lane.NORMAL);
    }

    private void run() {
        try {
            while (true) {
                Polled polled = take();
                read(polled);
            }
        } catch (InterruptedException closed) {
            LOG.debug("reader stopped provider={}", provider.alias());
        } catch (RuntimeException | Error fault) {
            LOG.error("reader stopped provider={}", provider.alias(), fault);
            failed.accept(fault);
        }
    }

    private synchronized Polled take() throws InterruptedException {
        while (true) {
            Polled polled = high.isEmpty() ? others.pollFirst() : high.pollFirst();
            if (polled != null) {
                return polled;
            }
            wait();
        }
    }

    private void read(Polled polled) throws InterruptedException {
        try {
            readWhileHeld(polled);
        } finally {
            trouble = null;
        }
    }

    private void readWhileHeld(Polled polled) throws InterruptedException {
        for (long pause = FIRST_PAUSE_MS; polled.tenure.isHeld(); pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
            try {
                RoutedMessage routed = serdes.read(polled.record.topic(), RoutedMessage.class, polled.record.value());
                plan(polled, routed);
                return;
            } catch (SchemaRegistryException e) {
                if (!e.isUnreachable()) {
                    setAside(polled, e);
                    return;
                }
                if (trouble == null) {
                    LOG.warn(
                            "record not read yet, trying again provider={} cause={}", provider.alias(), e.getMessage());
                }
                trouble = "messages for " + provider.alias() + " cannot be read: " + e.getMessage();
                TimeUnit.MILLISECONDS.sleep(pause);
            } catch (SerializationException e) {
                setAside(polled, e);
                return;
            }
        }
    }

    private void setAside(Polled polled, SerializationException why) {
        if (polled.tenure.take(polled.record.offset())) {
            tell.accept(new Happening.Unreadable(polled.record, polled.tenure, String.valueOf(why.getMessage())));
        }
    }

    private void plan(Polled polled, RoutedMessage routed) {
        OutgoingMessage message = routed.getMessage();
        if (message.getValidUntil() == null) {
            fault(polled, routed, "it has no validUntil, which routing sets: it was not written by routing");
            return;
        }
        if (routed.getAction() == Action.COMMAND) {
            Attempt attempt = Attempt.first(handover(polled, routed, whole(message)));
            if (attempt.handover().claim()) {
                commands.accept(attempt);
            }
            return;
        }
        Plan plan;
        try {
            plan = provider.plan(message);
        } catch (RuntimeException fault) {
            LOG.error("plan failed provider={} messageId={}", provider.alias(), message.getId(), fault);
            fault(polled, routed, "provider " + provider.alias() + " cannot plan it by a fault of its own: " + fault);
            return;
        }
        if (plan instanceof Plan.Submissions submissions) {
            handOver(handover(polled, routed, submissions.all(), past.apply(polled.record)));
        } else if (plan instanceof Plan.Unfit unfit) {
            Attempt attempt = Attempt.first(handover(polled, routed, whole(message)));
            if (attempt.handover().claim()) {
                tell.accept(new Happening.Unfit(attempt, unfit.failure()));
            }
        }
    }

    private void handOver(Handover handover) {
        if (handover.remaining() > 0) {
            next.accept(handover);
        } else if (handover.claim()) {
            // The provider's settings cut it differently than before, into parts that are done.
            tell.accept(new Happening.Spared(Attempt.first(handover)));
        }
    }

    private void fault(Polled polled, RoutedMessage routed, String why) {
        Attempt attempt = Attempt.first(handover(polled, routed, whole(routed.getMessage())));
        if (attempt.handover().claim()) {
            tell.accept(new Happening.Faulty(polled.record, attempt, why));
        }
    }

    /** Stands for the parts of a message that has none. */
    private static List<Submission> whole(OutgoingMessage message) {
        String from = message.getFrom();
        return List.of(new Submission(message, from == null ? "" : from, 1, 1, 1, null));
    }

    private Handover handover(Polled polled, RoutedMessage routed, List<Submission> submissions) {
        return handover(polled, routed, submissions, Past.NONE);
    }

    private Handover handover(Polled polled, RoutedMessage routed, List<Submission> submissions, Past before) {
        Header trace = polled.record.headers().lastHeader("traceparent");
        return new Handover(
                polled.tenure,
                unrecorded,
                polled.record.offset(),
                order++,
                trace == null ? null : trace.value(),
                routed,
                lane(polled.record),
                submissions,
                before);
    }

    /** Stops; what was not read is read by who has its partition next. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
