package io.smspipeline.provider.smpp;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smspipeline.provider.SendOutcome;
import java.util.concurrent.TimeUnit;

/** Counts answers by outcome, and how long they took. Safe for use by many threads. */
final class SubmitMeters implements SendOutcome.Cases<Counter> {
    private final Counter accepted;
    private final Counter rejected;
    private final Counter throttled;
    private final Counter unreachable;
    private final Counter uncertain;
    private final Counter late;
    private final Timer latency;

    SubmitMeters(String alias, MeterRegistry meters) {
        accepted = counter(alias, "accepted", meters);
        rejected = counter(alias, "rejected", meters);
        throttled = counter(alias, "throttled", meters);
        unreachable = counter(alias, "unreachable", meters);
        uncertain = counter(alias, "uncertain", meters);
        late = Counter.builder("sms.provider.answers.late")
                .description("Answers that came after they were given up on")
                .tag("provider", alias)
                .register(meters);
        latency = Timer.builder("sms.provider.latency")
                .description("From handing a submission over to the provider's answer")
                .tag("provider", alias)
                .register(meters);
    }

    private static Counter counter(String alias, String outcome, MeterRegistry meters) {
        return Counter.builder("sms.provider.submissions")
                .description("Submissions by what became of them")
                .tag("provider", alias)
                .tag("outcome", outcome)
                .register(meters);
    }

    void settled(SendOutcome outcome) {
        outcome.match(this).increment();
    }

    void answeredAfter(long nanos) {
        latency.record(nanos, TimeUnit.NANOSECONDS);
    }

    void answeredLate() {
        late.increment();
    }

    @Override
    public Counter accepted(SendOutcome.Accepted outcome) {
        return accepted;
    }

    @Override
    public Counter rejected(SendOutcome.Rejected outcome) {
        return rejected;
    }

    @Override
    public Counter throttled(SendOutcome.Throttled outcome) {
        return throttled;
    }

    @Override
    public Counter unreachable(SendOutcome.Unreachable outcome) {
        return unreachable;
    }

    @Override
    public Counter uncertain(SendOutcome.Uncertain outcome) {
        return uncertain;
    }
}
