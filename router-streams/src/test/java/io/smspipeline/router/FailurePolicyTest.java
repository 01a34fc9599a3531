package io.smspipeline.router;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.router.state.StateException;
import io.smspipeline.schemas.registry.SchemaRegistryException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class FailurePolicyTest {
    private final Ticking clock = new Ticking();
    private final List<Throwable> ended = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final FailurePolicy policy = new FailurePolicy(Application.STATUS, clock, pauses::add, ended::add);

    private static final class Ticking extends Clock {
        private Instant now = Instant.parse("2026-11-21T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void a_failure_replaces_the_thread_and_the_fifth_within_five_minutes_ends_the_application() {
        StreamsException bug = new StreamsException("bug");
        for (int i = 1; i < FailurePolicy.MOST; i++) {
            assertThat(policy.handle(bug)).isEqualTo(REPLACE_THREAD);
        }
        assertThat(ended).isEmpty();

        assertThat(policy.handle(bug)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(ended).containsExactly(bug);
    }

    @Test
    void failures_long_ago_are_forgotten() {
        for (int i = 0; i < 3 * FailurePolicy.MOST; i++) {
            assertThat(policy.handle(new StreamsException("bug"))).isEqualTo(REPLACE_THREAD);
            clock.now = clock.now.plus(FailurePolicy.WITHIN.dividedBy(3));
        }
        assertThat(ended).isEmpty();
    }

    @Test
    void what_only_needs_time_is_tried_for_as_long_as_it_takes_and_not_in_a_hurry() {
        StreamsException away = new StreamsException(
                "cannot decode", SchemaRegistryException.unreachable("away", new ConnectException("refused")));
        StreamsException slow = new StreamsException("slow", new TimeoutException("no answer"));
        for (int i = 0; i < 100; i++) {
            assertThat(policy.handle(away)).isEqualTo(REPLACE_THREAD);
            assertThat(policy.handle(slow)).isEqualTo(REPLACE_THREAD);
        }
        assertThat(ended).isEmpty();
        assertThat(pauses).hasSize(200).allSatisfy(pause -> assertThat(pause).isPositive());
    }

    @Test
    void what_another_try_cannot_mend_ends_the_application_at_once() {
        assertThat(policy.handle(new StreamsException(new StateException("of a later version"))))
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThat(policy.handle(new StreamsException(new FencedInstanceIdException("another has our place"))))
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThat(policy.handle(new StreamsException(new IOException("flush: No space left on device"))))
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThat(policy.handle(new OutOfMemoryError())).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(ended).hasSize(4);
    }
}
