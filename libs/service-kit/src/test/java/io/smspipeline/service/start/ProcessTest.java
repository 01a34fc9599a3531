package io.smspipeline.service.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process of its own: real signals, real exit codes, and what goes to which stream. */
@Timeout(120)
class ProcessTest {
    @TempDir
    private Path folder;

    private Process start(Path logs, String format, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                SampleMain.class.getName());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("LOG_FORMAT", format);
        builder.redirectError(logs.toFile());
        return builder.start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void a_signal_drains_and_ends_with_0_and_stdout_holds_only_data(String signal) throws Exception {
        Path logs = folder.resolve("logs");
        Process process = start(logs, "text");
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("data");

            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(out.readLine()).isNull();
            assertThat(Files.readString(logs))
                    .contains("a part was closed", "stopped")
                    .doesNotContain("{\"");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void a_part_that_fails_ends_the_process_with_1_and_json_logs_are_one_object_a_line() throws Exception {
        Path logs = folder.resolve("logs");
        Process process = start(logs, "json", "fail");

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue()).isEqualTo(1);
        List<String> lines = Files.readAllLines(logs);
        assertThat(lines).isNotEmpty();
        ObjectMapper json = new ObjectMapper();
        boolean failureTold = false;
        for (String line : lines) {
            JsonNode event = json.readTree(line);
            assertThat(event.has("level")).as(line).isTrue();
            failureTold |= event.path("formattedMessage").asText().equals("failed for good")
                    && event.toString().contains("thread died")
                    && event.path("kvpList").toString().contains("streams");
        }
        assertThat(failureTold).as("the failure and its cause are logged").isTrue();
    }
}
