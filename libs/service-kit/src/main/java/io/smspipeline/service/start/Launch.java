package io.smspipeline.service.start;

import io.smspipeline.service.drain.Service;
import io.smspipeline.settings.SettingsException;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a service until it is told to end, and knows the exit code: 0 after SIGTERM or SIGINT, 1 when a part failed for good
 * or by a bug of ours, 2 when the configuration or what it names is at fault.
 *
 * <pre>{@code
 * public static void main(String[] arguments) {
 *     System.exit(Launch.untilSignal(Service.named("receiver", health), service -> start(service, settings)));
 * }
 * }</pre>
 */
public final class Launch {
    /** Ended in order. */
    public static final int DONE = 0;
    /** A part failed for good, or a bug of ours. */
    public static final int FAILED = 1;
    /** The configuration, or something it names, is at fault. */
    public static final int MISCONFIGURED = 2;

    private static final Logger log = LoggerFactory.getLogger(Launch.class);

    private Launch() {}

    /** Starts the parts of a service and adds them to it. */
    @FunctionalInterface
    public interface Starting {
        void start(Service service) throws Exception;
    }

    /**
     * Starts the service, says it is ready, and returns the exit code when it has ended and drained. The caller exits with
     * it; a start that hangs does not keep a signal waiting, as it happens on a thread of its own.
     */
    public static int untilSignal(Service service, Starting starting) {
        return until(Signals.first(), service, starting, System.err);
    }

    /** As {@link #untilSignal}, until something else completes. For use by many threads. */
    public static int until(CompletionStage<?> end, Service service, Starting starting, PrintStream err) {
        CompletableFuture<Integer> code = new CompletableFuture<>();
        end.thenRun(() -> code.complete(DONE));
        service.failure().thenAccept(failure -> code.complete(FAILED));
        Thread thread = new Thread(
                () -> {
                    try {
                        starting.start(service);
                        service.started();
                    } catch (Exception | Error e) {
                        // Told to end while starting: what then fails is a consequence.
                        if (!code.isDone()) {
                            code.complete(told(e, err));
                        }
                    }
                },
                "start-" + service.name());
        thread.setDaemon(true);
        thread.start();
        int exit = code.join();
        service.drain();
        return exit;
    }

    /**
     * Tells a person why something did not start and gives the exit code: a report or a sentence for what the person can
     * mend, a stack trace only for a bug of ours.
     */
    public static int told(Throwable e, PrintStream err) {
        if (e instanceof SettingsException || e instanceof StartUpFault) {
            err.println(e.getMessage());
            return MISCONFIGURED;
        }
        log.error("cannot start for a reason that is no fault of the configuration", e);
        return FAILED;
    }
}
