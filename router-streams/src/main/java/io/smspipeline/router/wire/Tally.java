package io.smspipeline.router.wire;

import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Counts outcomes that no record tells. It appears among the metrics of Kafka Streams, group {@code stream-router-metrics}, as
 * {@code <name>-total} and {@code <name>-rate}, one for each stream thread.
 */
public final class Tally {
    private final Sensor sensor;

    private Tally(Sensor sensor) {
        this.sensor = sensor;
    }

    /** @param name lower case with dashes, such as {@code receipts-unmatched} */
    public static Tally of(ProcessorContext<?, ?> context, String name) {
        return of(context, context.applicationId(), name);
    }

    /**
     * As {@link #of(ProcessorContext, String)}, for each of several subjects.
     *
     * @param subject whom it counts for, in tag {@code router-id}
     */
    public static Tally of(ProcessorContext<?, ?> context, String subject, String name) {
        return new Tally(context.metrics().addRateTotalSensor("router", subject, name, Sensor.RecordingLevel.INFO));
    }

    /** Adds so many; 0 is allowed. */
    public void add(int count) {
        for (int i = 0; i < count; i++) {
            sensor.record();
        }
    }
}
