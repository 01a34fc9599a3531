package io.smspipeline.router.quality;

import java.time.Duration;

/**
 * How well a provider delivered to a country of late.
 *
 * @param delivered parts that arrived, the later the more
 * @param failed parts that did not, of those whose end is known, likewise
 * @param latency from acceptance to receipt, on average over those that arrived; zero when none did
 */
public record Quality(double delivered, double failed, Duration latency) {
    /** Of a provider nobody measured yet: good enough to be tried, and soon outweighed by what is measured. */
    public static final Quality UNMEASURED = new Quality(0, 0, Duration.ZERO);

    private static final double EXPECTED = 0.95;
    private static final double WEIGHT = 20;

    /**
     * The share that arrives, 0 to 1, drawn towards what is usual while little was measured, so that three lost messages do
     * not condemn a provider.
     */
    public double ratio() {
        return (delivered + EXPECTED * WEIGHT) / (delivered + failed + WEIGHT);
    }
}
