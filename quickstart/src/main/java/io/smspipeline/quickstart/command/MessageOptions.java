package io.smspipeline.quickstart.command;

import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command about one message is given. */
final class MessageOptions {
    @Mixin
    private PipelineOptions pipeline = new PipelineOptions();

    @Parameters(index = "0", paramLabel = "ID", description = "The message's id.")
    private String id = "";

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            converter = PatienceConverter.class,
            description = "Ends with 3 when no answer came by then; default: 60.")
    private Duration timeout = Duration.ofSeconds(60);

    /** As {@link PipelineOptions#address}. */
    PipelineAddress address() {
        return pipeline.address();
    }

    String id() {
        return id;
    }

    boolean json() {
        return json;
    }

    Duration timeout() {
        return timeout;
    }
}
