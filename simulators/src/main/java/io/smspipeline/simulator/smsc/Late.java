package io.smspipeline.simulator.smsc;

import java.time.Duration;

/**
 * A share of something comes late.
 *
 * @param share 0 to 1
 * @param after how late these come
 */
public record Late(double share, Duration after) {
    /** None comes late. */
    public static final Late NEVER = new Late(0, Duration.ZERO);

    public Late {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share is " + share + ": set 0 to 1, as 0.1 for one of ten.");
        }
        if (after.isNegative()) {
            throw new IllegalArgumentException(
                    "after is " + after + ": nothing comes before its cause. Set 0ms or more.");
        }
    }
}
