package io.smspipeline.provider;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts submissions awaiting their answer against how many there may be. Safe for use by many threads. */
public final class Window {
    private final int size;
    private final AtomicInteger used = new AtomicInteger();

    /** @param size at least 1 */
    public Window(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("window is " + size
                    + ": a connection needs room for at least one unanswered submission. Set 1 or more.");
        }
        this.size = size;
    }

    /** Takes one place. False when there is none. */
    public boolean take() {
        while (true) {
            int seen = used.get();
            if (seen >= size) {
                return false;
            }
            if (used.compareAndSet(seen, seen + 1)) {
                return true;
            }
        }
    }

    /** Takes all places together, so that there are none from now on. False when one of them is taken. */
    public boolean shut() {
        return used.compareAndSet(0, size);
    }

    /** Gives one place back. */
    public void free() {
        used.decrementAndGet();
    }

    /** Places taken now. */
    public int used() {
        return used.get();
    }

    /** Whether no place is left. */
    public boolean isFull() {
        return used.get() >= size;
    }

    /** Places there are. */
    public int size() {
        return size;
    }
}
