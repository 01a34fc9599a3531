package io.smspipeline.sender.pacing;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Parts a second to one account. Lowered when the provider throttles and raised slowly afterwards, never above the contract.
 * Several processes share an account in proportion to the partitions they own. Safe for use by many threads; never waits.
 */
public final class Pacer {
    /** A gained share is used after this time, when its former owner has certainly stopped. */
    private static final long GAIN_DELAY = PaceState.SECOND;

    /** Parts a second of a process without a share: not 0, which would mean no limit. */
    private static final double LEAST = 0.001;

    private final double contract;
    private final LongSupplier nanoTime;
    private final AtomicReference<PaceState> state;
    private volatile double share = 1;
    private volatile double gaining = 1;
    private volatile long gainedAt;

    /**
     * @param contract parts a second of the whole account; 0 for no limit of ours
     * @param nanoTime a monotonic clock in nanoseconds
     */
    public Pacer(double contract, LongSupplier nanoTime) {
        this.contract = contract;
        this.nanoTime = nanoTime;
        this.state = new AtomicReference<>(PaceState.starting(contract, nanoTime.getAsLong()));
    }

    /**
     * Takes leave for {@code parts} parts if they may go now.
     *
     * @return 0 when they may, else the nanoseconds to wait before asking again
     */
    public long take(int parts) {
        long now = nanoTime.getAsLong();
        settleShare(now);
        while (true) {
            PaceState seen = current();
            PaceState raised = seen.raised(now);
            long delay = raised.delay(now);
            PaceState next = delay > 0 ? raised : raised.spent(parts, now);
            if (next.equals(seen) || state.compareAndSet(seen, next)) {
                return delay;
            }
        }
    }

    /** The provider refused for the rate; nothing leaves for {@code retryAfter}, or a second when it does not say. */
    public void throttled(Duration retryAfter) {
        long now = nanoTime.getAsLong();
        change(seen -> seen.throttled(now, retryAfter.toNanos()));
    }

    /**
     * Which part of the account this process serves. Less applies at once, more after a second.
     *
     * @param newShare 0 to 1
     */
    public synchronized void share(double newShare) {
        long now = nanoTime.getAsLong();
        gaining = newShare;
        gainedAt = now;
        if (newShare < share) {
            apply(newShare, now);
        }
    }

    /** Parts a second it allows now; 0 when nothing limits it. */
    public double rate() {
        return current().rate();
    }

    private PaceState current() {
        return Objects.requireNonNull(state.get());
    }

    private void settleShare(long now) {
        if (gaining != share && now - gainedAt >= GAIN_DELAY) {
            synchronized (this) {
                apply(gaining, now);
            }
        }
    }

    private void apply(double newShare, long now) {
        share = newShare;
        change(seen -> seen.sharing(contract == 0 ? 0 : Math.max(LEAST, contract * newShare), now));
    }

    private void change(UnaryOperator<PaceState> step) {
        state.updateAndGet(step);
    }
}
