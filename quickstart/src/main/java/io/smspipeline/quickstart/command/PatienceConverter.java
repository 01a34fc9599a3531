package io.smspipeline.quickstart.command;

import io.smspipeline.settings.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;

/** {@code --timeout 60}: seconds when it is a bare number, else a duration such as {@code 500ms} or {@code 2m}. */
final class PatienceConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        Duration patience =
                text.matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(text)) : Durations.parse(text);
        if (patience == null || patience.isNegative()) {
            throw new UserFault("the duration '" + text + "' is none: give seconds, or 500ms, 30s, 72h, PT30S.");
        }
        return patience;
    }
}
