package io.smspipeline.provider.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smspipeline.provider.Window;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What is counted of an HTTP account, under the names that all providers have. Safe for use by many threads. */
final class HttpMeters {
    private final MeterRegistry meters;
    private final Counter late;
    private final Counter lookedUp;
    private final Timer latency;
    private final List<Meter> gauges;

    HttpMeters(String alias, Window window, Standing standing, MeterRegistry meters) {
        this.meters = meters;
        late = Counter.builder("sms.provider.answers.late")
                .description("Answers that came after they were given up on")
                .tag("provider", alias)
                .register(meters);
        lookedUp = Counter.builder("sms.provider.answers.found")
                .description("Messages whose answer was lost and that the provider was found to have taken")
                .tag("provider", alias)
                .register(meters);
        latency = Timer.builder("sms.provider.latency")
                .description("From handing a submission over to the provider's answer")
                .tag("provider", alias)
                .register(meters);
        gauges = List.of(
                Gauge.builder("sms.provider.window.used", window, Window::used)
                        .description("Submissions awaiting their answer")
                        .tag("provider", alias)
                        .register(meters),
                Gauge.builder("sms.provider.refused", standing, one -> one.isRefused() ? 1 : 0)
                        .description("1 while the provider refuses the account")
                        .tag("provider", alias)
                        .tag("bind", "http")
                        .register(meters));
    }

    void answeredAfter(long nanos) {
        latency.record(nanos, TimeUnit.NANOSECONDS);
    }

    void answeredLate() {
        late.increment();
    }

    void found() {
        lookedUp.increment();
    }

    void close() {
        gauges.forEach(meters::remove);
    }
}
