package io.smspipeline.provider.webhook;

import io.smspipeline.provider.InboundSink;
import io.smspipeline.record.MoPart;
import io.smspipeline.record.Receipt;
import java.util.concurrent.CompletionStage;

/** One thing a request brought. */
public sealed interface WebhookArrival {
    /** Leaves it in the sink; see there for when the stage completes. */
    CompletionStage<Void> leaveIn(InboundSink sink);

    /**
     * What became of a message.
     *
     * @param correlationId under which its acceptance is looked up; empty when it names none
     */
    record OfReceipt(Receipt receipt, String correlationId) implements WebhookArrival {
        @Override
        public CompletionStage<Void> leaveIn(InboundSink sink) {
            return sink.receipt(receipt, correlationId);
        }
    }

    /** A message from a handset or a part of one, or something from the provider that could not be read. */
    record OfMo(MoPart part) implements WebhookArrival {
        @Override
        public CompletionStage<Void> leaveIn(InboundSink sink) {
            return sink.mo(part);
        }
    }
}
