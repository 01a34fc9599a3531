package io.smspipeline.sender.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.sender.fixture.HandClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pacers that always have something to send, against an SMSC with a limit they were not told. The clock goes on by a
 * millisecond a step; answers come after a latency.
 */
class HiddenLimitTest {
    private static final Duration STEP = Duration.ofMillis(1);
    private static final int WINDOW = 50;

    /** How an SMSC counts. */
    private interface Limiter {
        boolean takes(long nowMs, int limit);
    }

    /** At most so many in any second. */
    private static final class Sliding implements Limiter {
        private final Deque<Long> taken = new ArrayDeque<>();

        @Override
        public boolean takes(long nowMs, int limit) {
            while (!taken.isEmpty() && taken.peekFirst() <= nowMs - 1_000) {
                taken.removeFirst();
            }
            return taken.size() < limit && taken.add(nowMs);
        }
    }

    /** At most so many in each second of its clock. */
    private static final class Seconds implements Limiter {
        private long second = -1;
        private int taken;

        @Override
        public boolean takes(long nowMs, int limit) {
            if (nowMs / 1_000 != second) {
                second = nowMs / 1_000;
                taken = 0;
            }
            return taken < limit && ++taken > 0;
        }
    }

    /** One refilled at the limit, which holds a fifth of a second. */
    private static final class Bucket implements Limiter {
        private double tokens;
        private long seen;

        @Override
        public boolean takes(long nowMs, int limit) {
            tokens = Math.min(Math.max(1, limit / 5.0), tokens + (nowMs - seen) * limit / 1_000.0);
            seen = nowMs;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }
    }

    private record UnderWay(long leftAt, long answeredMs, boolean accepted) {}

    private final HandClock clock = new HandClock();
    private long nowMs;
    private int limit;
    private int accepted;
    private int refused;
    private final Deque<UnderWay> underWay = new ArrayDeque<>();

    private Pacer pacer(double contract) {
        Pacer pacer = new Pacer(contract, Pacer.CAUTIOUS, clock);
        pacer.share(1);
        run(pacer, new Sliding(), 1_000, 0, 0);
        return pacer;
    }

    /** Sends as much as the pacer and a window allow. */
    private void run(Pacer pacer, Limiter limiter, int milliseconds, int latencyMs, int perStep) {
        for (int step = 0; step < milliseconds; step++) {
            while (!underWay.isEmpty() && underWay.peekFirst().answeredMs <= nowMs) {
                UnderWay answered = underWay.removeFirst();
                if (answered.accepted) {
                    pacer.accepted(1, answered.leftAt);
                } else {
                    pacer.throttled(answered.leftAt, Duration.ZERO);
                }
            }
            for (int i = 0; i < perStep && underWay.size() < WINDOW && pacer.take(1, false) == 0; i++) {
                boolean taken = limiter.takes(nowMs, limit);
                accepted += taken ? 1 : 0;
                refused += taken ? 0 : 1;
                underWay.add(new UnderWay(clock.getAsLong(), nowMs + latencyMs, taken));
            }
            clock.pass(STEP);
            nowMs++;
        }
    }

    private static Limiter limiter(String kind) {
        return switch (kind) {
            case "sliding" -> new Sliding();
            case "seconds" -> new Seconds();
            default -> new Bucket();
        };
    }

    @ParameterizedTest
    @CsvSource({
        "sliding, 0, 1",
        "sliding, 0, 20",
        "sliding, 0, 100",
        "sliding, 0, 400",
        "sliding, 200, 20",
        "sliding, 1000, 20",
        "sliding, 55, 20",
        "seconds, 0, 1",
        "seconds, 0, 100",
        "seconds, 200, 20",
        "bucket, 0, 1",
        "bucket, 0, 100",
        "bucket, 200, 20"
    })
    void a_limit_it_was_not_told_is_found_kept_and_forgotten(String kind, double contract, int latencyMs) {
        Pacer pacer = pacer(contract);
        Limiter limiter = limiter(kind);
        limit = 50;

        run(pacer, limiter, 30_000, latencyMs, 20);
        for (int minute = 1; minute <= 3; minute++) {
            accepted = 0;
            refused = 0;
            run(pacer, limiter, 60_000, latencyMs, 20);
            assertThat(accepted / 60.0)
                    .as("accepted a second in minute %d", minute)
                    .isBetween(45.0, 50.1);
            assertThat(refused)
                    .as("refused in minute %d of %d", minute, accepted)
                    .isLessThan(accepted / 50);
        }

        limit = 1_000_000;
        run(pacer, limiter, 10_000, latencyMs, 20);
        double full = contract == 0 ? Double.MAX_VALUE : contract;
        accepted = 0;
        run(pacer, limiter, 1_000, latencyMs, 20);
        double possible = Math.min(full, Math.min(20_000, WINDOW * 1_000.0 / latencyMs));
        assertThat((double) accepted)
                .as("in the second after 10 s without a limit")
                .isGreaterThan(possible * 0.95 - 1);
    }
}
