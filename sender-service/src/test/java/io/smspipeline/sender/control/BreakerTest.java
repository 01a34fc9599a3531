package io.smspipeline.sender.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.SendOutcome;
import io.smspipeline.record.BreakerState;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When a provider is said to be passed over, and when it is tried again. */
class BreakerTest {
    private static final SendOutcome TAKEN = new SendOutcome.Accepted("1", List.of("1"));
    private static final SendOutcome NO_ANSWER =
            new SendOutcome.Uncertain(failure(FailureCode.CONNECTION), new CompletableFuture<>());
    private static final SendOutcome REFUSED = new SendOutcome.Rejected(failure(FailureCode.REQUEST));
    private static final SendOutcome NO_CREDIT = new SendOutcome.Rejected(failure(FailureCode.CREDIT));
    private static final SendOutcome THROTTLED =
            new SendOutcome.Throttled(failure(FailureCode.LIMITS), Duration.ofSeconds(1));

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private final Breaker breaker = new Breaker(new BreakerSettings(50, 20, Duration.ofSeconds(30)), new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    private static Failure failure(FailureCode code) {
        return new Failure(code, "its own trouble", null, null, false);
    }

    private void answers(int times, SendOutcome outcome) {
        for (int i = 0; i < times; i++) {
            breaker.count(outcome);
        }
    }

    private BreakerState after(int seconds) {
        now = now.plusSeconds(seconds);
        return breaker.judge().state();
    }

    @Test
    void it_opens_when_half_of_the_answers_of_half_a_minute_are_failures() {
        answers(11, TAKEN);
        answers(10, NO_ANSWER);
        assertThat(after(0)).isEqualTo(BreakerState.CLOSED);

        answers(1, NO_CREDIT);

        assertThat(after(0)).isEqualTo(BreakerState.OPEN);
        assertThat(breaker.judge().since()).isEqualTo(now);
    }

    @Test
    void few_answers_say_nothing() {
        answers(19, NO_ANSWER);

        assertThat(after(0)).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void what_is_older_than_half_a_minute_is_forgotten() {
        answers(19, NO_ANSWER);
        assertThat(after(30)).isEqualTo(BreakerState.CLOSED);

        answers(10, TAKEN);
        answers(9, NO_ANSWER);

        assertThat(after(0)).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void refusals_of_messages_and_being_throttled_say_nothing_of_a_provider() {
        answers(50, REFUSED);
        answers(50, THROTTLED);

        assertThat(after(0)).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void after_its_rest_a_few_good_answers_close_it() {
        answers(20, NO_ANSWER);
        assertThat(after(0)).isEqualTo(BreakerState.OPEN);
        assertThat(after(29)).isEqualTo(BreakerState.OPEN);
        assertThat(after(1)).isEqualTo(BreakerState.TRIAL);

        answers(4, TAKEN);
        assertThat(after(1)).isEqualTo(BreakerState.TRIAL);
        answers(1, TAKEN);

        assertThat(after(0)).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void a_trial_that_fails_opens_it_for_another_rest() {
        answers(20, NO_ANSWER);
        after(0);
        after(30);
        answers(2, TAKEN);
        answers(3, NO_ANSWER);

        assertThat(after(0)).isEqualTo(BreakerState.OPEN);
        assertThat(after(29)).isEqualTo(BreakerState.OPEN);
        assertThat(after(1)).isEqualTo(BreakerState.TRIAL);
    }

    @Test
    void where_hardly_anything_is_sent_a_trial_does_not_last_for_ever() {
        answers(20, NO_ANSWER);
        after(0);
        after(30);

        assertThat(after(30)).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void with_0_percent_it_never_opens() {
        Breaker never = new Breaker(new BreakerSettings(0, 1, Duration.ofSeconds(1)), Clock.systemUTC());
        never.count(NO_ANSWER);

        assertThat(never.judge().state()).isEqualTo(BreakerState.CLOSED);
    }
}
