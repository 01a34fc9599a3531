package io.smspipeline.sender;

import io.micrometer.core.instrument.Gauge;
import io.smspipeline.intake.Commit;
import io.smspipeline.intake.Intake;
import io.smspipeline.intake.IntakeSettings;
import io.smspipeline.provider.Availability;
import io.smspipeline.provider.Pace;
import io.smspipeline.provider.Provider;
import io.smspipeline.record.ControlMode;
import io.smspipeline.record.ProviderState;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.sender.command.CommandDesk;
import io.smspipeline.sender.command.CommandReport;
import io.smspipeline.sender.control.Breaker;
import io.smspipeline.sender.dispatch.Dispatch;
import io.smspipeline.sender.feeding.Feeder;
import io.smspipeline.sender.lane.Lanes;
import io.smspipeline.sender.lane.Past;
import io.smspipeline.sender.lane.Tenures;
import io.smspipeline.sender.lane.Unrecorded;
import io.smspipeline.sender.pacing.Pacer;
import io.smspipeline.sender.reading.LaneAssignor;
import io.smspipeline.sender.reading.MessageReader;
import io.smspipeline.sender.reading.SubmitTaker;
import io.smspipeline.sender.record.DeadLetters;
import io.smspipeline.sender.record.Happening;
import io.smspipeline.sender.record.OffsetLedger;
import io.smspipeline.sender.record.Recorder;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Everything that serves one provider in this process, put together.
 *
 * <pre>
 *   submit topics ─► Intake ─► MessageReader ─► Lanes ─► Feeder ─► Provider
 *                      ▲                          ▲                    │ outcome
 *                      └──────── offsets ── Recorder ◄─────────────────┘
 *                                               └─► events, hand-backs, dead letters
 * </pre>
 */
final class AliasSender implements AutoCloseable {
    private static final Duration THROTTLED_LATELY = Duration.ofSeconds(3);
    private static final int FEWEST_IN_HAND = 500;
    private static final int MOST_IN_HAND = 10_000;

    private final SenderContext context;
    private final Provider provider;
    private final MessageReader reader;
    private final Recorder recorder;
    private final Feeder feeder;
    private final Intake intake;
    private final Pacer pacer;
    private final Lanes lanes;
    private final Breaker breaker;

    /**
     * @param partitions how many partitions the provider's topics have together
     * @param failed told when a part stopped by a fault and only a new process can help
     */
    AliasSender(Provider provider, Pace pace, int partitions, SenderContext context, Consumer<Throwable> failed) {
        this.context = context;
        this.provider = provider;
        String alias = provider.alias();
        String group = context.topics().prefix() + "sender-" + alias;
        Map<String, Lane> lanesOfTopics = new LinkedHashMap<>();
        for (Lane lane : Lane.values()) {
            lanesOfTopics.put(context.topics().submit(alias, lane).name(), lane);
        }
        Tenures tenures = new Tenures();
        this.lanes = new Lanes();
        this.breaker = new Breaker(context.settings().breaker(), context.clock());
        Unrecorded unrecorded = new Unrecorded(pace.maxUnrecorded());
        this.pacer = new Pacer(pace.partsPerSecond(), Pacer.CAUTIOUS, System::nanoTime);
        this.feeder = new Feeder(
                provider, pace, pacer, lanes, unrecorded, this::tell, failed, context.clock(), System::nanoTime);
        CommandDesk commands = new CommandDesk(
                provider,
                feeder::withdraw,
                new CommandReport(alias, context.topics()),
                this::tell,
                context.clock(),
                (task, delay) -> CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(task));
        this.reader = new MessageReader(
                provider,
                lanesOfTopics,
                context.serdes(),
                unrecorded,
                this::past,
                feeder::add,
                commands::carryOut,
                this::tell,
                failed);
        this.intake = new Intake(
                intakeSettings(lanesOfTopics.keySet(), pace),
                consumer(group),
                new SubmitTaker(
                        alias,
                        tenures,
                        reader,
                        lanes,
                        this::tell,
                        owned -> pacer.share(Math.min(1.0, (double) owned / partitions)),
                        failed),
                Commit.byTaker());
        this.recorder = new Recorder(
                alias,
                pace.maxUnrecorded() / 2,
                new Dispatch(alias, context.topics(), provider.givesReceipts()),
                new DeadLetters(alias, group, context.topics().deadLetter(), context.clock(), context.meters()),
                new Offsets(tenures, pace.maxUnrecorded()),
                () -> new KafkaProducer<>(producer(group), new ByteArraySerializer(), new ByteArraySerializer()),
                context.serdes(),
                context.clock(),
                context.meters(),
                feeder,
                failed);
        gauge("sms.sender.unrecorded", "Submits that a hard kill now could repeat", unrecorded::count);
        gauge("sms.sender.max.unrecorded", "The most submits that may be unrecorded", pace::maxUnrecorded);
        gauge("sms.sender.waiting", "Submissions waiting in the lanes", lanes::size);
        gauge("sms.sender.under.way", "Messages being handed over", tenures::underWay);
        gauge("sms.sender.rate", "Parts a second allowed now; 0: no limit", pacer::rate);
        gauge(
                "sms.sender.up",
                "1 when the provider can be fed",
                () -> provider.availability().up() ? 1 : 0);
    }

