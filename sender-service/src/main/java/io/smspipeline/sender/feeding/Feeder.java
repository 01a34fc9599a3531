package io.smspipeline.sender.feeding;

import io.smspipeline.provider.Availability;
import io.smspipeline.provider.Pace;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.Slot;
import io.smspipeline.record.ControlMode;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.sender.dispatch.Dispatch;
import io.smspipeline.sender.lane.Attempt;
import io.smspipeline.sender.lane.Handover;
import io.smspipeline.sender.lane.Lanes;
import io.smspipeline.sender.lane.Unrecorded;
import io.smspipeline.sender.pacing.Pacer;
import io.smspipeline.sender.record.Happening;
import io.smspipeline.sender.record.Recorder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that submits to a provider. It takes from the lanes what may leave (within validity, rate, window and the
 * bound on unrecorded submits), ends each burst with a flush, and sleeps until something changes.
 */
public final class Feeder implements Recorder.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Feeder.class);
    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** While messages are handed back more of them come out of the topics all the time. */
    private static final long SWEEP_HANDING_BACK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long LONGEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Provider provider;
    private final Duration patience;
    private final Pacer pacer;
    private final Lanes lanes;
    private final Unrecorded unrecorded;
    private final Consumer<Happening> tell;
    private final Consumer<Throwable> failed;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Wake wake = new Wake();
    private final Queue<Withdrawal> withdrawals = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean stopping;
    private volatile ControlMode mode = ControlMode.RUN;
    private long nextSweep;

    /**
     * @param tell where happenings are reported
     * @param failed told when the thread ended by a fault of ours or of the provider's code
     * @param nanoTime a monotonic clock in nanoseconds, the one {@code pacer} has
     */
    public Feeder(
            Provider provider,
            Pace pace,
            Pacer pacer,
            Lanes lanes,
            Unrecorded unrecorded,
            Consumer<Happening> tell,
            Consumer<Throwable> failed,
            Clock clock,
            LongSupplier nanoTime) {
        this.provider = provider;
        this.patience = pace.patience();
        this.pacer = pacer;
        this.lanes = lanes;
        this.unrecorded = unrecorded;
        this.tell = tell;
        this.failed = failed;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.nextSweep = nanoTime.getAsLong() + SWEEP_NANOS;
        this.thread = new Thread(this::run, "feeder-" + provider.alias());
        provider.onChange(wake::raise);
    }

    private record Withdrawal(String messageId, CompletableFuture<Boolean> done) {}

    /** Begins submitting. */
    public void start() {
        thread.start();
    }

    /** What an operator wants of the provider from now on. Any thread. */
    public void obey(ControlMode wanted) {
        mode = wanted;
        wake.raise();
    }

    /** What it was told last. */
    public ControlMode mode() {
        return mode;
    }

    /** Another message to hand over. Any thread. */
    public void add(Handover handover) {
        lanes.add(handover);
        wake.raise();
    }

    /**
     * Cancels what waits of a message. Any thread.
     *
     * @return completes on the feeder's thread, with whether anything did
     */
    public CompletionStage<Boolean> withdraw(String messageId) {
        Withdrawal withdrawal = new Withdrawal(messageId, new CompletableFuture<>());
        withdrawals.add(withdrawal);
        wake.raise();
        return withdrawal.done;
    }

    @Override
    public void again(Attempt attempt, Duration delay) {
        Handover handover = attempt.handover();
        if (handover.giveUp()) {
            return;
        }
        if (delay.isZero()) {
            lanes.put(attempt);
        } else {
            handover.pause();
            lanes.later(attempt, nanoTime.getAsLong() + delay.toNanos());
        }
        wake.raise();
    }

    @Override
    public void onRecord(Attempt attempt) {
        lanes.arrived(attempt);
        wake.raise();
    }

    @Override
    public void recorded() {
        wake.raise();
    }

    private void run() {
        try {
            while (!stopping) {
                long sleep = feed();
                provider.flush();
                wake.await(Math.min(sleep, LONGEST_SLEEP_NANOS));
            }
        } catch (RuntimeException | Error fault) {
            LOG.error("feeder stopped provider={}", provider.alias(), fault);
            failed.accept(fault);
        }
    }

    /** Submits what may leave now; answers how many nanoseconds may pass before trying again. The feeder's thread. */
    long feed() {
        long now = nanoTime.getAsLong();
        ControlMode wanted = mode;
        if (now - nextSweep >= 0) {
            boolean handsBack = sweep(wanted);
            nextSweep = nanoTime.getAsLong() + (handsBack ? SWEEP_HANDING_BACK_NANOS : SWEEP_NANOS);
        }
        withdraw();
        while (!stopping && wanted != ControlMode.PAUSE) {
            // Whoever is drained sees through what it began.
            IntPredicate room = wanted == ControlMode.DRAIN ? remaining -> false : unrecorded::hasRoomFor;
            Attempt attempt = lanes.first(nanoTime.getAsLong(), room);
            if (attempt == null) {
                return lanes.untilNextDelayed(nanoTime.getAsLong());
            }
            long wait = offer(attempt);
            if (wait > 0) {
                return wait;
            }
        }
        return LONGEST_SLEEP_NANOS;
    }

    private void withdraw() {
        for (Withdrawal next = withdrawals.poll(); next != null; next = withdrawals.poll()) {
            String id = next.messageId;
            List<Attempt> taken =
                    lanes.take(attempt -> attempt.handover().messageId().equals(id)
                            && attempt.handover().claim());
            taken.forEach(attempt -> tell.accept(new Happening.Withdrawn(attempt)));
            next.done.complete(!taken.isEmpty());
        }
    }

    /** Makes the attempt, or answers how long to wait before it can be made. */
    private long offer(Attempt attempt) {
        Handover handover = attempt.handover();
        Duration validity = validity(handover, clock.instant());
        if (isOver(validity)) {
            lanes.remove(attempt);
            if (handover.claim()) {
                tell.accept(new Happening.Expired(attempt));
            }
            return 0;
        }
        if (attempt.possibleRepeat() && handover.isTaken(attempt.index())) {
            lanes.remove(attempt);
            if (handover.claim()) {
                tell.accept(new Happening.Spared(attempt));
            }
            return 0;
        }
        if (Dispatch.isOneTooMany(attempt)) {
            lanes.remove(attempt);
            if (handover.claim()) {
                tell.accept(new Happening.Capped(attempt));
                if (attempt.isFollowed()) {
                    lanes.put(attempt.following());
                }
            }
            return 0;
        }
        if (handover.holds() && !handover.isOnRecord()) {
            intend(attempt);
            return 0;
        }
        Slot slot = provider.reserve(attempt.submission());
        if (slot == null) {
            return LONGEST_SLEEP_NANOS;
        }
        long delay = pacer.take(attempt.submission().parts(), handover.lane() == Lane.HIGH);
        if (delay > 0) {
            slot.release();
            return delay;
        }
        lanes.remove(attempt);
        if (handover.claim()) {
            submit(slot, attempt, validity);
        } else {
            slot.release();
        }
        return 0;
    }

    private void intend(Attempt attempt) {
        if (attempt.handover().claim()) {
            attempt.handover().count();
            lanes.expect(attempt);
            tell.accept(new Happening.Intended(attempt));
        } else {
            lanes.remove(attempt);
        }
    }

    private void submit(Slot slot, Attempt attempt, Duration validity) {
        attempt.handover().count();
        long leftAt = nanoTime.getAsLong();
        answer(slot, attempt, validity).whenComplete((outcome, fault) -> {
            if (fault != null) {
                LOG.error(
                        "submit failed by a fault of ours messageId={}",
                        attempt.handover().messageId(),
                        fault);
            }
            SendOutcome known = outcome != null ? outcome : unknownBecause(fault);
            if (known instanceof SendOutcome.Accepted) {
                pacer.accepted(attempt.submission().parts(), leftAt);
            } else if (known instanceof SendOutcome.Throttled throttled) {
                pacer.throttled(leftAt, throttled.retryAfter());
            }
            tell.accept(new Happening.Answered(attempt, known));
            if (known instanceof SendOutcome.Uncertain uncertain) {
                uncertain.late().thenAccept(late -> tell.accept(new Happening.Late(attempt, late)));
            }
        });
        if (attempt.isFollowed()) {
            lanes.put(attempt.following());
        }
    }

    private static CompletionStage<SendOutcome> answer(Slot slot, Attempt attempt, Duration validity) {
        try {
            return slot.submit(attempt.submission(), validity);
        } catch (RuntimeException fault) {
            return CompletableFuture.failedStage(fault);
        }
    }

    private static SendOutcome unknownBecause(@Nullable Throwable fault) {
        return new SendOutcome.Uncertain(Failure.newBuilder()
                .setCode(FailureCode.GENERIC)
                .setReason("the submit ended in a fault of ours: " + fault)
                .setPermanent(false)
                .build());
    }

    /**
     * What waits must not wait beyond its validity, nor for a provider that stays away or is drained while others could carry
     * it.
     *
     * @return whether messages are being handed back
     */
    private boolean sweep(ControlMode wanted) {
        Instant now = clock.instant();
        for (Attempt expired : lanes.take(attempt ->
                isOver(validity(attempt.handover(), now)) && attempt.handover().claim())) {
            tell.accept(new Happening.Expired(expired));
        }
        Availability availability = provider.availability();
        if (wanted == ControlMode.DRAIN) {
            handBack(provider.alias() + " is being drained, until ./sms provider run " + provider.alias());
            return true;
        }
        if (!availability.up() && now.isAfter(availability.since().plus(patience))) {
            handBack(availability.reason());
            return true;
        }
        return false;
    }

    private void handBack(String why) {
        for (Attempt stranded :
                lanes.take(attempt -> Dispatch.hasAlternative(attempt.handover().routed())
                        && attempt.handover().claimWhole())) {
            tell.accept(new Happening.ProviderDown(stranded, why));
        }
    }

    private static Duration validity(Handover handover, Instant now) {
        return Duration.between(now, handover.routed().getMessage().getValidUntil());
    }

    private static boolean isOver(Duration validity) {
        return validity.isNegative() || validity.isZero();
    }

    /** Stops submitting; what was submitted is still answered. */
    @Override
    public void close() {
        stopping = true;
        wake.raise();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
