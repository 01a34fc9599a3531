package io.smspipeline.provider;

import java.time.Duration;

/**
 * How fast and how far ahead a provider may be fed by one process.
 *
 * @param window submissions awaiting their answer at the same time, over all connections of this process; at least 1
 * @param partsPerSecond parts a second the whole account may send; 0: no limit of ours
 * @param maxUnrecorded submissions that may have been answered or be under way and whose outcome Kafka does not have yet:
 *     the most that can repeat after a hard kill; at least {@code window}
 * @param patience how long the provider may be away before a message that has an alternative is handed back
 */
public record Pace(int window, double partsPerSecond, int maxUnrecorded, Duration patience) {
    /** Checks the ranges. */
    public Pace {
        if (window < 1) {
            throw new IllegalArgumentException("window is " + window
                    + ": a provider needs room for at least one unanswered submission. Set 1 or more.");
        }
        if (partsPerSecond < 0) {
            throw new IllegalArgumentException(
                    "parts-per-second is " + partsPerSecond + ": set 0 for no limit, or the rate of the contract.");
        }
        if (maxUnrecorded < window) {
            throw new IllegalArgumentException(
                    "max-unrecorded is " + maxUnrecorded + " with a window of " + window
                            + ": the window could never fill. Set at least the window; the default is twice the window and 50 ms of rate.");
        }
    }

    /** Twice the window and 50 ms of rate: room for the answers that Kafka is just taking. */
    public static int defaultMaxUnrecorded(int window, double partsPerSecond) {
        return 2 * window + (int) Math.ceil(partsPerSecond / 20);
    }
}
