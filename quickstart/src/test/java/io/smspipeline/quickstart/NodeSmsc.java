package io.smspipeline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.opentest4j.TestAbortedException;

/** An SMSC that nobody here wrote: node-smpp's server, in a process of its own. Needs Node. */
final class NodeSmsc implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path SOURCE = Path.of("src", "test", "node");

    private final Process process;
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();

    private NodeSmsc(Process process) {
        this.process = process;
        new Thread(this::read, "node-smsc").start();
    }

    /** Installs its packages where that was not done yet, and starts it on a free port. */
    static NodeSmsc start() {
        try {
            Path home = installed();
            return new NodeSmsc(new ProcessBuilder("node", "smsc.js", "--port", "0")
                    .directory(home.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the scripts lie with their packages, installed where that was not done yet. Without Node the test is skipped, and says so. */
    static Path installed() throws IOException {
        if (!isOnPath("node") || !isOnPath("npm")) {
            String why = "this test needs Node and npm on the path (Debian: apt-get install nodejs npm)";
            // Where nobody looks, a test that is left out would be missed by nobody.
            assertThat(System.getenv("CI")).as(why).isNull();
            System.err.println("SKIPPED: " + why);
            throw new TestAbortedException(why);
        }
        Path home = Files.createDirectories(Path.of("target", "node"));
        Path lock = home.resolve("package-lock.json");
        boolean upToDate = Files.isDirectory(home.resolve("node_modules"))
                && Files.exists(lock)
                && Files.mismatch(lock, SOURCE.resolve("package-lock.json")) < 0;
        try (Stream<Path> files = Files.list(SOURCE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, home.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!upToDate) {
            Process npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.to(home.resolve("npm.log").toFile()))
                    .start();
            try {
                if (!npm.waitFor(180, TimeUnit.SECONDS) || npm.exitValue() != 0) {
                    npm.destroyForcibly();
                    throw new AssertionError("npm ci failed: " + Files.readString(home.resolve("npm.log")));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
        return home;
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The port it listens at. */
    int port() {
        Awaitility.await("node-smpp listens").atMost(SmsProcess.PATIENCE).until(() -> !events.isEmpty());
        return events.get(0).path("port").asInt();
    }

    /** Everything it told, one event an object. */
    List<JsonNode> events() {
        return events;
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                events.add(MAPPER.readTree(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
