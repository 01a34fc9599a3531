package io.smspipeline.client;

import io.smspipeline.intake.Commit;
import io.smspipeline.intake.Intake;
import io.smspipeline.intake.IntakeSettings;
import io.smspipeline.intake.Taker;
import io.smspipeline.record.InboundMessage;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Hands an application the statuses of its messages and the messages from handsets.
 *
 * <pre>{@code
 * SmsHandlers handlers = SmsHandlers.with(kafka)
 *         .group("orders")
 *         .onStatus((status, delivery) -> orders.note(status.getMessageId(), status.getState()))
 *         .onInbound((message, delivery) -> orders.answer(message.getFrom(), message.getText()))
 *         .start();
 * }</pre>
 *
 * <p>Every event is handled at least once. A handler that throws sees its event again ({@link Redelivery}); until then the
 * events behind it that have its key wait, and all others go on. What cannot be handled, or cannot be read at all, is set
 * aside in {@code sms.dead-letter} with the reason, for this group alone; {@code ./sms redrive} brings it again to this group
 * and no other, through {@code sms.redrive.<group>}. Processes with the same group share the events;
 * another group gets all of them too. A group that is new begins with the oldest event there is, unless
 * {@code auto.offset.reset} says otherwise.
 *
 * <p>All methods are safe for use by many threads.
 */
public final class SmsHandlers implements AutoCloseable {
    private final Intake intake;
    private final KeyedWork work;
    private final ScheduledThreadPoolExecutor pool;
    private final DeadLetters deadLetters;
    private final OwnTopic ownTopic;

