package io.smspipeline.provider.webhook;

import java.time.Duration;
import java.time.Instant;

/**
 * How far from now the time in a signature may be, to either side, since clocks differ.
 *
 * @param within zero for no limit
 */
public record ReplayWindow(Duration within) {
    /** Unless configured otherwise. */
    public static final ReplayWindow DEFAULT = new ReplayWindow(Duration.ofMinutes(5));

    /** Refuses what is no time to wait. */
    public ReplayWindow {
        if (within.isNegative()) {
            throw new IllegalArgumentException("replay-window is " + within
                    + ": nothing is younger than that. Set how old a signature may be, or 0s for no limit.");
        }
    }

    /** Whether something signed at that time still counts. */
    public boolean holds(Instant signedAt, Instant now) {
        return within.isZero() || Duration.between(signedAt, now).abs().compareTo(within) <= 0;
    }
}
