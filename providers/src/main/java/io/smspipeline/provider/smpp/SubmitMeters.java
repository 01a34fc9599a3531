package io.smspipeline.provider.smpp;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/**
 * How the SMSC answers. What became of submissions is counted by who submits, for every kind of provider alike. Safe for use by
 * many threads.
 */
final class SubmitMeters {
    private final Counter late;
    private final Timer latency;

    SubmitMeters(String alias, MeterRegistry meters) {
        late = Counter.builder("sms.provider.answers.late")
                .description("Answers that came after they were given up on")
                .tag("provider", alias)
                .register(meters);
        latency = Timer.builder("sms.provider.latency")
                .description("From handing a submission over to the provider's answer")
                .tag("provider", alias)
                .register(meters);
    }

    void answeredAfter(long nanos) {
        latency.record(nanos, TimeUnit.NANOSECONDS);
    }

    void answeredLate() {
        late.increment();
    }
}
