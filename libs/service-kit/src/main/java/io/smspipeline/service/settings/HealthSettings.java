package io.smspipeline.service.settings;

import io.smspipeline.settings.Section;

/**
 * Section {@code health}: where a process is asked how it is.
 *
 * @param host address to listen at; {@code 127.0.0.1} unless configured, in a pod {@code 0.0.0.0}
 * @param port 0 to 65535; 0 takes a free one
 */
public record HealthSettings(String host, int port) {
    /** A free port: several services on one machine would fight over any other default. */
    public static final int DEFAULT_PORT = 0;

    static HealthSettings read(Section root) {
        Section section = root.section("health");
        return new HealthSettings(
                section.text("host").orElse("127.0.0.1"),
                section.integer("port").between(0, 65535).orElse(DEFAULT_PORT));
    }
}
