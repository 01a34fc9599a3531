package io.smspipeline.receiver;

import io.smspipeline.provider.Instance;
import io.smspipeline.settings.Section;

/**
 * Section {@code receiver}.
 *
 * @param instance this process among the receivers
 */
public record ReceiverSettings(Instance instance) {
    /** Reads {@code replica}. Faults are recorded in the section. */
    public static ReceiverSettings read(Section root) {
        return new ReceiverSettings(Instance.read(root.section("receiver")));
    }
}
