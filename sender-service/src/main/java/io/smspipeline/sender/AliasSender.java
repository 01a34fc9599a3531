package io.smspipeline.sender;

import io.micrometer.core.instrument.Gauge;
import io.smspipeline.intake.Commit;
import io.smspipeline.intake.Intake;
import io.smspipeline.intake.IntakeSettings;
import io.smspipeline.intake.Taker;
import io.smspipeline.provider.Availability;
import io.smspipeline.provider.Pace;
import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.Submission;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.schemas.registry.SchemaRegistryException;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.sender.dispatch.Dispatch;
import io.smspipeline.sender.lane.Attempt;
import io.smspipeline.sender.lane.Feeder;
import io.smspipeline.sender.lane.Handover;
import io.smspipeline.sender.lane.Lanes;
import io.smspipeline.sender.lane.UnderWay;
import io.smspipeline.sender.pacing.Pacer;
import io.smspipeline.sender.record.Happening;
import io.smspipeline.sender.record.OffsetLedger;
import io.smspipeline.sender.record.Recorder;
import io.smspipeline.sender.record.Transactions;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that serves one provider in this process, put together: its topics are read into lanes, the lanes feed the
 * provider, and what it answers is recorded.
 *
 * <pre>
 *   submit topics ─► Intake ─► Lanes ─► Feeder ─► Provider
 *                      ▲          ▲                  │ outcome
 *                      └ offsets ─┴──── Recorder ◄───┘
 * </pre>
 */