    private SmsHandlers(Builder settings) {
        ClientSettings kafka = new ClientSettings(settings.kafka);
        Map<String, Attempts.Route<?>> routes = settings.routes();
        String redrive = settings.topics.redrive(settings.group);
        Set<String> topics = new HashSet<>(routes.keySet());
        topics.add(redrive);
        RecordSerdes serdes = RecordSerdes.from(kafka.all());
        deadLetters = new DeadLetters(
                new KafkaProducer<>(
                        kafka.producer(settings.group + "-dead-letters"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()),
                settings.topics.deadLetter(),
                settings.group,
                settings.clock);
        intake = orClose(
                deadLetters,
                () -> new Intake(
                        IntakeSettings.of(topics)
                                .whole(Set.of(redrive))
                                .inHand(Integer.MAX_VALUE, settings.maxBlocked)
                                .patience(settings.patience),
                        kafka.member(settings.group),
                        new Hands(settings.onFailure),
                        Commit.plain(settings.commitEvery)));
        pool = new ScheduledThreadPoolExecutor(settings.threads, named(settings.group));
        Attempts attempts = new Attempts(settings.group, routes, serdes, settings.redelivery, deadLetters);
        work = new KeyedWork(pool, attempts::make, this::finish);
        ownTopic = new OwnTopic(kafka.admin(settings.group), settings.topics, settings.group, pool);
        intake.hold(partition -> work.flowing(partition) >= settings.readAhead);
    }

    /** What is made already must not outlive the failure to make the rest. */
    private static <T> T orClose(AutoCloseable made, Supplier<T> next) {
        try {
            return next.get();
        } catch (RuntimeException e) {
            try {
                made.close();
            } catch (Exception suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** Begins to describe handlers; {@code kafka} are settings of a Kafka client with {@code schema.registry.url} among them. */
    public static Builder with(Map<String, ?> kafka) {
        return new Builder(kafka);
    }

    /** As {@link #with(Map)}. */
    public static Builder with(Properties kafka) {
        return new Builder(ClientSettings.of(kafka));
    }

    /** True while events are being received: joined, restored, and not failed. */
    public boolean ready() {
        return intake.ready();
    }

    /** Why no event will be handled any more, if so: Kafka refused us for good. */
    public Optional<Throwable> failed() {
        return intake.failed();
    }

    /** What is in hand of each partition: being handled, waiting to be, or held back by a failed event of its key. */
    public Map<TopicPartition, Intake.Backlog> backlog() {
        return intake.backlog();
    }

    /**
     * Takes nothing more, waits for handlers that are running as long as the patience that was set, commits what is done and
     * leaves. What was not begun, or waits for redelivery, comes again when the group is next there.
     */
    @Override
    public void close() {
        intake.close();
        pool.shutdownNow();
        deadLetters.close();
    }

    private void finish(ConsumerRecord<byte[], byte[]> record) {
        intake.finish(new TopicPartition(record.topic(), record.partition()), record.offset());
    }

    private static ThreadFactory named(String group) {
        AtomicInteger number = new AtomicInteger();
        return task -> new Thread(task, "sms-handler-" + group + "-" + number.incrementAndGet());
    }

    /** The intake's side of it. */
    private final class Hands implements Taker {
        private final Consumer<Throwable> onFailure;

        Hands(Consumer<Throwable> onFailure) {
            this.onFailure = onFailure;
        }

        @Override
        public void take(ConsumerRecord<byte[], byte[]> record) {
            work.add(record);
        }

        @Override
        public void revoking(Collection<TopicPartition> partitions, Duration patience) {
            work.drop(partitions);
            try {
                work.awaitIdle(partitions, patience);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void lost(Collection<TopicPartition> partitions) {
            work.drop(partitions);
        }

        @Override
        public void failed(Throwable cause) {
            onFailure.accept(cause);
        }
    }

    /** What is to be handled, by whom and how. For one thread. */
    public static final class Builder {
        private final Map<String, ?> kafka;
        private String group = "";
        private Topics topics = new Topics("");
        private Redelivery redelivery = Redelivery.DEFAULT;
        private Clock clock = Clock.systemUTC();
        private Duration patience = Duration.ofSeconds(30);
        private Duration commitEvery = Duration.ofMillis(100);
        private int threads = 4;
        private int maxBlocked = 10_000;
        private int readAhead = 500;
        private Consumer<Throwable> onFailure = cause -> {};
        private @Nullable Handler<MessageStatus> statusHandler;
        private @Nullable Handler<InboundMessage> inboundHandler;

        private Builder(Map<String, ?> kafka) {
            this.kafka = kafka;
        }

        /** Whose events they are: the consumer group, and the name in dead letters. Required. */
        public Builder group(String name) {
            this.group = name;
            return this;
        }

        /** Handles each change of a message's state, in order for each message. */
        public Builder onStatus(Handler<MessageStatus> handler) {
            this.statusHandler = handler;
            return this;
        }

        /** Handles each message from a handset, in order for each handset. */
        public Builder onInbound(Handler<InboundMessage> handler) {
            this.inboundHandler = handler;
            return this;
        }

        /** The pipeline's topics, where they have a prefix. */
        public Builder topics(Topics catalogue) {
            this.topics = catalogue;
            return this;
        }

        /** When a failed event comes again; {@link Redelivery#DEFAULT} unless set. */
        public Builder redelivery(Redelivery schedule) {
            this.redelivery = schedule;
            return this;
        }

        /** How many events are handled at once, at least 1; 4 unless set. */
        public Builder threads(int count) {
            this.threads = count;
            return this;
        }

        /**
         * Events of one partition in memory, at least 1; 10,000 unless set. When failed keys hold so many back, the partition
         * pauses until some are done or set aside.
         */
        public Builder maxBlocked(int events) {
            this.maxBlocked = events;
            return this;
        }

        /** How long {@link SmsHandlers#close} and a rebalance wait for running handlers; 30 s unless set. */
        public Builder patience(Duration forHandlers) {
            this.patience = forHandlers;
            return this;
        }

        /** Told once if events stop for good. */
        public Builder onFailure(Consumer<Throwable> listener) {
            this.onFailure = listener;
            return this;
        }

        /** Whose time stands in dead letters. */
        public Builder clock(Clock source) {
            this.clock = source;
            return this;
        }

        /**
         * Starts. Returns at once; events come when the group has given this member its partitions.
         *
         * @throws IllegalArgumentException when the group or every handler is missing, or a number is out of range
         * @throws org.apache.kafka.common.KafkaException naming the Kafka setting that is missing or unusable
         */
        public SmsHandlers start() {
            if (group.isBlank()) {
                throw new IllegalArgumentException("handlers have no group: name one, such as the application's name;"
                        + " processes with the same group share the events.");
            }
            if (threads < 1 || maxBlocked < 1) {
                throw new IllegalArgumentException("handlers have " + threads + " threads and hold back " + maxBlocked
                        + " events: both must be at least 1.");
            }
            SmsHandlers handlers = new SmsHandlers(this);
            handlers.ownTopic.provide();
            handlers.intake.start();
            return handlers;
        }

        private Map<String, Attempts.Route<?>> routes() {
            Map<String, Attempts.Route<?>> routes = new LinkedHashMap<>();
            add(routes, topics.status(), statusHandler);
            add(routes, topics.inbound(), inboundHandler);
            if (routes.isEmpty()) {
                throw new IllegalArgumentException("there are no handlers: give onStatus, onInbound or both.");
            }
            return routes;
        }

        private static <E extends SpecificRecord> void add(
                Map<String, Attempts.Route<?>> routes, Topic<E> topic, @Nullable Handler<E> handler) {
            if (handler != null) {
                routes.put(topic.name(), new Attempts.Route<>(topic.type(), handler));
            }
        }
    }
}
