package io.smspipeline.quickstart.command;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How long a command waits for Kafka before it ends with 3. */
final class PatienceOption {
    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            converter = PatienceConverter.class,
            description = "Ends with 3 when it takes longer; default: 30.")
    private Duration timeout = Duration.ofSeconds(30);

    Duration patience() {
        return timeout;
    }
}
