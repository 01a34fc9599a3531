package io.smspipeline.service.start;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sun.misc.Signal;

/**
 * SIGTERM and SIGINT of this process. The JVM's own answer to them ends with exit code 143 or 130 whatever the shutdown hooks
 * do, yet being told to end and ending in order is no failure. Hence the handler, which only tells: the main thread drains
 * and chooses the exit code.
 */
public final class Signals {
    private Signals() {}

    /** Takes the signals over for the rest of the process's life; completes with the first one's name. */
    public static CompletionStage<String> first() {
        CompletableFuture<String> first = new CompletableFuture<>();
        for (String name : List.of("TERM", "INT")) {
            try {
                Signal.handle(new Signal(name), signal -> first.complete("SIG" + signal.getName()));
            } catch (IllegalArgumentException e) {
                // The JVM was told to leave this signal alone (-Xrs), or the system has none of that name.
                continue;
            }
        }
        return first;
    }
}
