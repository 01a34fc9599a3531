package io.smspipeline.sender.pacing;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Parts a second to one account, evenly spread since SMSCs punish bursts. Lowered when the provider throttles and raised
 * afterwards, never above the contract: see {@link Speed}. Several processes share an account in proportion to the partitions
 * they own; one that has none yet sends nothing. Safe for use by many threads; never waits.
 */
public final class Pacer {
    /** With how many parts a second an account of unknown speed begins. It is doubled twenty times a second while they are taken. */
    public static final double CAUTIOUS = 1_000;

    private final LongSupplier nanoTime;
    private final double contract;
    private final Spacing spacing;
    private final Recent accepted;
    private Share share;
    private Speed speed;
    private long throttledAt;
    private boolean everThrottled;

    /**
     * @param contract parts a second of the whole account; 0 for no limit of ours
     * @param first with how many parts a second an account without a contract begins, such as {@link #CAUTIOUS}; 0: any number
     * @param nanoTime a monotonic clock in nanoseconds
     */
    public Pacer(double contract, double first, LongSupplier nanoTime) {
        long now = nanoTime.getAsLong();
        this.nanoTime = nanoTime;
        this.contract = contract == 0 ? Speed.UNLIMITED : contract;
        this.spacing = new Spacing(now);
        this.accepted = new Recent(now);
        this.share = Share.none(now);
        this.speed = Speed.starting(limit(), first == 0 ? Speed.UNLIMITED : first, now);
    }

    /**
     * Takes leave for {@code parts} parts if they may go now.
     *
     * @param high whether they need not wait for what other lanes were allowed just before
     * @return 0 when they may, else the nanoseconds to wait before asking again
     */
    public synchronized long take(int parts, boolean high) {
        long now = nanoTime.getAsLong();
        Share settled = share.settled(now);
        if (settled != share) {
            share = settled;
            limited(now);
        }
        long delay = spacing.delay(now, speed.rate(), high);
        if (delay == 0) {
            spacing.spend(parts, now, speed.rate());
        }
        return delay;
    }

    /**
     * The provider took parts.
     *
     * @param leftAt when they left, by the clock of this pacer
     */
    public synchronized void accepted(int parts, long leftAt) {
        long now = nanoTime.getAsLong();
        accepted.add(parts, now);
        become(speed.accepted(parts, leftAt, now), now);
    }

    /**
     * The provider refused for the rate.
     *
     * @param leftAt when what it refused left, by the clock of this pacer
     * @param retryAfter nothing leaves before that is over; zero when the provider does not say
     */
    public synchronized void throttled(long leftAt, Duration retryAfter) {
        long now = nanoTime.getAsLong();
        throttledAt = now;
        everThrottled = true;
        long pause = retryAfter.toNanos();
        if (speed.isNews(leftAt)) {
            Speed lower = speed.refused(accepted.inLastSecond(now), now);
            pause = Math.max(pause, lower.pauseAfter(speed));
            become(lower, now);
        }
        spacing.pause(now + pause);
    }

    /**
     * Which part of the account this process serves. Less applies at once, more after a second.
     *
     * @param part 0 to 1
     */
    public synchronized void share(double part) {
        long now = nanoTime.getAsLong();
        share = share.told(part, now);
        limited(now);
    }

    /** Whether the provider refused for the rate within this time. */
    public synchronized boolean throttledWithin(Duration time) {
        return everThrottled && nanoTime.getAsLong() - throttledAt < time.toNanos();
    }

    /** Parts a second it allows now; 0 when nothing limits it, or when it has no share. */
    public synchronized double rate() {
        return speed.rate() == Speed.UNLIMITED ? 0 : speed.rate();
    }

    private void limited(long now) {
        become(speed.limited(limit(), now), now);
    }

    private double limit() {
        return contract == Speed.UNLIMITED ? Speed.UNLIMITED : contract * share.used();
    }

    private void become(Speed next, long now) {
        boolean changed = next.rate() != speed.rate();
        speed = next;
        if (changed) {
            spacing.changed(now, next.rate());
        }
    }
}
