package io.smspipeline.quickstart.command;

import io.smspipeline.settings.Durations;
import io.smspipeline.simulator.smsc.Delay;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;

/** {@code --latency 20ms}: a duration as everywhere, or one of the forms of {@link Delay#parse(String)} that vary. */
final class DelayConverter implements ITypeConverter<Delay> {
    @Override
    public Delay convert(String text) {
        Duration always = text.matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(text)) : Durations.parse(text);
        if (always != null && !always.isNegative()) {
            return Delay.fixed(always);
        }
        try {
            return Delay.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UserFault("the delay '" + text + "' is none: give 50ms, 10ms..50ms, 'exp 50ms' or"
                    + " 'p50=20ms p99=300ms' (" + e.getMessage() + ").");
        }
    }
}
