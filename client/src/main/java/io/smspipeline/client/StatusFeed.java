package io.smspipeline.client;

import io.smspipeline.record.MessageStatus;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code sms.status} from its end for those who wait for a message of theirs. One thread reads for all; a status that
 * nobody waits for is not even decoded. Safe for use by many threads.
 */
final class StatusFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusFeed.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration BEGINNING = Duration.ofSeconds(30);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Topic<MessageStatus> topic;
    private final RecordSerdes serdes;
    private final int mostAwaited;
    private final LongSupplier nanoTime;
    private final Map<String, Awaited> awaited = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "sms-status-feed");
    private volatile boolean ended;
    /** When patience was last looked at. Only the feed's thread touches it. */
    private long lastLook;

    /**
     * @param mostAwaited how many messages may be waited for at once
     */
    StatusFeed(
            Supplier<Consumer<byte[], byte[]>> consumers,
            Topic<MessageStatus> topic,
            RecordSerdes serdes,
            int mostAwaited,
            LongSupplier nanoTime) {
        this.consumers = consumers;
        this.topic = topic;
        this.serdes = serdes;
        this.mostAwaited = mostAwaited;
        this.nanoTime = nanoTime;
        thread.setDaemon(true);
        thread.start();
    }

    /** Completes when every status published from then on will be seen; fails when there is no way to see any. */
    CompletableFuture<Void> begun() {
        return begun;
    }

    /** True when it has stopped, by itself or because it was told to. */
    boolean ended() {
        return ended;
    }

    /**
     * Waits for a message. To be called before it is published, or its first statuses may be missed.
     *
     * @return completes with the first status that reaches {@code until}; fails with {@link SmsFailedException} or
     *     {@link NoStatusException}
     */
    CompletableFuture<MessageStatus> await(String messageId, Until until, Duration patience) {
        CompletableFuture<MessageStatus> result = new CompletableFuture<>();
        if (awaited.size() >= mostAwaited) {
            result.completeExceptionally(new IllegalStateException("not sent: " + mostAwaited
                    + " messages are waited for already. Send fewer at once, or publish and listen to the statuses."));
            return result;
        }
        Awaited mine = new Awaited(result, until, patience, nanoTime.getAsLong() + patience.toNanos());
        if (awaited.putIfAbsent(messageId, mine) != null) {
            result.completeExceptionally(new IllegalStateException(
                    "not sent: message " + messageId + " is waited for already. Give each message an id of its own."));
            return result;
        }
        result.whenComplete((status, failure) -> awaited.remove(messageId, mine));
        if (ended) {
            result.completeExceptionally(new NoStatusException(messageId, "the statuses are not followed any more"));
        }
        return result;
    }

    private void run() {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            begin(consumer);
            begun.complete(null);
            while (closed.getCount() > 0) {
                turn(consumer);
            }
            end("the publisher was closed");
        } catch (Exception e) {
            LOG.error("status-feed outcome=failed reason=\"{}\"", e.toString(), e);
            begun.completeExceptionally(e);
            end("the statuses cannot be followed: " + e);
        }
    }

    private void begin(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name(), BEGINNING).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException("topic " + topic.name()
                    + " does not exist: create the pipeline's topics, or set the prefix they were created with.");
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy: without this the end would be that of the first poll, after something was published.
        partitions.forEach(partition -> consumer.position(partition, BEGINNING));
    }

    private void turn(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                take(record);
            }
        } catch (RetriableException e) {
            LOG.warn("status-feed outcome=retry reason=\"{}\"", e.toString());
            if (closed.await(1, TimeUnit.SECONDS)) {
                return;
            }
        }
        long now = nanoTime.getAsLong();
        if (now - lastLook < POLL.toNanos()) {
            return;
        }
        lastLook = now;
        awaited.forEach((id, each) -> {
            if (now - each.deadline >= 0) {
                each.result.completeExceptionally(new NoStatusException(
                        id, "not " + each.until + " within " + each.patience + ". It goes its way all the same."));
            }
        });
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || record.value() == null) {
            return;
        }
        Awaited waiting = awaited.get(new String(record.key(), StandardCharsets.UTF_8));
        if (waiting == null) {
            return;
        }
        try {
            MessageStatus status = serdes.read(topic, record.value());
            if (waiting.until.isReachedBy(status)) {
                waiting.result.complete(status);
            } else if (status.getFinal$()) {
                waiting.result.completeExceptionally(new SmsFailedException(status));
            }
        } catch (SerializationException e) {
            waiting.result.completeExceptionally(e);
        }
    }

    private void end(String why) {
        ended = true;
        awaited.forEach((id, each) -> each.result.completeExceptionally(new NoStatusException(id, why)));
    }

    /** Fails what is still waited for. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Awaited(CompletableFuture<MessageStatus> result, Until until, Duration patience, long deadline) {}
}
