package io.smspipeline.provider.contract;

import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.Slot;
import io.smspipeline.provider.Submission;
import io.smspipeline.record.OutgoingMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Feeds a provider as a sender does: plans, waits for room, submits, flushes when it must wait. For one thread. */
public final class Feeder {
    private static final Duration VALIDITY = Duration.ofHours(48);

    private final Provider provider;
    private final Semaphore changed = new Semaphore(0);

    /** Takes the provider's listener. */
    public Feeder(Provider provider) {
        this.provider = provider;
        provider.onChange(changed::release);
    }

    /** The submissions of a message that can be carried. */
    public List<Submission> plan(OutgoingMessage message) {
        if (provider.plan(message) instanceof Plan.Submissions submissions) {
            return submissions.all();
        }
        throw new IllegalArgumentException("message " + message.getId() + " cannot be carried by " + provider.alias());
    }

    /** Submits everything of a message as room comes, and flushes. */
    public List<CompletableFuture<SendOutcome>> send(OutgoingMessage message) throws InterruptedException {
        List<CompletableFuture<SendOutcome>> outcomes = new ArrayList<>();
        for (Submission submission : plan(message)) {
            outcomes.add(submit(submission));
        }
        provider.flush();
        return outcomes;
    }

    /** Waits for room, at most 30 seconds, and submits. Does not flush but while it waits. */
    public CompletableFuture<SendOutcome> submit(Submission submission) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < deadline) {
            changed.drainPermits();
            Slot slot = provider.reserve(submission);
            if (slot != null) {
                return slot.submit(submission, VALIDITY).toCompletableFuture();
            }
            provider.flush();
            boolean ignored = changed.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        throw new IllegalStateException(
                "no room at " + provider.alias() + " for 30 seconds: " + provider.availability());
    }

    /** Submits when there is room now; null when there is not. */
    public @Nullable CompletableFuture<SendOutcome> trySubmit(Submission submission) {
        Slot slot = provider.reserve(submission);
        return slot == null ? null : slot.submit(submission, VALIDITY).toCompletableFuture();
    }

    /** How often the provider said that something changed since this was last asked or a submission waited. */
    public int changes() {
        return changed.drainPermits();
    }
}
