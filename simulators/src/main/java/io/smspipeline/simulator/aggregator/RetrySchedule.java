package io.smspipeline.simulator.aggregator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When a callback that was not taken is sent again.
 *
 * @param waits before the first repetition, the second, and so on; after the last it is given up
 * @param patience how long an answer is waited for
 * @param refusals whether 4xx is worth another try
 * @param errors whether other answers that are no success are
 */
record RetrySchedule(List<Duration> waits, Duration patience, boolean refusals, boolean errors) {
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