final class AliasSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AliasSender.class);
    private static final int MOST_IN_HAND = 10_000;

    private final String alias;
    private final Provider provider;
    private final Lanes lanes = new Lanes();
    private final UnderWay underWay = new UnderWay();
    private final Map<String, Lane> laneOfTopic = new LinkedHashMap<>();
    private final Map<String, Integer> partitionsOfTopic;
    private final SenderContext context;
    private final Pacer pacer;
    private final Transactions transactions;
    private final Recorder recorder;
    private final Feeder feeder;
    private final Intake intake;

    /** @param partitionsOfTopic how many partitions each of the provider's topics has */
    AliasSender(Provider provider, Pace pace, Map<String, Integer> partitionsOfTopic, SenderContext context) {
        this.alias = provider.alias();
        this.provider = provider;
        this.partitionsOfTopic = partitionsOfTopic;
        this.context = context;
        for (Lane lane : Lane.values()) {
            laneOfTopic.put(context.topics().submit(alias, lane).name(), lane);
        }
        String group = context.topics().prefix() + "sender-" + alias;
        this.pacer = new Pacer(pace.partsPerSecond(), System::nanoTime);
        this.transactions = new Transactions(
                () -> new KafkaProducer<>(producer(group), new ByteArraySerializer(), new ByteArraySerializer()));
        this.intake = new Intake(
                new IntakeSettings(
                        laneOfTopic.keySet(),
                        inHand(pace),
                        inHand(pace),
                        IntakeSettings.DEFAULT_SPAN,
                        context.settings().drain()),
                consumer(group),
                new Reader(),
                Commit.byTaker());
        this.recorder = new Recorder(
                group,
                pace.maxUnrecorded() / 2,
                new Dispatch(alias, context.topics(), provider.givesReceipts()),
                new Offsets(),
                transactions,
                context.serdes(),
                context.topics(),
                context.clock(),
                context.meters(),
                alias,
                new Feedback());
        this.feeder = new Feeder(provider, pace, pacer, lanes, recorder::tell, context.clock(), System::nanoTime);
        gauge("sms.sender.unrecorded", "Submits that could repeat after a hard kill now", feeder::unrecorded);
        gauge("sms.sender.max.unrecorded", "The most submits that may be unrecorded", pace::maxUnrecorded);
        gauge("sms.sender.waiting", "Submissions waiting in the lanes", lanes::size);
        gauge("sms.sender.under.way", "Messages being handed over", underWay::total);
        gauge("sms.sender.rate", "Parts a second allowed now; 0: no limit", pacer::rate);
        gauge(
                "sms.sender.up",
                "1 when the provider can be fed",
                () -> provider.availability().up() ? 1 : 0);
    }

    void start() {
        recorder.start();
        feeder.start();
        intake.start();
    }

    /** What keeps it from working; null when nothing does. */
    @Nullable
    String trouble() {
        if (!feeder.alive() || !recorder.alive()) {
            return "a thread of the sender of " + alias + " stopped by a fault; its log says which";
        }
        if (transactions.trouble() != null) {
            return transactions.trouble();
        }
        Availability availability = provider.availability();
        if (!availability.up()) {
            return "provider " + alias + " is down: " + availability.reason();
        }
        return intake.ready() ? null : "the topics of " + alias + " are not assigned to this process yet";
    }

    /** True when only a new process can help. */
    boolean isBroken() {
        return !feeder.alive() || !recorder.alive() || intake.failed().isPresent();
    }

    /** Takes nothing more, sees through what was submitted, leaves the group, and only then unbinds. */
    @Override
    public void close() {
        intake.close(context.settings().drain());
        feeder.close();
        recorder.close();
        provider.close(context.settings().drain());
    }

    private static int inHand(Pace pace) {
        return Math.min(MOST_IN_HAND, Math.max(500, 4 * pace.maxUnrecorded()));
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .tag("provider", alias)
                .strongReference(true)
                .register(context.meters());
    }

    private Map<String, Object> consumer(String group) {
        Map<String, Object> settings = new HashMap<>(context.consumer());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, group + "-" + context.instance());
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, group + "-" + context.instance());
        return settings;
    }

    private Map<String, Object> producer(String group) {
        Map<String, Object> settings = new HashMap<>(context.producer());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group + "-" + context.instance());
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, group + "-" + context.instance());
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        // A transaction of a process killed hard holds up its readers for this long, unless the process comes back
        // sooner.
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 8_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 8_000);
        return settings;
    }

    /** Turns records into handovers, on the poll thread. */
    private final class Reader implements Taker {
        @Override
        public void take(ConsumerRecord<byte[], byte[]> record) {
            RoutedMessage routed;
            try {
                routed = context.serdes().read(record.topic(), RoutedMessage.class, record.value());
            } catch (SchemaRegistryException away) {
                if (away.isUnreachable()) {
                    throw away;
                }
                recorder.tell(new Happening.Unreadable(record, String.valueOf(away.getMessage())));
                return;
            } catch (SerializationException e) {
                recorder.tell(new Happening.Unreadable(record, String.valueOf(e.getMessage())));
                return;
            }
            Plan plan = provider.plan(routed.getMessage());
            if (plan instanceof Plan.Submissions submissions) {
                lanes.add(handover(record, routed, submissions.all()));
                feeder.wake();
            } else if (plan instanceof Plan.Unfit unfit) {
                Submission whole = new Submission(routed.getMessage(), "", 1, 1, 1, null);
                Handover handover = handover(record, routed, List.of(whole));
                if (handover.begin()) {
                    recorder.tell(new Happening.Unfit(Attempt.first(handover), unfit.failure()));
                }
            }
        }

        private Handover handover(
                ConsumerRecord<byte[], byte[]> record, RoutedMessage routed, List<Submission> submissions) {
            Header trace = record.headers().lastHeader("traceparent");
            return new Handover(
                    new TopicPartition(record.topic(), record.partition()),
                    record.offset(),
                    trace == null ? null : trace.value(),
                    routed,
                    laneOfTopic.getOrDefault(record.topic(), Lane.NORMAL),
                    submissions,
                    underWay);
        }

        @Override
        public void assigned(Collection<TopicPartition> partitions) {
            share();
        }

        @Override
        public void revoking(Collection<TopicPartition> partitions, Duration patience) {
            lanes.drop(partitions);
            if (!underWay.awaitNone(partitions, patience)) {
                LOG.warn(
                        "gave up partitions with submits unanswered provider={} waited={} partitions={}",
                        alias,
                        patience,
                        partitions);
            }
            share();
        }

        @Override
        public void lost(Collection<TopicPartition> partitions) {
            lanes.drop(partitions);
            share();
        }

        private void share() {
            int all = partitionsOfTopic.values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            pacer.share(all == 0 ? 1 : Math.min(1, (double) intake.owned().size() / all));
        }
    }

    /** What the recorder needs of the intake. */
    private final class Offsets implements OffsetLedger {
        @Override
        public void finish(TopicPartition partition, long offset) {
            intake.finish(partition, offset);
        }

        @Override
        public Map<TopicPartition, OffsetAndMetadata> committable() {
            return intake.committable();
        }

        @Override
        public void committed(Map<TopicPartition, OffsetAndMetadata> positions) {
            intake.committed(positions);
        }

        @Override
        public ConsumerGroupMetadata group() {
            return intake.groupMetadata();
        }
    }

    /** What the feeder hears of the recorder. */
    private final class Feedback implements Recorder.Listener {
        @Override
        public void again(Attempt attempt, Duration delay) {
            feeder.again(attempt, delay);
        }

        @Override
        public void recorded(int outcomes) {
            feeder.recorded(outcomes);
        }
    }
}
