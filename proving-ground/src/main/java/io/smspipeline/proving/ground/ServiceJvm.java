package io.smspipeline.proving.ground;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One service as a process of its own, with the main class its image has: killed, frozen, ended in order and started again, always
 * under the same name, health port and state directory. What it logs goes to a file. For use by one thread.
 */
public final class ServiceJvm implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration LOOK = Duration.ofMillis(50);

    /** The last line of {@code jcmd GC.class_histogram}: instances and octets of everything that is still reachable. */
    private static final Pattern TOTAL = Pattern.compile("Total +\\d+ +(\\d+)");

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path directory;
    private final int healthPort;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private Process process;

    /**
     * Starts it and returns at once.
     *
     * @param name of the service and its instance, such as {@code sender-1}
     * @param launcher is given its command line as arguments and becomes it, as {@code nice} does; may be empty
     * @param main of the service
     * @param config its configuration
     * @param environment what it has beside that
     * @param directory of the run; state and log get their places in it
     * @param healthPort for {@code /health/ready}
     */
    ServiceJvm(
            String name,
            List<String> launcher,
            Class<?> main,
            Path config,
            Map<String, String> environment,
            Path directory,
            int healthPort) {
        this.name = name;
        this.directory = directory;
        this.healthPort = healthPort;
        this.environment = new HashMap<>(environment);
        this.environment.put("SMS_HEALTH__PORT", Integer.toString(healthPort));
        this.command = new ArrayList<>(launcher);
        command.addAll(CommandLineJar.command(
                main, "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8"));
        command.addAll(List.of("--config", config.toString(), "--data", state().toString()));
        this.process = launch();
    }

    private Path state() {
        return directory.resolve(name);
    }

    private Process launch() {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(
                directory.resolve(name + ".log").toFile()));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IllegalStateException("java cannot be started for " + name + ": " + e.getMessage(), e);
        }
    }

    /** {@code sender-1} and the like. */
    public String name() {
        return name;
    }

    /** Starts it again after it ended, and returns at once. */
    public void start() {
        if (process.isAlive()) {
            throw new IllegalStateException(name + " still runs as process " + process.pid());
        }
        process = launch();
    }

    /** Returns once {@code /health/ready} says so. */
    public void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        name + " ended with " + process.exitValue() + " before it was ready; see its log");
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(name + " was not ready within " + PATIENCE + "; see its log");
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
    }

    private boolean isReady() throws InterruptedException {
        HttpRequest ask = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + healthPort + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** {@code kill -9}; returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * SIGTERM; returns when it is gone.
     *
     * @return its exit code
     */
    public int end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " did not end within " + PATIENCE + " after SIGTERM");
        }
        return process.exitValue();
    }

    /** SIGSTOP: it stands still and keeps its connections. */
    public void freeze() throws InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() throws InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws InterruptedException {
        try {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + signal + " of " + name + " gave " + code);
            }
        } catch (IOException e) {
            throw new IllegalStateException("kill cannot be run: " + e.getMessage(), e);
        }
    }

    /**
     * What is reachable in its heap, counted object by object after a full collection: what a busy process allocates meanwhile does
     * not count. Asks the JDK's own {@code jcmd}.
     *
     * @return MiB, rounded down
     */
    public long liveHeap() throws InterruptedException {
        Matcher total = TOTAL.matcher(jcmd("GC.class_histogram"));
        if (!total.find()) {
            throw new IllegalStateException("jcmd GC.class_histogram of " + name + " tells no total");
        }
        return Long.parseLong(total.group(1)) >> 20;
    }

    private String jcmd(String question) throws InterruptedException {
        try {
            Process asked = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(process.pid()),
                            question)
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (asked.waitFor() != 0) {
                throw new IllegalStateException("jcmd " + question + " of " + name + " failed: " + answer);
            }
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException("jcmd cannot be run: " + e.getMessage() + ". It comes with a JDK.", e);
        }
    }

    /** Deletes what it keeps on disk; only while it does not run. */
    public void forget() {
        try (Stream<Path> files = Files.walk(state())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the state of " + name + " cannot be deleted: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
