package io.smspipeline.receiver;

import io.micrometer.core.instrument.MeterRegistry;
import io.smspipeline.provider.InboundSink;
import io.smspipeline.record.MoPart;
import io.smspipeline.record.Receipt;
import java.util.concurrent.CompletionStage;

/**
 * Counts what arrived: {@code sms.receiver.arrivals{provider,kind,result}} with result {@code taken} once Kafka has it,
 * {@code refused} when the provider was told to send it again, and {@code sms.receiver.not.understood{provider,kind}}.
 */
final class InboundCounters implements InboundSink {
    private final InboundSink next;
    private final MeterRegistry meters;

    InboundCounters(InboundSink next, MeterRegistry meters) {
        this.next = next;
        this.meters = meters;
    }

    @Override
    public CompletionStage<Void> receipt(Receipt receipt, String correlationId) {
        if (!receipt.getUnderstood()) {
            notUnderstood(receipt.getProvider(), "receipt");
        }
        return counted(next.receipt(receipt, correlationId), receipt.getProvider(), "receipt");
    }

    @Override
    public CompletionStage<Void> mo(MoPart part) {
        if (!part.getUnderstood()) {
            notUnderstood(part.getProvider(), "mo");
        }
        return counted(next.mo(part), part.getProvider(), "mo");
    }

    private CompletionStage<Void> counted(CompletionStage<Void> written, String provider, String kind) {
        return written.whenComplete((done, failure) -> meters.counter(
                        "sms.receiver.arrivals",
                        "provider",
                        provider,
                        "kind",
                        kind,
                        "result",
                        failure == null ? "taken" : "refused")
                .increment());
    }

    private void notUnderstood(String provider, String kind) {
        meters.counter("sms.receiver.not.understood", "provider", provider, "kind", kind)
                .increment();
    }
}
