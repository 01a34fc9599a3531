package io.smspipeline.provider.smpp;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before binding again: exponential with jitter, so that many processes do not come back at the same moment.
 *
 * @param initial upper bound of the first pause
 * @param max upper bound of every pause
 * @param refused first pause after the account was refused: SMSCs lock accounts that hammer. Doubles up to ten times
 */
record Rebind(Duration initial, Duration max, Duration refused) {
    private static final int MOST_DOUBLINGS = 30;
    private static final int MOST_REFUSED = 10;

    /** Of {@link #refused}: what SMSCs take to notice that a former session is gone. */
    private static final int ALREADY_BOUND_PART = 8;

    /** Of {@link #refused}: a place may become free at any time. */
    private static final int NOT_NOW_PART = 6;

    /** @param failures of the same kind in a row, the last one included, at least 1 */
    Duration pause(Refusal refusal, int failures, RandomGenerator random) {
        long doubled = 1L << Math.min(failures - 1, MOST_DOUBLINGS);
        return switch (refusal) {
            case NONE -> part(bounded(initial, doubled, max), random.nextDouble());
            case ALREADY_BOUND ->
                part(bounded(refused.dividedBy(ALREADY_BOUND_PART), doubled, refused), halfAtLeast(random));
            case NOT_NOW ->
                part(
                        bounded(refused.dividedBy(NOT_NOW_PART), doubled, refused.multipliedBy(MOST_REFUSED / 2)),
                        halfAtLeast(random));
            case CREDENTIALS -> refused.multipliedBy(Math.min(MOST_REFUSED, doubled));
        };
    }

    private static double halfAtLeast(RandomGenerator random) {
        return (1 + random.nextDouble()) / 2;
    }

    private static double bounded(Duration first, long times, Duration bound) {
        return Math.min((double) bound.toMillis(), (double) first.toMillis() * times);
    }

    private static Duration part(double millis, double share) {
        return Duration.ofMillis((long) (millis * share));
    }
}
