package io.smspipeline.provider.smpp.inbound;

import java.util.concurrent.TimeUnit;

/**
 * What was taken from the SMSC and is not safe yet. While there is too much of it, whoever reads waits, so that TCP slows the
 * SMSC down and nothing is refused; when nothing at all becomes safe for a while, waiting is over and what comes is refused.
 * Safe for use by many threads.
 */
final class Backlog {
    private final int most;
    private final long patience;
    private int waiting;
    private long settled;
    private boolean stuck;
    private boolean closed;

    /**
     * @param most that may wait, at least 1
     * @param patience without any progress, in nanoseconds
     */
    Backlog(int most, long patience) {
        this.most = most;
        this.patience = patience;
    }

    /** Takes a place, after waiting for one. False when there is none and none becomes free. */
    synchronized boolean take() {
        if (waiting >= most && !stuck) {
            awaitRoom();
        }
        if (waiting >= most || closed) {
            return false;
        }
        waiting++;
        return true;
    }

    private void awaitRoom() {
        long seen = settled;
        long deadline = System.nanoTime() + patience;
        // Room for some, so that the reader is not woken for each.
        while (waiting > most - Math.max(1, most / 16) && !closed) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                if (settled == seen) {
                    stuck = waiting >= most;
                    return;
                }
                seen = settled;
                deadline = System.nanoTime() + patience;
                continue;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Gives a place back. */
    synchronized void give() {
        waiting--;
        settled++;
        stuck = false;
        if (waiting == 0 || waiting <= most - Math.max(1, most / 16)) {
            notifyAll();
        }
    }

    /** Has no room from now on. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /**
     * Waits until nothing waits.
     *
     * @param deadline in {@link System#nanoTime}
     */
    synchronized void awaitNone(long deadline) {
        long left = deadline - System.nanoTime();
        while (waiting > 0 && left > 0) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            left = deadline - System.nanoTime();
        }
    }
}
