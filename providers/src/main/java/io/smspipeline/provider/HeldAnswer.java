package io.smspipeline.provider;

import io.smspipeline.record.Failure;
import io.smspipeline.record.Receipt;

/** What a provider said about a submission it took earlier. */
public sealed interface HeldAnswer {
    /** It did what was asked. */
    record Done() implements HeldAnswer {}

    /**
     * It told the state.
     *
     * @param receipt the state in the form of a receipt
     * @param correlationId as for {@link InboundSink#receipt}
     */
    record Told(Receipt receipt, String correlationId) implements HeldAnswer {}

    /** It will not: it does not know the message, holds it no longer, or offers no such operation. */
    record Refused(Failure failure) implements HeldAnswer {}

    /** It could not be asked, or did not answer. The same question may be put again. */
    record Unanswered(Failure failure) implements HeldAnswer {}
}
