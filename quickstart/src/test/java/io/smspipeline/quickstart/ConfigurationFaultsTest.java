package io.smspipeline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.quickstart.command.Answer;
import io.smspipeline.quickstart.command.CommandLineTree;
import io.smspipeline.quickstart.command.InputLines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConfigurationFaultsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void a_wrong_port_a_missing_password_an_unknown_key_and_one_alias_twice_are_reported_together() throws IOException {
        Path config = Files.writeString(directory.resolve("sms.yaml"), """
                providers:
                  - {alias: primary, type: smpp, host: 127.0.0.1, port: 99999, system-id: demo, password: secret}
                  - {alias: primary, type: smpp, host: 127.0.0.1, system-id: demo, windw: 10}
                """);

        assertThat(sms("config", "check", "--config", config.toString())).isEqualTo(2);

        assertThat(err.toString().lines().findFirst())
                .hasValueSatisfying(first -> assertThat(first).startsWith("4 faults"));
        assertThat(err.toString())
                .contains("providers[0].port", "providers[1].password", "providers[1].windw", "providers[1].alias");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void up_refuses_a_faulty_configuration_before_it_starts_anything() throws IOException {
        Path config = Files.writeString(directory.resolve("sms.yaml"), "providers: [{alias: primary, type: smqq}]\n");

        assertThat(sms("up", "--config", config.toString())).isEqualTo(2);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void printing_masks_what_is_secret() throws IOException {
        Path config = Files.writeString(
                directory.resolve("sms.yaml"),
                "providers: [{alias: primary, type: smpp, host: smsc.example, system-id: demo, password: hidden7}]\n");

        assertThat(sms("config", "print", "--config", config.toString())).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("system-id: demo", "***")
                .doesNotContain("hidden7");
    }

    @Test
    void a_command_nobody_knows_is_wrong_use() {
        assertThat(sms("fly")).isEqualTo(2);
        assertThat(err.toString()).contains("fly").doesNotContain("Exception");
    }

    private int sms(String... arguments) {
        CommandLine line = CommandLineTree.of(
                new Answer(new PrintStream(out, true, StandardCharsets.UTF_8)),
                new InputLines(new ByteArrayInputStream(new byte[0])));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
