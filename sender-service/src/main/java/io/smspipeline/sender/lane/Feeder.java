package io.smspipeline.sender.lane;

import io.smspipeline.provider.Availability;
import io.smspipeline.provider.Pace;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.Slot;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OnUncertain;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.sender.dispatch.Dispatch;
import io.smspipeline.sender.pacing.Pacer;
import io.smspipeline.sender.record.Happening;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that submits to a provider. It takes from the lanes what may leave (within validity, rate, window and the
 * bound on unrecorded submits), ends each burst with a flush, and sleeps until something changes.
 */
public final class Feeder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Feeder.class);
    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Provider provider;
    private final Pace pace;
    private final Pacer pacer;
    private final Lanes lanes;
    private final Consumer<Happening> tell;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Wake wake = new Wake();
    private final AtomicInteger unrecorded = new AtomicInteger();
    private final Thread thread;
    private volatile boolean stopping;
    private long nextSweep;

    /**
     * @param tell where happenings are reported
     * @param nanoTime a monotonic clock in nanoseconds, the one {@code pacer} has
     */
    public Feeder(
            Provider provider,
            Pace pace,
            Pacer pacer,
            Lanes lanes,
            Consumer<Happening> tell,
            Clock clock,
            LongSupplier nanoTime) {
        this.provider = provider;
        this.pace = pace;
        this.pacer = pacer;
        this.lanes = lanes;
        this.tell = tell;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.thread = new Thread(this::run, "feeder-" + provider.alias());
        provider.onChange(wake::raise);
    }

    /** Begins submitting. */
    public void start() {
        nextSweep = nanoTime.getAsLong() + SWEEP_NANOS;
        thread.start();
    }

    /** Something was added to the lanes. Any thread. */
    public void wake() {
        wake.raise();
    }

    /** An attempt is to be made again after {@code delay}. Any thread. */
    public void again(Attempt attempt, Duration delay) {
        if (delay.isZero()) {
            lanes.putBack(attempt);
        } else {
            lanes.later(attempt, nanoTime.getAsLong() + delay.toNanos());
        }
        wake.raise();
    }

    /** Kafka has this many outcomes more. Any thread. */
    public void recorded(int outcomes) {
        unrecorded.addAndGet(-outcomes);
        wake.raise();
    }

    /** Submits under way or answered whose outcome Kafka does not have: what could repeat after a hard kill now. */
    public int unrecorded() {
        return unrecorded.get();
    }

    /** Whether its thread is alive, as it is until closed. */
    public boolean alive() {
        return thread.isAlive();
    }

    private void run() {
        try {
            while (!stopping) {
                long sleep = feed();
                provider.flush();
                wake.await(Math.min(sleep, LONGEST_SLEEP_NANOS));
            }
        } catch (RuntimeException | Error fault) {
            // Seen by the readiness check through alive(): a sender that submits nothing must not look well.
            LOG.error("feeder stopped provider={}", provider.alias(), fault);
            throw fault;
        }
    }

    /** Submits what may leave now; answers how many nanoseconds may pass before trying again. */
    private long feed() {
        long now = nanoTime.getAsLong();
        if (now - nextSweep >= 0) {
            nextSweep = now + SWEEP_NANOS;
            sweep();
        }
        while (!stopping) {
            if (unrecorded.get() >= pace.maxUnrecorded()) {
                return LONGEST_SLEEP_NANOS;
            }
            Attempt attempt = lanes.next(nanoTime.getAsLong());
            if (attempt == null) {
                return Math.min(lanes.untilNextDelayed(nanoTime.getAsLong()), SWEEP_NANOS);
            }
            long wait = offer(attempt);
            if (wait > 0) {
                lanes.putBack(attempt);
                return wait;
            }
        }
        return 0;
    }

    /** Makes the attempt, or answers how long to wait before it can be made. */
    private long offer(Attempt attempt) {
        OutgoingMessage message = attempt.handover().routed().getMessage();
        Instant now = clock.instant();
        Duration validity = Duration.between(now, message.getValidUntil());
        if (validity.isNegative() || validity.isZero()) {
            if (attempt.handover().begin()) {
                tell.accept(new Happening.Expired(attempt));
            }
            return 0;
        }
        if (message.getOnUncertain() == OnUncertain.HOLD && !attempt.recorded()) {
            if (attempt.handover().begin()) {
                tell.accept(new Happening.Intended(attempt));
            }
            return 0;
        }
        Slot slot = provider.reserve(attempt.submission());
        if (slot == null) {
            return LONGEST_SLEEP_NANOS;
        }
        long delay = pacer.take(attempt.submission().parts());
        if (delay > 0) {
            slot.release();
            return delay;
        }
        if (!attempt.handover().begin()) {
            slot.release();
            return 0;
        }
        submit(slot, attempt, validity);
        return 0;
    }

    private void submit(Slot slot, Attempt attempt, Duration validity) {
        unrecorded.incrementAndGet();
        attempt.handover().submitted();
        slot.submit(attempt.submission(), validity).whenComplete((outcome, fault) -> {
            if (fault != null) {
                LOG.error(
                        "submit failed by a fault of ours messageId={}",
                        attempt.handover().messageId(),
                        fault);
            }
            SendOutcome known = outcome != null ? outcome : unknownBecause(fault);
            if (known instanceof SendOutcome.Throttled throttled) {
                pacer.throttled(throttled.retryAfter());
            }
            tell.accept(new Happening.Answered(attempt, known));
        });
        if (attempt.isFollowed()) {
            lanes.putBack(attempt.following());
        }
    }

    private static SendOutcome unknownBecause(Throwable fault) {
        return new SendOutcome.Uncertain(Failure.newBuilder()
                .setCode(FailureCode.GENERIC)
                .setReason("the submit ended in a fault of ours: " + fault)
                .setPermanent(false)
                .build());
    }

    /** What waits must not wait beyond its validity, nor for a provider that stays away while others could carry it. */
    private void sweep() {
        Instant now = clock.instant();
        for (Attempt expired : lanes.take(attempt ->
                !now.isBefore(attempt.handover().routed().getMessage().getValidUntil())
                        && attempt.handover().begin())) {
            tell.accept(new Happening.Expired(expired));
        }
        Availability availability = provider.availability();
        if (!availability.up() && now.isAfter(availability.since().plus(pace.patience()))) {
            for (Attempt stranded : lanes.take(attempt -> Dispatch.mayChangeProvider(attempt.handover())
                    && attempt.handover().begin())) {
                tell.accept(new Happening.ProviderDown(stranded, availability.reason()));
            }
        }
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
