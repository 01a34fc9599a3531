package io.smspipeline.sender.control;

import io.smspipeline.record.ControlMode;
import io.smspipeline.record.ProviderControl;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.service.start.StartUpFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what operators want of each provider, from the beginning of the topic and as it comes, and tells whoever obeys.
 * Belongs to no group, since every process must know all of it. Opened and closed once, by one thread.
 */
public final class ControlTable implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlTable.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private final Topic<ProviderControl> topic;
    private final RecordSerdes serdes;
    private final BiConsumer<String, ControlMode> obey;
    private final List<TopicPartition> partitions;
    private final Thread thread;
    private volatile boolean closing;

    private ControlTable(
            Consumer<byte[], byte[]> consumer,
            Topic<ProviderControl> topic,
            RecordSerdes serdes,
            BiConsumer<String, ControlMode> obey) {
        this.consumer = consumer;
        this.topic = topic;
        this.serdes = serdes;
        this.obey = obey;
        this.partitions = consumer.partitionsFor(topic.name(), PATIENCE).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new StartUpFault("the topic " + topic.name() + " does not exist: run `./sms topics apply` first.");
        }
        this.thread = new Thread(this::run, "provider-control");
    }

    /**
     * Returns when all that was wanted before is obeyed: a provider that is paused must not be fed for a moment at each start.
     *
     * @param kafka settings of a consumer
     * @param obey told an alias and what is wanted of it; on the calling thread first, then on one of its own
     * @throws StartUpFault when the topic does not exist or cannot be read
     */
    public static ControlTable open(
            Map<String, Object> kafka,
            Topic<ProviderControl> topic,
            RecordSerdes serdes,
            BiConsumer<String, ControlMode> obey) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // A few octets for each provider.
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1024 * 1024);
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            ControlTable table = new ControlTable(consumer, topic, serdes, obey);
            table.readToEnd();
            table.thread.start();
            return table;
        } catch (KafkaException e) {
            consumer.close();
            throw new StartUpFault(
                    "what operators want of providers cannot be read from " + topic.name() + ": " + e.getMessage()
                            + ". Run `./sms topics apply` if it does not exist.",
                    e);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private void readToEnd() {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (partitions.stream()
                .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            if (System.nanoTime() - deadline > 0) {
                throw new StartUpFault("what operators want of providers could not be read from " + topic.name()
                        + " within " + PATIENCE.toSeconds() + " s: see whether all of its partitions have a leader.");
            }
            take();
        }
    }

    private void run() {
        while (!closing) {
            try {
                take();
            } catch (WakeupException closed) {
                return;
            } catch (KafkaException fault) {
                LOG.warn("control outcome=later topic={}: {}", topic.name(), fault.getMessage());
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            }
        }
    }

    private void take() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            String alias = new String(record.key(), StandardCharsets.UTF_8);
            try {
                ControlMode mode = record.value() == null
                        ? ControlMode.RUN
                        : serdes.read(topic, record.value()).getMode();
                LOG.info("control provider={} mode={}", alias, mode);
                obey.accept(alias, mode);
            } catch (KafkaException unreadable) {
                LOG.warn("control outcome=ignored provider={}: {}", alias, unreadable.getMessage());
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            consumer.close();
        }
    }
}
