package io.smspipeline.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.Replica;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.Slot;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.Wiring;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.provider.contract.RecordingSink;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.settings.PersonalData;
import io.smspipeline.simulator.aggregator.AggregatorBehaviour;
import io.smspipeline.simulator.aggregator.AggregatorFigures;
import io.smspipeline.simulator.aggregator.AggregatorSettings;
import io.smspipeline.simulator.aggregator.AggregatorType;
import io.smspipeline.simulator.aggregator.SimulatedAggregator;
import io.smspipeline.simulator.aggregator.Sms;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A provider that answers 429 with Retry-After 2 for ten seconds while messages are fed as fast as there is room. */
class RetryAfterTest {
    private static final int MESSAGES = 400;
    private static final long RETRY_AFTER = TimeUnit.SECONDS.toNanos(2);

    /** When requests left us, and when word came that none may. */
    private static final class Watched implements Transport {
        private final Transport real;
        private final Queue<Long> sent = new ConcurrentLinkedQueue<>();
        private final NavigableSet<Long> refused = new ConcurrentSkipListSet<>();

        Watched(Transport real) {
            this.real = real;
        }

        @Override
        public CompletableFuture<HttpAnswer> send(Call call, Duration patience) {
            if (call.method().equals("POST")) {
                sent.add(System.nanoTime());
            }
            return real.send(call, patience).whenComplete((answer, failure) -> {
                if (answer != null && answer.status() == 429) {
                    refused.add(System.nanoTime());
                }
            });
        }

        @Override
        public void close() {
            real.close();
        }
    }

    @Test
    void no_message_is_lost_none_is_sent_twice_and_no_request_leaves_before_its_time() throws Exception {
        AggregatorBehaviour quiet = AggregatorBehaviour.PROMPT
                .with("latency", "5ms")
                .with("receipts", false)
                .with("replies", false)
                .with("retryAfter", "2s");
        try (SimulatedAggregator twilio =
                SimulatedAggregator.start(AggregatorSettings.forTests(AggregatorType.TWILIO, "AC1", "token")
                        .withBehaviour(quiet.with("throttleAll", true)))) {
            HttpSettings settings = PlainApi.settings(twilio.url(), "window: 20");
            Watched[] watched = new Watched[1];
            Provider provider = HttpProvider.open(
                    "us",
                    settings,
                    new PlainApi(twilio.url(), "token", true),
                    new Wiring(
                            Clock.systemUTC(),
                            new RecordingSink(),
                            Replica.ONLY,
                            new SimpleMeterRegistry(),
                            PersonalData.MASKED),
                    real -> watched[0] = new Watched(real));
            Queue<Long> forbidden = new ConcurrentLinkedQueue<>();
            long begun = System.nanoTime();

            Map<String, Integer> accepted = feed(provider, forbidden, begun, () -> twilio.behave(quiet));
            provider.close(Duration.ofSeconds(5));

            assertThat(accepted)
                    .hasSize(MESSAGES)
                    .allSatisfy((id, times) -> assertThat(times).isEqualTo(1));
            assertThat(twilio.messages()).hasSize(MESSAGES);
            assertThat(twilio.messages().stream().map(Sms::text).distinct()).hasSize(MESSAGES);
            AggregatorFigures figures = twilio.figures();
            assertThat(figures.duplicates()).isZero();
            assertThat(figures.throttled()).isPositive();
            for (long from : forbidden) {
                // The provider counts from the answer; that it holds requests back is known a little later.
                long until = watched[0].refused.floor(from) + RETRY_AFTER;
                assertThat(watched[0].sent)
                        .as("requests between %d and %d", from, until)
                        .noneMatch(at -> from < at && at < until);
            }
        }
    }

    /** Feeds all, what was throttled once more, and lifts the limit after ten seconds. */
    private static Map<String, Integer> feed(Provider provider, Queue<Long> forbidden, long begun, Runnable lift)
            throws Exception {
        Semaphore changed = new Semaphore(0);
        provider.onChange(changed::release);
        Deque<Submission> waiting = new ArrayDeque<>();
        for (int i = 0; i < MESSAGES; i++) {
            OutgoingMessage message = Messages.text("m" + i, "text " + i);
            message.setTo("+4477009" + String.format("%05d", i));
            waiting.add(((Plan.Submissions) provider.plan(message)).all().get(0));
        }
        Queue<Submission> again = new ConcurrentLinkedQueue<>();
        Queue<String> accepted = new ConcurrentLinkedQueue<>();
        Queue<SendOutcome> others = new ConcurrentLinkedQueue<>();
        boolean lifted = false;
        long deadline = begun + TimeUnit.SECONDS.toNanos(90);
        while (accepted.size() < MESSAGES && System.nanoTime() < deadline) {
            if (!lifted && System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(10)) {
                lifted = true;
                lift.run();
            }
            for (Submission back = again.poll(); back != null; back = again.poll()) {
                waiting.add(back);
            }
            Submission next = waiting.poll();
            Slot slot = next == null ? null : provider.reserve(next);
            if (next == null || slot == null) {
                if (next != null) {
                    waiting.addFirst(next);
                }
                boolean ignored = changed.tryAcquire(20, TimeUnit.MILLISECONDS);
                continue;
            }
            slot.submit(next, Duration.ofHours(1)).thenAccept(known -> {
                if (known instanceof SendOutcome.Accepted) {
                    accepted.add(next.message().getId());
                } else if (known instanceof SendOutcome.Throttled throttled) {
                    if (throttled.retryAfter().toNanos() >= RETRY_AFTER) {
                        forbidden.add(System.nanoTime());
                    }
                    again.add(next);
                } else {
                    others.add(known);
                }
            });
        }
        assertThat(others).isEmpty();
        Map<String, Integer> times = new HashMap<>();
        accepted.forEach(id -> times.merge(id, 1, Integer::sum));
        return times;
    }
}
