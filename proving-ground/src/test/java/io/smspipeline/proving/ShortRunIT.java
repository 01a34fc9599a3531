package io.smspipeline.proving;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.proving.fault.Fault;
import io.smspipeline.proving.fault.Fault.Kind;
import io.smspipeline.proving.ground.Ground;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The short form of a run, for every build: one fault at each seam, on three brokers. */
class ShortRunIT {
    private static final List<Kind> KINDS = List.of(
            Kind.SENDER_KILLED,
            Kind.BROKER_KILLED,
            Kind.LINES_CUT,
            Kind.SENDER_ENDED,
            Kind.ROUTER_ROBBED,
            Kind.RECEIVER_KILLED);

    @Test
    void whatever_is_broken_every_guarantee_is_kept() throws Exception {
        List<Fault> script = new ArrayList<>();
        for (int i = 0; i < KINDS.size(); i++) {
            script.add(new Fault(Duration.ofSeconds(4 + 4L * i), KINDS.get(i), i));
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        // Kept after the run: the services' logs say why a guarantee was broken.
        Path directory = Path.of("target", "short-run-" + Long.toString(System.nanoTime(), 36));

        boolean kept = new Run(3, 40, Ground.USUAL_WINDOW, Duration.ofSeconds(32), script, false, null)
                .judge(directory, new PrintStream(said, true, StandardCharsets.UTF_8));

        System.out.println(said.toString(StandardCharsets.UTF_8));
        assertThat(kept).as(said.toString(StandardCharsets.UTF_8)).isTrue();
    }
}
