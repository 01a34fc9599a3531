package io.smspipeline.quickstart.command;

import io.smspipeline.quickstart.pipeline.TopicProvision;
import io.smspipeline.schemas.topic.TopicScale;
import io.smspipeline.service.settings.KafkaSettings;
import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.service.start.Reach;
import io.smspipeline.settings.Settings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./sms topics apply|check}: creates and verifies topics and subjects. */
@Command(
        name = "topics",
        description = "Creates and verifies topics and the schemas of their values.",
        mixinStandardHelpOptions = true)
final class TopicsCommand {
    private final Answer answer;

    TopicsCommand(Answer answer) {
        this.answer = answer;
    }

    @Command(name = "apply", description = "Creates what is missing; 1 when something differs that it may not change.")
    int apply(
            @Mixin PipelineOptions pipeline,
            @Option(
                            names = "--group",
                            paramLabel = "GROUP",
                            description =
                                    "A handlers' group that may not create its redrive topic; several may be given.")
                    @Nullable
                    List<String> groups) {
        return told(pipeline, true, groups == null ? List.of() : groups);
    }

    @Command(name = "check", description = "Says what is missing or differs, one line each; 1 when anything does.")
    int check(@Mixin PipelineOptions pipeline) {
        return told(pipeline, false, List.of());
    }

    private int told(PipelineOptions pipeline, boolean apply, List<String> groups) {
        Settings settings = pipeline.settings();
        List<String> aliases = TopicProvision.aliases(settings.root());
        KafkaSettings kafka = KafkaSettings.read(settings.root());
        ServiceSettings.read(settings.root(), TopicScale.CLUSTER);
        settings.faults().throwIfAny();
        Reach.both(kafka, Duration.ZERO);
        ServiceSettings shared = ServiceSettings.read(pipeline.settings().root(), TopicProvision.scaleFor(kafka));
        TopicProvision provision = new TopicProvision(shared);
        List<String> differences = apply ? provision.apply(aliases) : provision.check(aliases);
        provision.redrive(groups);
        differences.forEach(answer::line);
        return differences.isEmpty() ? Exit.DONE : Exit.FAILED;
    }
}
