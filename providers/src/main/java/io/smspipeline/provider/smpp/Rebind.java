package io.smspipeline.provider.smpp;

import io.smspipeline.provider.smpp.submit.StatusClass;
import io.smspipeline.provider.smpp.submit.StatusCode;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before binding again: exponential with full jitter, so that many processes do not come back at the same
 * moment.
 *
 * @param initial upper bound of the first pause
 * @param max upper bound of every pause
 * @param refused first pause after the account was refused: SMSCs lock accounts that hammer. Doubles up to ten times
 */
record Rebind(Duration initial, Duration max, Duration refused) {
    private static final int MOST_DOUBLINGS = 30;
    private static final int MOST_REFUSED = 10;

    /**
     * @param failures of the same kind (refusals, or other ones) in a row, the last one included, at least 1
     * @param refusal command_status of the refused bind; null when the link failed
     */
    Duration pause(int failures, @Nullable Integer refusal, RandomGenerator random) {
        if (isRefusal(refusal)) {
            return refused.multipliedBy(Math.min(MOST_REFUSED, 1L << Math.min(failures - 1, MOST_DOUBLINGS)));
        }
        double bound =
                Math.min(max.toMillis(), initial.toMillis() * Math.pow(2, Math.min(failures - 1, MOST_DOUBLINGS)));
        return Duration.ofMillis((long) (bound * random.nextDouble()));
    }

    /** Whether the SMSC does not accept the account, so that trying again soon is of no use. */
    static boolean isRefusal(@Nullable Integer status) {
        // ESME_RALYBND: our own session of before still counts there, which passes.
        return status != null && status != 0x05 && StatusCode.of(status).kind() == StatusClass.BIND;
    }
}
