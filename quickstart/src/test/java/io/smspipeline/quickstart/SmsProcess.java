package io.smspipeline.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * The command line as a process of its own, as {@code ./sms} runs it. What it says on stdout is kept line by line; what it
 * logs goes to a file beside the other build output.
 */
final class SmsProcess implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Only ever waited out when something is broken: the machine may be busy with much else. */
    static final Duration PATIENCE = Duration.ofSeconds(300);

    /** What a command is given with {@code --timeout}: less, so that it is the command that says what it waited for. */
    static final String SECONDS = "240";

    private final List<String> command;
    private final Process process;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Thread reader;

    private SmsProcess(List<String> command, Process process) {
        this.command = command;
        this.process = process;
        this.reader = new Thread(this::read, "stdout of " + command.get(0));
        reader.start();
    }

    /** Starts {@code ./sms arguments…} with further environment variables. */
    static SmsProcess start(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-jar",
                Path.of("target", "quickstart.jar").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectError(
                Path.of("target", "process-" + arguments[0] + "-" + Long.toString(System.nanoTime(), 36) + ".log")
                        .toFile());
        try {
            return new SmsProcess(List.of(arguments), builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes to its stdin and ends it. */
    SmsProcess fed(String input) {
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Its exit code, once it ended and everything it said was read. */
    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(command + " did not end within " + PATIENCE);
            }
            reader.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What it said so far. */
    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** What it said so far, as JSON. */
    List<JsonNode> json() {
        return lines().stream().map(SmsProcess::parsed).toList();
    }

    /** The line in which it says that it is ready. */
    JsonNode ready() {
        Awaitility.await(command + " is ready").atMost(PATIENCE).until(() -> {
            if (!process.isAlive() && lines.isEmpty()) {
                throw new AssertionError(command + " ended with " + process.exitValue() + " before it was ready");
            }
            return !lines.isEmpty();
        });
        return parsed(lines.get(0));
    }

    long pid() {
        return process.pid();
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** SIGTERM, and its exit code. */
    int stop() {
        process.destroy();
        return exitCode();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            in.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            // The process was killed in the middle of a line: what was read until then stands.
            lines.add("");
            lines.remove(lines.size() - 1);
        }
    }

    /** A line of JSON. */
    static JsonNode parsed(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON on stdout: " + line, e);
        }
    }
}
