package io.smspipeline.sender.control;

import io.smspipeline.provider.SendOutcome;
import io.smspipeline.record.BreakerState;
import io.smspipeline.record.FailureCode;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whether a provider that is up should be passed over, since too much of what it was given of late failed for reasons of its own:
 * no answer, no link, its own trouble, no credit. A refusal of one message says nothing of a provider, and being throttled is
 * what the pace is for. It judges and stops nobody: routing prefers others by what it says, and what has no other goes on.
 *
 * <p>Safe for use by many threads.
 */
public final class Breaker {
    private static final int SECONDS = 30;

    /** So many answers of a trial decide it; fewer do when the rest is over once more. */
    private static final int TRIAL_ANSWERS = 5;

    private static final Set<FailureCode> ITS_OWN = EnumSet.of(
            FailureCode.AUTH, FailureCode.LIMITS, FailureCode.CREDIT, FailureCode.SERVER, FailureCode.CONNECTION);

    private final BreakerSettings settings;
    private final Clock clock;
    private final int[] answers = new int[SECONDS];
    private final int[] failures = new int[SECONDS];
    private long second;
    private BreakerState state = BreakerState.CLOSED;
    private Instant since;

    /**
     * What it says.
     *
     * @param since when it came to say so
     */
    public record Judgement(BreakerState state, Instant since) {}

    /** Closed, nothing being known. */
    public Breaker(BreakerSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.since = clock.instant();
        this.second = since.getEpochSecond();
    }

    /** A submission was answered, or its answer given up. */
    public synchronized void count(SendOutcome outcome) {
        if (outcome instanceof SendOutcome.Throttled) {
            return;
        }
        forget(clock.instant().getEpochSecond());
        answers[slot(second)]++;
        failures[slot(second)] += isItsOwn(outcome) ? 1 : 0;
    }

    private static boolean isItsOwn(SendOutcome outcome) {
        return outcome instanceof SendOutcome.Uncertain
                || outcome instanceof SendOutcome.Unreachable
                || outcome instanceof SendOutcome.Rejected rejected
                        && ITS_OWN.contains(rejected.failure().getCode());
    }

    /** What follows from the answers so far. */
    public synchronized Judgement judge() {
        Instant now = clock.instant();
        forget(now.getEpochSecond());
        boolean isRested = !now.isBefore(since.plus(settings.rest()));
        int answered = Arrays.stream(answers).sum();
        switch (state) {
            case CLOSED -> {
                if (settings.percent() > 0 && answered >= settings.answers() && fails(answered)) {
                    become(BreakerState.OPEN, now);
                }
            }
            case OPEN -> {
                if (isRested) {
                    become(BreakerState.TRIAL, now);
                }
            }
            case TRIAL -> {
                if (answered >= TRIAL_ANSWERS || isRested) {
                    become(answered > 0 && fails(answered) ? BreakerState.OPEN : BreakerState.CLOSED, now);
                }
            }
        }
        return new Judgement(state, since);
    }

    private boolean fails(int answered) {
        return 100L * Arrays.stream(failures).sum() >= (long) settings.percent() * answered;
    }

    /** What came before speaks no more. */
    private void become(BreakerState next, Instant now) {
        state = next;
        since = now;
        Arrays.fill(answers, 0);
        Arrays.fill(failures, 0);
    }

    private void forget(long current) {
        for (long passed = Math.max(second + 1, current - SECONDS + 1); passed <= current; passed++) {
            answers[slot(passed)] = 0;
            failures[slot(passed)] = 0;
        }
        second = Math.max(second, current);
    }

    private static int slot(long second) {
        return (int) Math.floorMod(second, (long) SECONDS);
    }
}
