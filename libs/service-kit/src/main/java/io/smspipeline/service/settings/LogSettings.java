package io.smspipeline.service.settings;

import io.smspipeline.settings.PersonalData;
import io.smspipeline.settings.Section;

/**
 * Section {@code log}. Its format is not in it but in the variable {@code LOG_FORMAT}, since the first lines are written
 * before any file is read.
 *
 * @param personalData whether handset numbers and texts may be seen
 */
public record LogSettings(PersonalData personalData) {
    static LogSettings read(Section root) {
        return new LogSettings(
                root.section("log").flag("personal-data").orElse(false) ? PersonalData.SHOWN : PersonalData.MASKED);
    }
}
