package io.smspipeline.provider.contract;

import io.smspipeline.provider.InboundSink;
import io.smspipeline.record.MoPart;
import io.smspipeline.record.Receipt;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A sink that remembers, and takes or does not take what comes as a test wants it. Safe for use by many threads. */
public final class RecordingSink implements InboundSink {
    private final List<Receipt> receipts = new CopyOnWriteArrayList<>();
    private final List<String> correlationIds = new CopyOnWriteArrayList<>();
    private final List<MoPart> parts = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> held = new CopyOnWriteArrayList<>();
    private volatile Supplier<CompletionStage<Void>> taking = () -> CompletableFuture.completedFuture(null);

    /** From now on everything is taken at once, as at the beginning. */
    public void take() {
        taking = () -> CompletableFuture.completedFuture(null);
    }

    /** From now on nothing can be taken. */
    public void fail() {
        taking = () -> CompletableFuture.failedFuture(new IllegalStateException("the sink takes nothing in this test"));
    }

    /** From now on what comes waits for {@link #release()}. */
    public void hold() {
        taking = () -> {
            CompletableFuture<Void> waiting = new CompletableFuture<>();
            held.add(waiting);
            return waiting;
        };
    }

    /** What was held is taken, from another thread than the provider's. */
    public void release() {
        held.forEach(waiting -> waiting.complete(null));
        held.clear();
    }

    /** How much is held. */
    public int holding() {
        return held.size();
    }

    @Override
    public CompletionStage<Void> receipt(Receipt receipt, String correlationId) {
        receipts.add(receipt);
        correlationIds.add(correlationId);
        return taking.get();
    }

    @Override
    public CompletionStage<Void> mo(MoPart part) {
        parts.add(part);
        return taking.get();
    }

    /** Every receipt offered, repeats included. */
    public List<Receipt> receipts() {
        return List.copyOf(receipts);
    }

    /** The correlation ids of {@link #receipts()}. */
    public List<String> correlationIds() {
        return List.copyOf(correlationIds);
    }

    /** Every MO part offered, repeats included. */
    public List<MoPart> parts() {
        return List.copyOf(parts);
    }
}
