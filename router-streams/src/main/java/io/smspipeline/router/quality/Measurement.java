package io.smspipeline.router.quality;

import io.smspipeline.record.ProviderQuality;
import java.time.Duration;

/**
 * What receipts of late say. Each counts half as much after {@link #HALF_LIFE}, so that there is no window at whose end
 * figures jump. Immutable.
 *
 * @param delivered parts that arrived
 * @param failed parts that did not
 * @param latency milliseconds from acceptance to receipt, summed up over what arrived
 * @param at when it was so, epoch milliseconds
 */
record Measurement(double delivered, double failed, double latency, long at) {
    static final Duration HALF_LIFE = Duration.ofMinutes(30);

    static final Measurement NOTHING = new Measurement(0, 0, 0, 0);

    /** As a partition told it. */
    static Measurement of(ProviderQuality said) {
        return new Measurement(
                said.getDelivered(),
                said.getFailed(),
                said.getLatency(),
                said.getAt().toEpochMilli());
    }

    /** The same at a later moment; an earlier one changes nothing. */
    Measurement faded(long now) {
        if (now <= at) {
            return this;
        }
        double left = Math.pow(0.5, (now - at) / (double) HALF_LIFE.toMillis());
        return new Measurement(delivered * left, failed * left, latency * left, now);
    }

    Measurement withDelivered(Duration after, long now) {
        Measurement faded = faded(now);
        double millis = Math.max(0, after.toMillis());
        return new Measurement(faded.delivered + 1, faded.failed, faded.latency + millis, faded.at);
    }

    Measurement withFailed(long now) {
        Measurement faded = faded(now);
        return new Measurement(faded.delivered, faded.failed + 1, faded.latency, faded.at);
    }

    /** Both, as of the later one. */
    Measurement plus(Measurement other) {
        Measurement one = faded(other.at);
        Measurement two = other.faded(at);
        return new Measurement(
                one.delivered + two.delivered, one.failed + two.failed, one.latency + two.latency, one.at);
    }

    Quality quality() {
        return new Quality(
                delivered, failed, delivered == 0 ? Duration.ZERO : Duration.ofMillis(Math.round(latency / delivered)));
    }
}
