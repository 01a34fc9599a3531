package io.smspipeline.receiver;

import io.smspipeline.provider.Instance;
import io.smspipeline.receiver.webhook.HttpSettings;
import io.smspipeline.settings.Section;

/**
 * Section {@code receiver}.
 *
 * @param instance this process among the receivers
 * @param http where providers reach it; a server is started only when one of them sends by HTTP
 */
public record ReceiverSettings(Instance instance, HttpSettings http) {
    /** Reads the section. Faults are recorded in it. */
    public static ReceiverSettings read(Section root) {
        Section receiver = root.section("receiver");
        return new ReceiverSettings(Instance.read(receiver), HttpSettings.read(receiver.section("http")));
    }
}
