package io.smspipeline.quickstart.command;

import io.smspipeline.quickstart.pipeline.WholeConfiguration;
import io.smspipeline.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./sms config check|print}: what a configuration says, and what is wrong with it. Starts nothing. */
@Command(
        name = "config",
        description = "Checks a configuration, or prints what it comes to.",
        mixinStandardHelpOptions = true)
final class ConfigCommand {
    private final Answer answer;

    ConfigCommand(Answer answer) {
        this.answer = answer;
    }

    @Command(name = "check", description = "Reports every fault with its full key; exit code 2 when there is one.")
    int check(@Mixin PipelineOptions pipeline) {
        Settings settings = pipeline.settings();
        WholeConfiguration.read(settings.root());
        settings.faults().throwIfAny();
        answer.line("the configuration is sound");
        return Exit.DONE;
    }

    @Command(
            name = "print",
            description = "Prints the settings as they are in force, defaults included, secrets masked.")
    int print(@Mixin PipelineOptions pipeline) {
        Settings settings = pipeline.settings();
        WholeConfiguration.read(settings.root());
        settings.faults().throwIfAny();
        answer.line(settings.print().stripTrailing());
        return Exit.DONE;
    }
}
