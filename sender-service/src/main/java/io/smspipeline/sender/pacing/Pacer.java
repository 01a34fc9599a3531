package io.smspipeline.sender.pacing;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Parts a second to one account. Lowered when the provider throttles and raised slowly afterwards, never above the contract.
 * Several processes share an account in proportion to the partitions they own; one that has none yet sends nothing. Safe for
 * use by many threads; never waits.
 */
public final class Pacer {
    private final LongSupplier nanoTime;
    private final AtomicReference<PaceState> state;

    /**
     * @param contract parts a second of the whole account; 0 for no limit of ours
     * @param nanoTime a monotonic clock in nanoseconds
     */
    public Pacer(double contract, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.state = new AtomicReference<>(
                PaceState.starting(contract == 0 ? PaceState.UNLIMITED : contract, nanoTime.getAsLong()));
    }

    /**
     * Takes leave for {@code parts} parts if they may go now.
     *
     * @return 0 when they may, else the nanoseconds to wait before asking again
     */
    public long take(int parts) {
        while (true) {
            PaceState seen = Objects.requireNonNull(state.get());
            long now = nanoTime.getAsLong();
            PaceState current = seen.at(now);
            long delay = current.delay(now);
            if (state.compareAndSet(seen, delay > 0 ? current : current.spent(parts, now))) {
                return delay;
            }
        }
    }

    /** The provider refused for the rate; nothing leaves for {@code retryAfter}, or a second when it does not say. */
    public void throttled(Duration retryAfter) {
        long now = nanoTime.getAsLong();
        state.updateAndGet(seen -> seen.at(now).throttled(now, retryAfter.toNanos()));
    }

    /**
     * Which part of the account this process serves. Less applies at once, more after a second.
     *
     * @param share 0 to 1
     */
    public void share(double share) {
        long now = nanoTime.getAsLong();
        state.updateAndGet(seen -> seen.at(now).sharing(share, now));
    }

    /** Parts a second it allows now; 0 when nothing limits it. */
    public double rate() {
        double rate = Objects.requireNonNull(state.get()).rate();
        return rate == PaceState.UNLIMITED ? 0 : rate;
    }
}
