package io.smspipeline.quickstart.command;

import io.smspipeline.schemas.topic.TopicScale;
import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.service.start.Reach;
import io.smspipeline.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command finds the pipeline: the environment, {@code --config}, or the usual ports. */
final class PipelineOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file; the environment wins over it.")
    private @Nullable Path config;

    /** The settings, not yet checked. */
    Settings settings() {
        return Settings.read(config, System.getenv(), ServiceSettings.TOP_LEVEL);
    }

    /** The configuration file; null when none was named. */
    @Nullable
    Path config() {
        return config;
    }

    /**
     * Where the pipeline is, after finding out that it answers.
     *
     * @throws io.smspipeline.service.start.StartUpFault when it does not
     */
    PipelineAddress address() {
        Settings settings = settings();
        ServiceSettings shared = ServiceSettings.read(settings.root(), TopicScale.CLUSTER);
        settings.faults().throwIfAny();
        Reach.both(shared.kafka(), Duration.ZERO);
        return PipelineAddress.of(shared);
    }
}
