package io.smspipeline.provider.smpp.session;

import java.time.Duration;

/** When a link must be probed by enquire_link, and when a probe has failed. Times are those of {@link System#nanoTime}. */
final class Probe {
    private final long interval;
    private final long patience;
    private volatile long heardAt;
    private long askedAt;
    private boolean asked;

    Probe(SessionTiming timing, long now) {
        heardAt = now;
        interval = timing.enquireLink().toNanos();
        patience = timing.probe().toNanos();
    }

    /** Something was read. */
    void heard(long now) {
        heardAt = now;
    }

    /** Whether nothing was read for the interval. */
    synchronized boolean isDue(long now) {
        return !asked && now - heardAt >= interval;
    }

    /** True when an enquire_link is to be sent now: not while another is unanswered. */
    synchronized boolean ask(long now) {
        if (asked) {
            return false;
        }
        asked = true;
        askedAt = now;
        return true;
    }

    synchronized void answered() {
        asked = false;
    }

    /** Only its answer proves that the peer lives: one that still sends but answers nothing is of no use. */
    synchronized boolean failed(long now) {
        return asked && now - askedAt >= patience;
    }

    Duration silence(long now) {
        return Duration.ofNanos(Math.max(0, now - heardAt));
    }
}
