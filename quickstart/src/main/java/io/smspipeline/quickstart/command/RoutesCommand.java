package io.smspipeline.quickstart.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./sms routes}: asks and changes who carries what. */
@Command(
        name = "routes",
        description = "Explains routes, and changes them while routers run.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class RoutesCommand {
    private RoutesCommand() {}

    static CommandLine of(Answer answer) {
        CommandLine routes = new CommandLine(new RoutesCommand());
        routes.addSubcommand(new ExplainCommand(answer));
        routes.addSubcommand(new RoutesApplyCommand(answer));
        routes.addSubcommand(new RoutesHistoryCommand(answer));
        routes.addSubcommand(new RoutesRollbackCommand(answer));
        routes.addSubcommand(new RoutesReplayCommand(answer));
        return routes;
    }
}
