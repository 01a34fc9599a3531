package io.smspipeline.provider;

import io.smspipeline.record.MoPart;
import io.smspipeline.record.Receipt;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import java.util.concurrent.CompletionStage;
import org.apache.avro.specific.SpecificRecord;

/**
 * Puts what comes from outside on its topic: receipts under the key their acceptances have, parts under their handset.
 * Safe for use by many threads when {@code writer} is.
 */
public final class InboundTopics implements InboundSink {
    /** Writes a record; the stage completes at Kafka's ack and fails within a bounded time. */
    @FunctionalInterface
    public interface Writer {
        /** Never blocks. */
        <V extends SpecificRecord> CompletionStage<?> write(Topic<V> topic, String key, V value);
    }

    private final Topics topics;
    private final Writer writer;

    /** Over a writer that outlives it. */
    public InboundTopics(Topics topics, Writer writer) {
        this.topics = topics;
        this.writer = writer;
    }

    @Override
    public CompletionStage<Void> receipt(Receipt receipt, String correlationId) {
        return durable(writer.write(topics.receipt(), receipt.getProvider() + "|" + correlationId, receipt));
    }

    @Override
    public CompletionStage<Void> mo(MoPart part) {
        return durable(writer.write(topics.mo(), part.getFrom(), part));
    }

    private static CompletionStage<Void> durable(CompletionStage<?> written) {
        return written.thenAccept(place -> {});
    }
}
