package io.smspipeline.service.publish;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.service.health.Check;
import io.smspipeline.service.settings.KafkaSettings;
import io.smspipeline.service.start.StartUpFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes records, idempotently and to all in-sync replicas, and tells each caller when Kafka has its record. For whoever must
 * answer somebody only then. Safe for use by many threads.
 *
 * <ul>
 *   <li>No call blocks: serialization, which may ask the registry, and the client's own waiting happen on a thread of the
 *       publisher's, in the order of the calls. Records with one key are written in that order.
 *   <li>Each outcome comes within the timeout and half a second more: the record's place, or {@link NotPublishedException}.
 *       After a timeout the record may still have been written.
 *   <li>At most {@link PublishLimits#unacknowledged()} records await their outcome; one more fails at once with
 *       {@link PublisherFullException} and is not sent.
 * </ul>
 *
 * <p>What is chained to an outcome without an executor runs on a thread of Kafka's client: it must not block.
 */
public final class Publisher implements AutoCloseable {
    /** Bounds how long a topic nobody knows, or a full buffer, keeps the records behind it waiting. */
    private static final int MAX_BLOCK_MS = 500;

    /** The client's own timeout comes first, as its message says more. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final Producer<byte[], byte[]> producer;
    private final RecordSerdes serdes;
    private final PublishLimits limits;
    private final LongSupplier nanoTime;
    private final PublishState state;
    private final Outbox outbox;
    private final KafkaClientMetrics clientMetrics;

    Publisher(
            Producer<byte[], byte[]> producer,
            RecordSerdes serdes,
            String clientId,
            PublishLimits limits,
            Collection<String> topics,
            MeterRegistry metrics,
            LongSupplier nanoTime) {
        this.producer = producer;
        this.serdes = serdes;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.state = new PublishState(topics, nanoTime);
        this.outbox = new Outbox(producer, state, nanoTime, clientId);
        this.clientMetrics = new KafkaClientMetrics(producer);
        clientMetrics.bindTo(metrics);
        Gauge.builder("sms.publisher.unacknowledged", state, PublishState::unacknowledged)
                .description("records that await Kafka's acknowledgement")
                .tag("client", clientId)
                .register(metrics);
        FunctionCounter.builder("sms.publisher.refused", state, PublishState::refused)
                .description("records not taken because too many awaited their acknowledgement")
                .tag("client", clientId)
                .register(metrics);
        FunctionCounter.builder("sms.publisher.failed", state, PublishState::failures)
                .description("records Kafka did not acknowledge")
                .tag("client", clientId)
                .register(metrics);
        outbox.start();
    }

    /**
     * Opens a producer and begins to learn about the topics; {@link #ready()} tells when it knows them.
     *
     * @param clientId shown in the broker's logs and metrics
     * @param topics names of the topics that will be written
     * @throws StartUpFault when the client's configuration cannot be used
     */
    public static Publisher open(
            KafkaSettings kafka,
            String clientId,
            PublishLimits limits,
            Collection<String> topics,
            MeterRegistry metrics) {
        Map<String, Object> properties = kafka.producer(clientId);
        int timeout = Math.toIntExact(limits.timeout().toMillis());
        properties.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
        // A broker that fell silent is given up early enough for another attempt at the next leader.
        properties.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(30_000, timeout / 2));
        // The outbox gathers what shares a request.
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
        try {
            Duration effective = Duration.ofMillis(Long.parseLong(
                    properties.get(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG).toString()));
            RecordSerdes serdes = kafka.serdes();
            return new Publisher(
                    new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()),
                    serdes,
                    clientId,
                    new PublishLimits(effective, limits.unacknowledged()),
                    topics,
                    metrics,
                    System::nanoTime);
        } catch (KafkaException | IllegalArgumentException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StartUpFault("the section kafka cannot be used for a producer: " + cause.getMessage(), e);
        }
    }

    /** As {@link #publish(Topic, String, SpecificRecord, Iterable)}, without headers. */
    public <V extends SpecificRecord> CompletionStage<RecordMetadata> publish(Topic<V> topic, String key, V value) {
        return publish(topic, key, value, List.of());
    }

    /** Writes a value under a key; see the class for when the result completes. */
    public <V extends SpecificRecord> CompletionStage<RecordMetadata> publish(
            Topic<V> topic, String key, V value, Iterable<Header> headers) {
        return offer(
                topic.name(),
                () -> new ProducerRecord<>(
                        topic.name(),
                        null,
                        null,
                        key.getBytes(StandardCharsets.UTF_8),
                        serdes.write(topic.name(), value),
                        new RecordHeaders(headers)));
    }

    /** Writes octets as they are, such as a dead letter; see the class for when the result completes. */
    public CompletionStage<RecordMetadata> publish(ProducerRecord<byte[], byte[]> record) {
        return offer(record.topic(), () -> record);
    }

    private CompletionStage<RecordMetadata> offer(String topic, Supplier<ProducerRecord<byte[], byte[]>> making) {
        if (!state.take(limits.unacknowledged())) {
            return CompletableFuture.failedFuture(new PublisherFullException(limits.unacknowledged()));
        }
        long deadline = nanoTime.getAsLong() + limits.timeout().plus(GRACE).toNanos();
        Offer offer = new Offer(topic, deadline, making, state);
        if (state.isClosed()) {
            offer.failed("the publisher was closed", null);
        } else {
            outbox.push(offer);
        }
        return offer.outcome();
    }

    /** Whether records offered now will probably be written: topics known, room left, the newest outcome no failure. */
    public boolean ready() {
        return check().up();
    }

    /** As {@link #ready()}, with the reason; fit to be a readiness check. */
    public Check check() {
        return state.check(limits.unacknowledged());
    }

    /** Records whose outcome is awaited. */
    public int unacknowledged() {
        return state.unacknowledged();
    }

    /** Takes no more records, waits for the outcome of those it has, at most the timeout, and ends its client. */
    @Override
    public void close() {
        if (state.isClosed()) {
            return;
        }
        state.close();
        outbox.close(limits.timeout());
        clientMetrics.close();
        producer.close(Duration.ofSeconds(1));
        outbox.failUnsettled();
    }
}
