package io.smspipeline.router.waiting;

import java.time.Duration;
import java.util.function.LongConsumer;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Rings once, at or shortly after the earliest instant asked for. Each punctuation of Kafka Streams causes a transaction,
 * so a timer that ticks for nothing would keep an idle cluster busy: this one is set only while something waits.
 *
 * <p>For the stream thread of its task.
 */
public final class Alarm {
    /** It rings on multiples of this, so that what is due about now is done together. */
    public static final long TICK = 200;

    private final ProcessorContext<?, ?> context;
    private final LongConsumer ring;
    private long planned = Long.MAX_VALUE;
    private @Nullable Cancellable schedule;

    /**
     * @param ring is given the wall clock time in epoch milliseconds
     */
    public Alarm(ProcessorContext<?, ?> context, LongConsumer ring) {
        this.context = context;
        this.ring = ring;
    }

    /**
     * Makes it ring at this instant, if it would not ring before.
     *
     * @param time epoch milliseconds; {@link Long#MAX_VALUE} for never
     */
    public void at(long time) {
        if (time >= planned) {
            return;
        }
        long now = context.currentSystemTimeMs();
        long when = (Math.max(time, now + 1) + TICK - 1) / TICK * TICK;
        if (when >= planned) {
            return;
        }
        off();
        planned = when;
        schedule = context.schedule(Duration.ofMillis(when - now), PunctuationType.WALL_CLOCK_TIME, this::ringOnce);
    }

    private void ringOnce(long now) {
        off();
        ring.accept(now);
    }

    private void off() {
        if (schedule != null) {
            schedule.cancel();
            schedule = null;
        }
        planned = Long.MAX_VALUE;
    }
}
