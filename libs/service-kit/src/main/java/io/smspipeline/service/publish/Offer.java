package io.smspipeline.service.publish;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** One record on its way, and whom to tell. The first outcome counts; a late acknowledgement after a timeout is dropped. */
final class Offer {
    final String topic;
    /** By {@link System#nanoTime()}: when silence counts as failure. */
    final long deadline;

    private final Supplier<ProducerRecord<byte[], byte[]>> making;
    private final PublishState state;
    private final AtomicBoolean settled = new AtomicBoolean();
    private final CompletableFuture<RecordMetadata> outcome = new CompletableFuture<>();

    Offer(String topic, long deadline, Supplier<ProducerRecord<byte[], byte[]>> making, PublishState state) {
        this.topic = topic;
        this.deadline = deadline;
        this.making = making;
        this.state = state;
    }

    /** Serializes; may ask the registry and fail for it. */
    ProducerRecord<byte[], byte[]> make() {
        return making.get();
    }

    boolean isSettled() {
        return settled.get();
    }

    void acknowledged(RecordMetadata place) {
        if (settled.compareAndSet(false, true)) {
            // Counted down before the caller hears: whoever offers the next record on hearing must find room.
            state.acknowledged(topic);
            outcome.complete(place);
        }
    }

    void failed(String why, @Nullable Throwable cause) {
        if (settled.compareAndSet(false, true)) {
            String message = "a record was not published to " + topic + ": " + why;
            state.failed(message);
            outcome.completeExceptionally(new NotPublishedException(message, cause));
        }
    }

    /** What the caller sees: it can neither complete nor cancel the offer. */
    CompletionStage<RecordMetadata> outcome() {
        return outcome.minimalCompletionStage();
    }
}
