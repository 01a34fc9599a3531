package io.smspipeline.provider;

import io.smspipeline.record.MoPart;
import io.smspipeline.record.Receipt;
import java.util.concurrent.CompletionStage;

/**
 * Where a provider leaves what came from outside. Safe for use by many threads; never blocks. A returned stage completes
 * when the record is durable and only then may the provider's OK be given; it fails within a bounded time when Kafka cannot
 * take it, and the provider must then be told to send it again.
 */
public interface InboundSink {
    /**
     * @param correlationId the id it speaks of in the form under which acceptances are looked up; empty when it has none
     */
    CompletionStage<Void> receipt(Receipt receipt, String correlationId);

    /** A part from a handset. */
    CompletionStage<Void> mo(MoPart part);
}
