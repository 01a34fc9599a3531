package io.smspipeline.service.drain;

import io.smspipeline.service.health.Check;
import io.smspipeline.service.health.HealthChecks;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of one service, started in order and ended in reverse. A service may be a part of another. Its state is a
 * readiness check, and a part that failed for good a liveness check, both under the service's name.
 *
 * <pre>{@code
 * Service service = Service.named("receiver", health);
 * Publisher publisher = service.add("publisher", Publisher.open(...));
 * service.add("smpp", Binds.open(publisher, failure -> service.failed("smpp", failure)));
 * service.started();
 * }</pre>
 *
 * <p>Safe for use by many threads.
 */
public final class Service implements AutoCloseable {
    /** Time for a part to close unless another is given: what a Kafka client needs to leave its group, and some. */
    public static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(Service.class);

    private final String name;
    private final List<HealthChecks.Registration> checks;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final CompletableFuture<Failure> failure = new CompletableFuture<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private volatile Phase phase = Phase.STARTING;

    private enum Phase {
        STARTING,
        READY,
        DRAINING,
        STOPPED
    }

    private record Part(String name, AutoCloseable part, Duration within) {}

    /**
     * Why a service cannot go on.
     *
     * @param part the part that failed
     */
    public record Failure(String part, Throwable cause) {}

    private Service(String name, HealthChecks health) {
        this.name = name;
        this.checks = List.of(
                health.ready(
                        name,
                        () -> phase == Phase.READY && !failure.isDone()
                                ? Check.up("ready")
                                : Check.down(
                                        failure.isDone()
                                                ? "failed"
                                                : phase.name().toLowerCase(Locale.ROOT))),
                health.live(name, this::life));
    }

    /**
     * A service without parts, not ready.
     *
     * @param name unique in the process
     */
    public static Service named(String name, HealthChecks health) {
        return new Service(name, health);
    }

    public String name() {
        return name;
    }

    /** As {@link #add(String, AutoCloseable, Duration)} with {@link #CLOSE_WITHIN}. */
    public <P extends AutoCloseable> P add(String part, P running) {
        return add(part, running, CLOSE_WITHIN);
    }

    /**
     * Adds a part that runs. It is closed before all that were added earlier. Where the service drains already it is closed
     * at once.
     *
     * @param within how long closing may take; then the drain goes on without it
     * @return the part
     * @throws IllegalStateException when the service drains
     */
    public <P extends AutoCloseable> P add(String part, P running, Duration within) {
        Part added = new Part(part, running, within);
        synchronized (parts) {
            if (phase == Phase.STARTING || phase == Phase.READY) {
                parts.push(added);
                if (running instanceof Service inner) {
                    inner.failure()
                            .thenAccept(why -> failure.complete(new Failure(part + "." + why.part(), why.cause())));
                }
                return running;
            }
        }
        close(added);
        throw new IllegalStateException(name + " drains and takes no more parts, so " + part + " was closed again");
    }

    /** All parts run: ready from now on, unless it drains already. */
    public void started() {
        synchronized (parts) {
            if (phase == Phase.STARTING) {
                phase = Phase.READY;
            }
        }
    }

    /**
     * A part failed for good, such as a Streams thread that died: from now on the process is neither ready nor live, and its
     * main ends with an exit code that is not 0.
     */
    public void failed(String part, Throwable cause) {
        if (!failure.isDone()) {
            // Before it is told: the process may end on hearing of it.
            log.atError()
                    .addKeyValue("service", name)
                    .addKeyValue("part", part)
                    .setCause(cause)
                    .log("failed for good");
        }
        failure.complete(new Failure(part, cause));
    }

    /** Completes when a part failed for good; never completes exceptionally. */
    public CompletionStage<Failure> failure() {
        return failure.minimalCompletionStage();
    }

    /**
     * Not ready from here on; then closes the parts in reverse order, each within its time. What a part throws is logged and
     * stops nothing. Returns when all is closed, also to those who call it while another does.
     */
    public void drain() {
        boolean mine;
        synchronized (parts) {
            mine = phase == Phase.STARTING || phase == Phase.READY;
            if (mine) {
                phase = Phase.DRAINING;
            }
        }
        if (mine) {
            // Nothing is added any more, so the lock is not needed, and add() need not wait for the drain.
            log.atInfo().addKeyValue("service", name).log("draining");
            parts.forEach(this::close);
            phase = Phase.STOPPED;
            checks.forEach(HealthChecks.Registration::close);
            drained.complete(null);
            log.atInfo().addKeyValue("service", name).log("stopped");
        }
        drained.join();
    }

    private void close(Part part) {
        FutureTask<Void> closing = new FutureTask<>(() -> {
            part.part().close();
            return null;
        });
        Thread thread = new Thread(closing, "close-" + part.name());
        thread.setDaemon(true);
        thread.start();
        String problem;
        Throwable cause = null;
        try {
            closing.get(part.within().toMillis(), TimeUnit.MILLISECONDS);
            return;
        } catch (TimeoutException e) {
            closing.cancel(true);
            problem = "did not close in time and was left behind";
        } catch (ExecutionException e) {
            cause = e.getCause();
            problem = "failed to close";
        } catch (InterruptedException e) {
            // The thread that drains is told to hurry: it gives up this part and goes on with the rest.
            problem = "was left behind as the drain was interrupted";
        }
        log.atWarn()
                .addKeyValue("service", name)
                .addKeyValue("part", part.name())
                .addKeyValue("within", part.within())
                .setCause(cause)
                .log(problem);
    }

    @Override
    public void close() {
        drain();
    }

    private Check life() {
        @Nullable Failure why = failure.getNow(null);
        return why == null ? Check.up("alive") : Check.down(why.part() + " failed: " + why.cause());
    }
}
