package io.smspipeline.service.metrics;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what is logged, by level: {@code logback.events}, as Micrometer's own binder names it. That one is asked about each line
 * that is not logged too, which Kafka's clients do many times a record. Safe for use by many threads.
 */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final ch.qos.logback.classic.Logger root;
    private final Map<Level, Counter> byLevel;

    /** Counts from now on. */
    LogLines(MeterRegistry registry) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        Map<Level, Counter> counters = new HashMap<>();
        for (Level level : new Level[] {Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG, Level.TRACE}) {
            counters.put(
                    level,
                    Counter.builder("logback.events")
                            .tag("level", level.toString().toLowerCase(Locale.ROOT))
                            .description("Log events that were logged")
                            .baseUnit("events")
                            .register(registry));
        }
        byLevel = Map.copyOf(counters);
        setName("log-lines");
        setContext(context);
        start();
        root.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        Counter counter = byLevel.get(event.getLevel());
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void close() {
        root.detachAppender(this);
        stop();
    }
}