    private void tell(Happening happening) {
        if (happening instanceof Happening.Answered answered) {
            breaker.count(answered.outcome());
        }
        recorder.tell(happening);
    }

    private Past past(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        return new Past(
                intake.finishedPieces(partition, record.offset()), intake.suspicions(partition, record.offset()));
    }

    /** Joins the group and reads; nothing is submitted before {@link #feed}. */
    void start() {
        recorder.start();
        reader.start();
        intake.start();
    }

    void feed() {
        feeder.start();
    }

    String alias() {
        return provider.alias();
    }

    /** From now on. Any thread. */
    void obey(ControlMode mode) {
        feeder.obey(mode);
    }

    /** How it finds its provider. */
    ProviderState state() {
        Availability availability = provider.availability();
        Breaker.Judgement judgement = breaker.judge();
        boolean judgedLater = judgement.since().isAfter(availability.since());
        return ProviderState.newBuilder()
                .setAlias(provider.alias())
                .setReplica(context.instance())
                .setUp(availability.up())
                .setReason(availability.reason())
                .setSince(availability.up() && judgedLater ? judgement.since() : availability.since())
                .setBreaker(judgement.state())
                .setThrottled(pacer.throttledWithin(THROTTLED_LATELY))
                .setRate(pacer.rate())
                .setWaiting(lanes.size())
                .setControl(feeder.mode())
                .setAt(context.clock().instant())
                .build();
    }

    /** What keeps it from working; empty when nothing does. */
    Optional<String> trouble() {
        return recorder.trouble().or(reader::trouble).or(this::downtime).or(this::absence);
    }

    private Optional<String> downtime() {
        Availability availability = provider.availability();
        return availability.up()
                ? Optional.empty()
                : Optional.of("provider " + provider.alias() + " is down: " + availability.reason());
    }

    private Optional<String> absence() {
        return intake.ready()
                ? Optional.empty()
                : Optional.of("the topics of " + provider.alias() + " are not assigned to this process yet");
    }

    /** Takes nothing more, sees through what was submitted and records it, leaves the group, and only then unbinds. */
    @Override
    public void close() {
        intake.close(context.settings().drain());
        reader.close();
        feeder.close();
        // What is still unanswered is told in the provider's last moments, and recorded without its offsets.
        provider.close(context.settings().drain());
        recorder.close();
    }

    /** Stops as if the process were gone: nothing more is recorded. */
    void abandon() {
        recorder.abandon();
        intake.abandon();
        reader.close();
        feeder.close();
        provider.close();
    }

    private IntakeSettings intakeSettings(Set<String> topics, Pace pace) {
        int inHand = Math.min(MOST_IN_HAND, Math.max(FEWEST_IN_HAND, 4 * pace.maxUnrecorded()));
        return new IntakeSettings(
                topics,
                inHand,
                inHand,
                IntakeSettings.DEFAULT_SPAN,
                context.settings().drain());
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .tag("provider", provider.alias())
                .strongReference(true)
                .register(context.meters());
    }

    private Map<String, Object> consumer(String group) {
        Map<String, Object> settings = new HashMap<>(context.consumer());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, group + "-" + context.instance());
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, group + "-" + context.instance());
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, LaneAssignor.class.getName());
        return settings;
    }

    private Map<String, Object> producer(String group) {
        Map<String, Object> settings = new HashMap<>(context.producer());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group + "-" + context.instance());
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, group + "-" + context.instance());
        // A transaction of a process killed hard holds up its readers for this long, unless the process comes back
        // sooner.
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
        // The next transaction begins while brokers still write the markers of the last: refused then, it asks again.
        settings.putIfAbsent(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 20);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 8_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 8_000);
        return settings;
    }

    /** What the recorder needs of the intake. */
    private final class Offsets implements OffsetLedger {
        private final Tenures tenures;
        private final int most;

        Offsets(Tenures tenures, int most) {
            this.tenures = tenures;
            this.most = most;
        }

        @Override
        public boolean finish(TopicPartition partition, long offset) {
            return intake.finish(partition, offset);
        }

        @Override
        public void finishPiece(TopicPartition partition, long offset, int index) {
            intake.finishPiece(partition, offset, index);
        }

        @Override
        public void undertake(TopicPartition partition) {
            intake.undertake(partition, most);
        }

        @Override
        public void conclude(TopicPartition partition) {
            intake.conclude(partition);
        }

        @Override
        public boolean owns(TopicPartition partition) {
            return intake.owns(partition);
        }

        @Override
        public Map<TopicPartition, OffsetAndMetadata> committable() {
            tenures.begun().forEach(intake::begun);
            return intake.committable();
        }

        @Override
        public void committed(Map<TopicPartition, OffsetAndMetadata> positions) {
            intake.committed(positions);
        }

        @Override
        public void omitFinishedSets() {
            intake.omitFinishedSets();
        }

        @Override
        public ConsumerGroupMetadata group() {
            return intake.groupMetadata();
        }
    }
}
