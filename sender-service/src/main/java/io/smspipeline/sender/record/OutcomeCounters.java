package io.smspipeline.sender.record;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smspipeline.provider.SendOutcome;

/** Counts outcomes by kind, {@code sms.sender.outcomes{provider,outcome}}, and what is given up, {@code sms.sender.capped{provider}}. */
final class OutcomeCounters {
    private final SendOutcome.Cases<Counter> counters;
    private final Counter capped;

    OutcomeCounters(MeterRegistry meters, String alias) {
        Counter accepted = counter(meters, alias, "accepted");
        Counter rejected = counter(meters, alias, "rejected");
        Counter throttled = counter(meters, alias, "throttled");
        Counter unreachable = counter(meters, alias, "unreachable");
        Counter uncertain = counter(meters, alias, "uncertain");
        capped = Counter.builder("sms.sender.capped")
                .description(
                        "Submissions that are not made any more: their message was submitted as often as it may be")
                .tag("provider", alias)
                .register(meters);
        counters = new SendOutcome.Cases<>() {
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
        };
    }

    private static Counter counter(MeterRegistry meters, String alias, String outcome) {
        return Counter.builder("sms.sender.outcomes")
                .description("Submissions by what the provider said")
                .tag("provider", alias)
                .tag("outcome", outcome)
                .register(meters);
    }

    void countCapped() {
        capped.increment();
    }

    void count(SendOutcome outcome) {
        outcome.match(counters).increment();
    }
}
