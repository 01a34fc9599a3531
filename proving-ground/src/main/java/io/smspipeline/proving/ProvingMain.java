package io.smspipeline.proving;

import io.smspipeline.proving.fault.Fault;
import io.smspipeline.proving.fault.FaultScript;
import io.smspipeline.proving.ground.Ground;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code proving-ground/prove}: one run from the shell. Exit code 0 when every guarantee was kept, 1 when not. */
@Command(
        name = "prove",
        description = "Breaks the pipeline's processes while messages flow and audits what became of each message.",
        mixinStandardHelpOptions = true)
public final class ProvingMain implements Callable<Integer> {
    enum Script {
        IN_TURN,
        SHUFFLED,
        NONE,
        PASSING
    }

    private final PrintStream out;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Messages a second; default: ${DEFAULT-VALUE}.",
            defaultValue = "500")
    private int rate;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "How long they flow; default: ${DEFAULT-VALUE}.",
            defaultValue = "600")
    private int seconds;

    @Option(
            names = "--every",
            paramLabel = "S",
            description = "Seconds from fault to fault; default: ${DEFAULT-VALUE}.",
            defaultValue = "30")
    private int every;

    @Option(
            names = "--window",
            paramLabel = "N",
            description = "Submits each sender may have unanswered; twice as many may come again when it is killed;"
                    + " default: ${DEFAULT-VALUE}.",
            defaultValue = "" + Ground.USUAL_WINDOW)
    private int window;

    @Option(
            names = "--back",
            paramLabel = "MS",
            description =
                    "How soon a killed sender is to submit again; 0: told and not judged; default: ${DEFAULT-VALUE}.",
            defaultValue = "5000")
    private int back;

    @Option(
            names = "--yielding",
            negatable = true,
            description =
                    "Whether brokers, router and receiver leave the CPUs to the senders, as senders have CPUs of their"
                            + " own elsewhere; default: yes.",
            defaultValue = "true",
            fallbackValue = "true")
    private boolean yielding = true;

    @Option(
            names = "--script",
            description = "One of ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.",
            defaultValue = "IN_TURN")
    private Script script = Script.IN_TURN;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the shuffled script; default: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--brokers",
            paramLabel = "N",
            description = "1 or 3; default: ${DEFAULT-VALUE}.",
            defaultValue = "3")
    private int brokers;

    @Option(
            names = "--low",
            paramLabel = "N",
            description = "With the script passing: LOW messages that wait while a HIGH one is sent each second, the"
                    + " provider's contract being --rate; default: ${DEFAULT-VALUE}.",
            defaultValue = "1000000")
    private int low;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "For data and logs, kept; default: a temporary one, kept too.")
    private @Nullable Path data;

    private ProvingMain(PrintStream out) {
        this.out = out;
    }

    /** Ends with the command's exit code. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        // Interrupted, a run leaves no service behind.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
        CommandLine command = new CommandLine(new ProvingMain(out)).setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path directory = data == null ? Files.createTempDirectory("proving-ground-") : data;
        Duration duration = Duration.ofSeconds(seconds);
        Duration pace = Duration.ofSeconds(every);
        List<Fault> faults = switch (script) {
            case IN_TURN -> FaultScript.inTurn(duration, pace);
            case SHUFFLED -> FaultScript.shuffled(seed, duration, pace);
            case NONE, PASSING -> List.of();
        };
        out.printf("data and logs: %s, script %s, seed %d%n", directory, script, seed);
        boolean kept = script == Script.PASSING
                ? new Passing(low, rate, seconds).judge(directory, out)
                : new Run(brokers, rate, window, duration, faults, yielding, back > 0 ? Duration.ofMillis(back) : null)
                        .judge(directory, out);
        out.println(kept ? "every guarantee was kept" : "a guarantee was BROKEN");
        return kept ? 0 : 1;
    }
}
