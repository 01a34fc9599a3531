package io.smspipeline.provider.accepting;

import io.smspipeline.provider.Availability;
import io.smspipeline.provider.HeldMessages;
import io.smspipeline.provider.LastAnswers;
import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.Slot;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.WholeMessage;
import io.smspipeline.provider.Window;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Accepts every submission after a fixed time. What acceptance means is the business of who made it. */
public final class AcceptingProvider implements Provider {
    private final String alias;
    private final String defaultSender;
    private final boolean receipts;
    private final Duration latency;
    private final Function<Submission, SendOutcome.Accepted> taker;
    private final ScheduledExecutorService worker;
    private final Window window;
    private final Clock clock;
    private final Optional<HeldMessages> held;
    private final Set<CompletableFuture<SendOutcome>> unanswered = ConcurrentHashMap.newKeySet();
    private final LastAnswers lastAnswers = new LastAnswers(unanswered::isEmpty);
    private volatile Availability availability;
    private volatile boolean closed;
    private volatile Runnable listener = () -> {};

    /**
     * @param receipts whether {@code taker} sees to receipts
     * @param latency from submission to acceptance, zero or more
     * @param taker takes a submission on the worker's thread and names it
     * @param worker of this provider alone; shut down when it closes
     * @param held what can be done about submissions it took; null when they are gone at once
     */
    public AcceptingProvider(
            String alias,
            String defaultSender,
            int window,
            boolean receipts,
            Duration latency,
            Function<Submission, SendOutcome.Accepted> taker,
            ScheduledExecutorService worker,
            Clock clock,
            @Nullable HeldMessages held) {
        this.alias = alias;
        this.defaultSender = defaultSender;
        this.window = new Window(window);
        this.receipts = receipts;
        this.latency = latency;
        this.taker = taker;
        this.worker = worker;
        this.clock = clock;
        this.held = Optional.ofNullable(held);
        this.availability = new Availability(true, "accepts everything", clock.instant());
    }

    @Override
    public String alias() {
        return alias;
    }

    @Override
    public Availability availability() {
        return availability;
    }

    @Override
    public void onChange(Runnable newListener) {
        listener = newListener;
    }

    @Override
    public boolean givesReceipts() {
        return receipts;
    }

    @Override
    public Plan plan(OutgoingMessage message) {
        return WholeMessage.plan(message, defaultSender);
    }

    @Override
    public @Nullable Slot reserve(Submission submission) {
        return !closed && window.take() ? new Place() : null;
    }

    @Override
    public Optional<HeldMessages> held() {
        return held;
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close(Duration patience) {
        closed = true;
        availability = new Availability(false, "closed", clock.instant());
        listener.run();
        lastAnswers.await(System.nanoTime() + patience.toNanos());
        worker.shutdownNow();
        for (CompletableFuture<SendOutcome> outcome : unanswered) {
            answer(outcome, new SendOutcome.Uncertain(failure("closed before it answered")));
        }
    }

    @Override
    public void close() {
        close(latency.plusSeconds(1));
    }

    private void answer(CompletableFuture<SendOutcome> outcome, SendOutcome what) {
        if (!unanswered.remove(outcome)) {
            return;
        }
        window.free();
        outcome.complete(what);
        listener.run();
        if (closed) {
            lastAnswers.look();
        }
    }

    private static Failure failure(String reason) {
        return new Failure(FailureCode.CONNECTION, reason, null, null, false);
    }

    private final class Place implements Slot {
        @Override
        public CompletionStage<SendOutcome> submit(Submission submission, Duration validity) {
            CompletableFuture<SendOutcome> outcome = new CompletableFuture<>();
            unanswered.add(outcome);
            try {
                worker.schedule(
                        () -> answer(outcome, taker.apply(submission)), latency.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                answer(
                        outcome,
                        new SendOutcome.Unreachable(failure("closed before it was handed over"), Duration.ZERO));
            }
            return outcome;
        }

        @Override
        public void release() {
            window.free();
        }
    }
}
