package io.smspipeline.receiver.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/**
 * Counts requests of one provider: {@code sms.receiver.webhooks{provider,result}} and those without proof once more in {@code
 * sms.receiver.signature.refused{provider}}, which is there from the start, so that an alert on it needs no first case.
 */
final class WebhookCounters {
    private final String provider;
    private final MeterRegistry meters;
    private final Counter forged;

    WebhookCounters(String provider, MeterRegistry meters) {
        this.provider = provider;
        this.meters = meters;
        forged = Counter.builder("sms.receiver.signature.refused")
                .description("Webhook calls refused because nothing proved that they were the provider's")
                .tag("provider", provider)
                .register(meters);
        for (Result result : Result.values()) {
            counter(result);
        }
    }

    /** How a request ended. */
    enum Result {
        /** Durable, and answered as the provider expects. */
        TAKEN,
        /** Was durable already. */
        REPEATED,
        /** Not the provider's: 403. */
        FORGED,
        /** To be sent again: 503. */
        LATER,
        /** A method, media type or size nobody sends: 405, 413, 415. */
        UNFIT
    }

    void count(Result result) {
        counter(result).increment();
        if (result == Result.FORGED) {
            forged.increment();
        }
    }

    private Counter counter(Result result) {
        return Counter.builder("sms.receiver.webhooks")
                .description("Webhook calls of a provider, by how they ended")
                .tag("provider", provider)
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }
}
