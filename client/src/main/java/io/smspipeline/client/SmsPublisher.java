package io.smspipeline.client;

import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.schemas.address.Msisdn;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes MT messages. Safe for use by many threads; one is enough for an application.
 *
 * <p>A message that the pipeline would reject is refused here with an {@link InvalidSmsException}, thrown at once; everything
 * else comes with the returned stage, which completes at Kafka's acknowledgement: the message is then replicated and will
 * end in exactly one final state. Publishing may block for a moment when Kafka's client has no room or learns of a topic.
 */
public final class SmsPublisher implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final RecordSerdes serdes;
    private final Topics topics;
    private final MessageIds ids;
    private final Clock clock;

    SmsPublisher(Producer<byte[], byte[]> producer, RecordSerdes serdes, Topics topics, Clock clock) {
        this.producer = producer;
        this.serdes = serdes;
        this.topics = topics;
        this.clock = clock;
        this.ids = new MessageIds(clock);
    }

    /**
     * A publisher for the pipeline whose topics have no prefix.
     *
     * @param kafka settings of a Kafka producer with {@code schema.registry.url} among them
     */
    public static SmsPublisher connect(Map<String, ?> kafka) {
        return connect(kafka, new Topics(""), Clock.systemUTC());
    }

    /** A publisher for the pipeline with these topics. */
    public static SmsPublisher connect(Map<String, ?> kafka, Topics topics, Clock clock) {
        Map<String, Object> settings = new HashMap<>(kafka);
        RecordSerdes serdes = RecordSerdes.from(settings);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 2);
        settings.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "sms-publisher");
        return new SmsPublisher(
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()),
                serdes,
                topics,
                clock);
    }

    /**
     * Publishes one message.
     *
     * @return its id, once Kafka has it
     * @throws InvalidSmsException when the pipeline would reject it
     */
    public CompletionStage<String> publish(Sms sms) {
        return publish(sms.build(ids, clock), List.of());
    }

    /**
     * As {@link #publish(Sms)}, for a record at hand and with headers, such as {@code traceparent}, that travel with it.
     *
     * @throws InvalidSmsException when the pipeline would reject it
     */
    public CompletionStage<String> publish(OutgoingMessage message, Iterable<Header> headers) {
        Msisdn.Parsed recipient = Msisdn.parse(message.getTo());
        if (recipient instanceof Msisdn.Invalid invalid) {
            throw new InvalidSmsException(FailureCode.INVALID_RECIPIENT, "to: " + invalid.reason());
        }
        return publishUnchecked(message, headers);
    }

    /** As {@link #publish(OutgoingMessage, Iterable)}, without looking at the message: the pipeline will judge it. */
    public CompletionStage<String> publishUnchecked(OutgoingMessage message, Iterable<Header> headers) {
        CompletableFuture<String> published = new CompletableFuture<>();
        Topic<OutgoingMessage> topic =
                message.getPriority() == Priority.HIGH ? topics.outgoingHigh() : topics.outgoing();
        try {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                    topic.name(),
                    null,
                    key(message).getBytes(StandardCharsets.UTF_8),
                    serdes.write(topic.name(), message),
                    headers);
            producer.send(record, (place, failure) -> {
                if (failure == null) {
                    published.complete(message.getId());
                } else {
                    published.completeExceptionally(failure);
                }
            });
        } catch (KafkaException e) {
            published.completeExceptionally(e);
        }
        return published;
    }

    /** The record that {@link #publish(Sms)} would publish, for who must know its id before. */
    public OutgoingMessage draft(Sms sms) {
        return sms.build(ids, clock);
    }

    /** The recipient in its one form; as written where it has none, since the pipeline must see it to reject it. */
    private static String key(OutgoingMessage message) {
        return Msisdn.parse(message.getTo()) instanceof Msisdn.Valid valid
                ? valid.msisdn().value()
                : message.getTo();
    }

    /** Waits for what was published, at most ten seconds, and closes. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
