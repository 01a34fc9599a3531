package io.smspipeline.sender.lane;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the submissions that a hard kill now could repeat: all those of messages of which something was submitted and whose
 * record is not finished. A message counts with all its submissions as soon as it is begun, since whoever reads its record
 * again submits all of them again. Safe for use by many threads.
 */
public final class Unrecorded {
    private final int most;
    private final AtomicInteger count = new AtomicInteger();

    /** @param most how many there may be, at least 1 */
    public Unrecorded(int most) {
        this.most = most;
    }

    /** Whether a message of so many submissions may be begun. One larger than the limit may, alone. */
    public boolean hasRoomFor(int submissions) {
        int now = count.get();
        return now == 0 || now + submissions <= most;
    }

    void add(int submissions) {
        count.addAndGet(submissions);
    }

    void remove(int submissions) {
        count.addAndGet(-submissions);
    }

    /** How many there are now. */
    public int count() {
        return count.get();
    }
}
