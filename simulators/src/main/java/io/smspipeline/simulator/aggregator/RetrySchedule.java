package io.smspipeline.simulator.aggregator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * When a callback that was not taken is sent again.
 *
 * @param waits before the first repetition, the second, and so on; after the last it is given up
 * @param patience how long an answer is waited for
 * @param refusals whether 4xx is worth another try
 * @param errors whether other answers that are no success are
 */
record RetrySchedule(List<Duration> waits, Duration patience, boolean refusals, boolean errors) {
    /** Vonage's: for 24 hours. How often is not documented: here doubling from a minute to an hour. */
    static final RetrySchedule FOR_A_DAY = new RetrySchedule(
            Stream.concat(minutes(1, 2, 4, 8, 16, 32).stream(), Collections.nCopies(23, Duration.ofHours(1)).stream())
                    .toList(),
            Duration.ofSeconds(15),
            true,
            true);

    RetrySchedule {
        waits = List.copyOf(waits);
    }

    /** Whether another try follows. @param status 0: no connection, or no answer */
    boolean isWorthAnother(int status) {
        return status == 0 || (status >= 400 && status < 500 ? refusals : errors);
    }

    static List<Duration> minutes(double... minutes) {
        List<Duration> all = new ArrayList<>();
        for (double each : minutes) {
            all.add(Duration.ofMillis(Math.round(each * 60_000)));
        }
        return all;
    }
}
