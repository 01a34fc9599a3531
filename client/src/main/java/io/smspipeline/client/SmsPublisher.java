package io.smspipeline.client;

import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.schemas.address.Msisdn;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes MT messages. Safe for use by many threads; one is enough for an application.
 *
 * <p>A message that the pipeline would reject is refused here with an {@link InvalidSmsException}, thrown at once; everything
 * else comes with the returned stage. {@link #publish} completes at Kafka's acknowledgement: the message is then replicated
 * and will end in exactly one final state. {@link #send} goes on to wait for that. Publishing may block for a moment when
 * Kafka's client has no room or learns of a topic. Stages complete on this publisher's threads: do not block in what depends
 * on them.
 */
public final class SmsPublisher implements AutoCloseable {
    /** How long {@link #send(Sms)} waits. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int MOST_AWAITED = 100_000;

    private final Producer<byte[], byte[]> producer;
    private final Supplier<Consumer<byte[], byte[]>> followers;
    private final RecordSerdes serdes;
    private final Topics topics;
    private final MessageIds ids;
    private final Clock clock;
    private @Nullable StatusFeed feed;
    private boolean closed;

    SmsPublisher(
            Producer<byte[], byte[]> producer,
            Supplier<Consumer<byte[], byte[]>> followers,
            RecordSerdes serdes,
            Topics topics,
            Clock clock) {
        this.producer = producer;
        this.followers = followers;
        this.serdes = serdes;
        this.topics = topics;
        this.clock = clock;
        this.ids = new MessageIds(clock);
    }

    /**
     * A publisher for the pipeline whose topics have no prefix.
     *
     * @param kafka settings of a Kafka client with {@code schema.registry.url} among them. {@code acks} is all and
     *     idempotence on, whatever they say; {@code compression.type} lz4 and {@code linger.ms} 2 unless they say otherwise
     * @throws KafkaException naming the setting that is missing or unusable
     */
    public static SmsPublisher connect(Map<String, ?> kafka) {
        return connect(kafka, new Topics(""), Clock.systemUTC());
    }

    /** As {@link #connect(Map)}. */
    public static SmsPublisher connect(Properties kafka) {
        return connect(ClientSettings.of(kafka));
    }

    /** As {@link #connect(Map)}, for the pipeline with these topics, its messages being made at this clock's times. */
    public static SmsPublisher connect(Map<String, ?> kafka, Topics topics, Clock clock) {
        ClientSettings settings = new ClientSettings(kafka);
        RecordSerdes serdes = RecordSerdes.from(settings.all());
        return new SmsPublisher(
                new KafkaProducer<>(
                        settings.producer("sms-publisher"), new ByteArraySerializer(), new ByteArraySerializer()),
                () -> new KafkaConsumer<>(
                        settings.follower("sms-status-feed"), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
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
        return publish(draft(sms), List.of());
    }

    /**
     * As {@link #publish(Sms)}, for a record at hand and with headers, such as {@code traceparent}, that travel with it.
     *
     * @throws InvalidSmsException when the pipeline would reject it
     */
    public CompletionStage<String> publish(OutgoingMessage message, Iterable<Header> headers) {
        InvalidSmsException.throwIfRefused(message);
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
        } catch (KafkaException | IllegalStateException e) {
            published.completeExceptionally(e);
        }
        return published;
    }

    /**
     * Publishes one message and waits, at most {@link #PATIENCE}, until a provider took it.
     *
     * @return the status that says so. Fails with {@link SmsFailedException} when it ends otherwise, with
     *     {@link NoStatusException} when nothing was heard in time, and as {@link #publish(Sms)} does
     * @throws InvalidSmsException when the pipeline would reject it
     */
    public CompletionStage<MessageStatus> send(Sms sms) {
        return send(draft(sms), List.of(), Until.ACCEPTED, PATIENCE);
    }

    /** As {@link #send(Sms)}, with a say in what is waited for and how long. */
    public CompletionStage<MessageStatus> send(Sms sms, Until until, Duration patience) {
        return send(draft(sms), List.of(), until, patience);
    }

    /** As {@link #send(Sms, Until, Duration)}, for a record at hand and with headers. */
    public CompletionStage<MessageStatus> send(
            OutgoingMessage message, Iterable<Header> headers, Until until, Duration patience) {
        InvalidSmsException.throwIfRefused(message);
        StatusFeed follower = feed();
        return follower.begun().thenCompose(begun -> {
            CompletableFuture<MessageStatus> reached = follower.await(message.getId(), until, patience);
            if (!reached.isDone()) {
                publishUnchecked(message, headers).whenComplete((id, failure) -> {
                    if (failure != null) {
                        reached.completeExceptionally(failure);
                    }
                });
            }
            return reached;
        });
    }

    /** The record that {@link #publish(Sms)} would publish, for who must know its id before. */
    public OutgoingMessage draft(Sms sms) {
        return sms.build(ids, clock);
    }

    /** Made when first needed, and again after it failed: most applications never wait. */
    private synchronized StatusFeed feed() {
        if (closed) {
            throw new IllegalStateException("this publisher is closed: make a new one");
        }
        if (feed == null || feed.ended()) {
            feed = new StatusFeed(followers, topics.status(), serdes, MOST_AWAITED, System::nanoTime);
        }
        return feed;
    }

    /** The recipient in its one form; as written where it has none, since the pipeline must see it to reject it. */
    private static String key(OutgoingMessage message) {
        return Msisdn.parse(message.getTo()) instanceof Msisdn.Valid valid
                ? valid.msisdn().value()
                : message.getTo();
    }

    /** Waits for what was published, at most ten seconds, and closes. Who still waits for a status is told that it ends. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
        StatusFeed follower;
        synchronized (this) {
            closed = true;
            follower = feed;
        }
        if (follower != null) {
            follower.close();
        }
    }
}
