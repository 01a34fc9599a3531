package io.smspipeline.localkafka.registry;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compacted topic in which a registry keeps its facts. One thread reads it from its beginning for as long as this
 * is open; {@link #append} returns once that thread has applied what was written, so a fact that was acknowledged is
 * both replicated and visible. Safe for use by many threads; meant for one registry a topic.
 */
final class SchemaTopic implements AutoCloseable {

    static final String NAME = "_schemas";
    private static final Logger LOG = LoggerFactory.getLogger(SchemaTopic.class);
    private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Producer<String, @Nullable String> producer;
    private final KafkaConsumer<String, String> reader;
    private final Consumer<RegistryRecord> facts;
    private final Thread readerThread;

    private final Object progress = new Object();
    /** The offset up to which everything is applied, exclusive. Guarded by {@link #progress}. */
    private long applied;
    /** Why reading ended before {@link #close}. Guarded by {@link #progress}. */
    private @Nullable String broken;

    private SchemaTopic(
            Producer<String, @Nullable String> producer,
            KafkaConsumer<String, String> reader,
            Consumer<RegistryRecord> facts) {
        this.producer = producer;
        this.reader = reader;
        this.facts = facts;
        this.readerThread = new Thread(this::read, "registry-reader");
        this.readerThread.setDaemon(true);
    }

    /**
     * Creates the topic when absent and returns when all it holds was handed to {@code facts}.
     *
     * @param kafka properties for Kafka clients, {@code bootstrap.servers} among them
     * @throws IllegalStateException when the broker does not answer, or the topic would lose schemas
     */
    static SchemaTopic open(Map<String, String> kafka, Consumer<RegistryRecord> facts) {
        createOrCheck(kafka);
        Map<String, Object> writing = new HashMap<>(kafka);
        writing.put("acks", "all");
        writing.put("enable.idempotence", "true");
        writing.put("linger.ms", "0");
        writing.put("request.timeout.ms", "10000");
        writing.put("delivery.timeout.ms", String.valueOf(PATIENCE.toMillis()));
        writing.put("max.block.ms", String.valueOf(PATIENCE.toMillis()));
        Map<String, Object> reading = new HashMap<>(kafka);
        reading.put("enable.auto.commit", "false");
        reading.put("auto.offset.reset", "earliest");
        SchemaTopic topic = new SchemaTopic(
                new KafkaProducer<>(writing, new StringSerializer(), new StringSerializer()),
                new KafkaConsumer<>(reading, new StringDeserializer(), new StringDeserializer()),
                facts);
        try {
            topic.readToTheEnd();
            return topic;
        } catch (RuntimeException e) {
            topic.close();
            throw new IllegalStateException("the registry cannot read its topic " + NAME + ": " + e.getMessage(), e);
        }
    }

    private void readToTheEnd() {
        reader.assign(List.of(PARTITION));
        reader.seekToBeginning(List.of(PARTITION));
        long end = reader.endOffsets(List.of(PARTITION), PATIENCE).getOrDefault(PARTITION, 0L);
        // From here on the reader belongs to its thread, except for wakeup().
        readerThread.start();
        awaitApplied(end);
    }

    private static void createOrCheck(Map<String, String> kafka) {
        try (Admin admin = Admin.create(new HashMap<String, Object>(kafka))) {
            try {
                admin.createTopics(Set.of(new NewTopic(NAME, Optional.of(1), Optional.empty())
                                .configs(Map.of("cleanup.policy", "compact"))))
                        .all()
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
                checkThatItKeeps(admin);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "the registry cannot create its topic " + NAME + " at " + kafka.get("bootstrap.servers") + ": " + e
                            + ". Check that a broker listens there and lets this user create topics.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the registry created its topic", e);
        }
    }

    private static void checkThatItKeeps(Admin admin)
            throws ExecutionException, InterruptedException, TimeoutException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, NAME);
        @Nullable
        Config config = admin.describeConfigs(Set.of(resource))
                .all()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .get(resource);
        String policy = config == null ? "" : config.get("cleanup.policy").value();
        if (!policy.equals("compact")) {
            throw new IllegalStateException("the topic " + NAME + " has cleanup.policy=" + policy
                    + ": schemas in it would vanish when they grow old, and records that use them could not be read."
                    + " Set it to compact.");
        }
    }

    private void read() {
        try (reader) {
            while (true) {
                for (ConsumerRecord<String, String> record : reader.poll(POLL)) {
                    apply(record);
                }
                advanceTo(reader.position(PARTITION));
            }
        } catch (WakeupException closing) {
            fail("the registry was closed");
        } catch (RuntimeException e) {
            LOG.error("registry stopped reading its topic={}", NAME, e);
            fail("the registry stopped reading its topic " + NAME + ": " + e.getMessage() + ". Start it again.");
        }
    }

    private void apply(ConsumerRecord<String, String> record) {
        try {
            RegistryRecord.read(record.key(), record.value()).ifPresent(facts);
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "skipped a record that no registry wrote topic={} offset={} why={}",
                    NAME,
                    record.offset(),
                    e.getMessage());
        }
    }

    private void advanceTo(long offset) {
        synchronized (progress) {
            applied = offset;
            progress.notifyAll();
        }
    }

    private void fail(String why) {
        synchronized (progress) {
            broken = why;
            progress.notifyAll();
        }
    }

    /**
     * Writes a fact and waits until it is replicated and applied.
     *
     * @throws Refusal when that did not come to pass in 30 s; it may still come to pass later
     */
    void append(RegistryRecord record) {
        try {
            long offset = producer.send(new ProducerRecord<>(NAME, 0, record.key(), record.value()))
                    .get(PATIENCE.toSeconds() + 1, TimeUnit.SECONDS)
                    .offset();
            awaitApplied(offset + 1);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw Refusal.storeFailed("writing to the topic " + NAME + " failed: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.storeFailed("interrupted while writing to the topic " + NAME);
        }
    }

    private void awaitApplied(long end) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (progress) {
            while (applied < end) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (broken != null) {
                    throw Refusal.storeFailed(broken);
                }
                if (left <= 0) {
                    throw Refusal.storeFailed("the topic " + NAME + " could not be read up to offset " + end + " in "
                            + PATIENCE.toSeconds() + " s");
                }
                try {
                    progress.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw Refusal.storeFailed("interrupted while reading the topic " + NAME);
                }
            }
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        if (readerThread.getState() == Thread.State.NEW) {
            reader.close();
            return;
        }
        reader.wakeup();
        try {
            readerThread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
