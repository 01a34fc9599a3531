package io.smspipeline.intake;

import java.time.Duration;

/** Who commits what is finished. */
public sealed interface Commit {
    /** The intake does, each time {@code every} has passed, and when it gives partitions up. */
    static Commit plain(Duration every) {
        return new Plain(every);
    }

    /**
     * The taker does, with {@link Intake#committable}, {@link Intake#groupMetadata} and {@link Intake#committed}: in a
     * transaction with what it produces.
     */
    static Commit byTaker() {
        return new ByTaker();
    }

    /**
     * The intake commits.
     *
     * @param every between two commits, more than zero
     */
    record Plain(Duration every) implements Commit {
        /** Checks the interval. */
        public Plain {
            if (every.isNegative() || every.isZero()) {
                throw new IllegalArgumentException(
                        "an intake commits every " + every + ": the interval must be more than zero.");
            }
        }
    }

    /** The taker commits. */
    record ByTaker() implements Commit {}
}
