package io.smspipeline.localkafka.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A broker in a JVM of its own, so that it can be killed. Its address stays the same through {@link #kill} and {@link
 * #restart}. It ends with the JVM that started it, however that ends. What it logs goes to {@code broker.log} in its
 * data directory. Safe for use by many threads.
 */
public final class BrokerProcess implements AutoCloseable {

    private static final long READY_WITHIN_SECONDS = 120;
    private static final long STOPPED_WITHIN_SECONDS = 30;

    private final BrokerSettings settings;
    private final List<String> launcher;
    private Process process;

    private BrokerProcess(BrokerSettings settings, List<String> launcher, Process process) {
        this.settings = settings;
        this.launcher = List.copyOf(launcher);
        this.process = process;
    }

    /**
     * Starts {@link LocalBrokerMain} with the Java and the class path of this process and returns when the broker
     * serves clients.
     *
     * @throws LocalBrokerException when it ends before, or is not ready in 120 s; the message quotes its log
     */
    public static BrokerProcess start(BrokerSettings settings) {
        return start(settings, List.of());
    }

    static BrokerProcess start(BrokerSettings settings, List<String> launcher) {
        BrokerSettings chosen =
                settings.port() == BrokerSettings.FREE_PORT ? settings.withPort(FreePorts.next()) : settings;
        return new BrokerProcess(chosen, launcher, launch(chosen, launcher));
    }

    private static Process launch(BrokerSettings settings, List<String> launcher) {
        Path log = settings.dataDirectory().resolve("broker.log");
        Process process;
        try {
            Files.createDirectories(settings.dataDirectory());
            process = new ProcessBuilder(command(settings, launcher))
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("a broker process cannot be started: " + e.getMessage(), e);
        }
        try {
            readiness(process).get(READY_WITHIN_SECONDS, TimeUnit.SECONDS);
            return process;
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new LocalBrokerException(
                    "the broker process with its data in " + settings.dataDirectory() + " was not ready in "
                            + READY_WITHIN_SECONDS + " s or ended before. The end of " + log + ":\n" + end(log),
                    e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new LocalBrokerException("interrupted while waiting for a broker process", e);
        }
    }

    private static List<String> command(BrokerSettings settings, List<String> launcher) {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // For a broker that lives for minutes: small, and no compiler threads that outweigh the work.
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=io/smspipeline/localkafka/broker/broker-process-logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                LocalBrokerMain.class.getName(),
                "--data",
                settings.dataDirectory().toString(),
                "--port",
                String.valueOf(settings.port()),
                LocalBrokerMain.WHILE_STDIN_IS_OPEN));
        if (settings.membership() != null) {
            command.add(LocalBrokerMain.MEMBER);
            command.add(settings.membership().toString());
        }
        settings.overrides().forEach((property, value) -> {
            command.add("--set");
            command.add(property + "=" + value);
        });
        return command;
    }

    /** Completes when the process says so, fails when its stdout ends without. Goes on reading, so that it never blocks. */
    private static CompletableFuture<Void> readiness(Process process) {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Thread listener = new Thread(
                () -> {
                    try (BufferedReader lines = new BufferedReader(
                            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            if (line.startsWith(LocalBrokerMain.READY)) {
                                ready.complete(null);
                            }
                        }
                        ready.completeExceptionally(new IOException("the process ended"));
                    } catch (IOException e) {
                        ready.completeExceptionally(e);
                    }
                },
                "broker-process-" + process.pid());
        listener.setDaemon(true);
        listener.start();
        return ready;
    }

    private static String end(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "(it cannot be read: " + e.getMessage() + ")";
        }
    }

    /** {@code 127.0.0.1:port}, for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + settings.port();
    }

    /** What it was started with, the chosen port in place of 0. */
    public BrokerSettings settings() {
        return settings;
    }

    /** Of the current process, also after it ended. */
    public synchronized long pid() {
        return process.pid();
    }

    /** Whether the process lives. */
    public synchronized boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process as {@code kill -9} does and returns when it is gone. Nothing happens when it is gone already. */
    public synchronized void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /**
     * Starts the broker again on its data and address and returns when it serves clients.
     *
     * @throws IllegalStateException when it still runs
     */
    public synchronized void restart() {
        if (process.isAlive()) {
            throw new IllegalStateException("the broker process " + process.pid()
                    + " still runs: two on one data directory would ruin it. Kill or close it first.");
        }
        process = launch(settings, launcher);
    }

    /** Shuts the broker down in order, or kills it when that takes longer than 30 s. Its data stays. Idempotent. */
    @Override
    public synchronized void close() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOPPED_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
