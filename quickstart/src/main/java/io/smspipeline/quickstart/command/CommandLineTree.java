package io.smspipeline.quickstart.command;

import io.smspipeline.service.start.StartUpFault;
import io.smspipeline.settings.SettingsException;
import java.io.PrintWriter;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Every command, and what becomes of what they throw. */
public final class CommandLineTree {
    private static final Logger log = LoggerFactory.getLogger(CommandLineTree.class);

    private CommandLineTree() {}

    @Command(
            name = "sms",
            description = "An event-driven SMS pipeline on Apache Kafka.",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "COMMAND")
    private static final class Root {}

    /**
     * The command line.
     *
     * @param answer where data goes
     * @param input where {@code --stdin} reads
     */
    public static CommandLine of(Answer answer, InputLines input) {
        CommandLine root = new CommandLine(new Root());
        Map.ofEntries(
                        Map.entry("demo", new DemoCommand(answer)),
                        Map.entry("up", new UpCommand(answer)),
                        Map.entry("run", new RunCommand(answer)),
                        Map.entry("send", new SendCommand(answer, input)),
                        Map.entry("watch", new WatchCommand(answer)),
                        Map.entry("message", new MessageCommand(answer)),
                        Map.entry("cancel", new CancelCommand(answer)),
                        Map.entry("query", new QueryCommand(answer)),
                        Map.entry("redrive", new RedriveCommand(answer)),
                        Map.entry("resolve", new ResolveCommand(answer)),
                        Map.entry("opt-out", new OptOutCommand(answer)),
                        Map.entry("provider", new ProviderCommand(answer)),
                        Map.entry("encode", new EncodeCommand(answer, input)),
                        Map.entry("receipt", new ReceiptCommand(answer, input)),
                        Map.entry("decode", new DecodeCommand(answer, input)),
                        Map.entry("smsc", new SmscCommand(answer)),
                        Map.entry("aggregator", new AggregatorCommand(answer)),
                        Map.entry("routes", RoutesCommand.of(answer)),
                        Map.entry("topics", new TopicsCommand(answer)),
                        Map.entry("config", new ConfigCommand(answer)))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(command -> root.addSubcommand(command.getKey(), command.getValue()));
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setExecutionExceptionHandler((e, where, parsed) -> exitCodeOf(e, where.getErr()));
        root.setParameterExceptionHandler((e, arguments) -> {
            PrintWriter err = e.getCommandLine().getErr();
            Throwable cause = e.getCause() instanceof UserFault fault ? fault : e;
            err.println(cause.getMessage());
            err.println("See `./sms "
                    + e.getCommandLine().getCommandSpec().qualifiedName(" ").replaceFirst("^sms ?", "") + " --help`.");
            return Exit.WRONG_USE;
        });
        return root;
    }

    /** A user's mistake is one sentence; only a fault of ours shows where it happened. */
    private static int exitCodeOf(Exception e, PrintWriter err) {
        if (e instanceof SettingsException || e instanceof StartUpFault || e instanceof UserFault) {
            err.println(e.getMessage());
            return Exit.WRONG_USE;
        }
        if (e instanceof MessageCommand.UnknownMessage) {
            err.println(e.getMessage());
            return Exit.FAILED;
        }
        if (e instanceof KafkaException) {
            log.debug("command failed", e);
            err.println("Kafka or the schema registry did not do what was asked: " + e.getMessage());
            return Exit.FAILED;
        }
        log.error("this is a fault of the program", e);
        return Exit.FAILED;
    }
}
