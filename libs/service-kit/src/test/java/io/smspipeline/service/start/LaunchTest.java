package io.smspipeline.service.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.service.drain.Service;
import io.smspipeline.service.health.HealthChecks;
import io.smspipeline.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The exit code tells a script what to think of a process that ended. */
@Timeout(60)
class LaunchTest {
    private final HealthChecks health = new HealthChecks();
    private final Service service = Service.named("receiver", health);
    private final CompletableFuture<String> signal = new CompletableFuture<>();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final List<String> closed = new CopyOnWriteArrayList<>();

    private int run(Launch.Starting starting) {
        return Launch.until(signal, service, starting, new PrintStream(told, true, StandardCharsets.UTF_8));
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_signal_ends_a_running_service_in_order_and_with_0() {
        int code = run(running -> {
            running.add("binds", () -> closed.add("binds"));
            signal.complete("SIGTERM");
        });

        assertThat(code).isZero();
        assertThat(closed).containsExactly("binds");
        assertThat(told()).isEmpty();
    }

    @Test
    void a_signal_ends_a_service_that_hangs_while_it_starts() {
        int code = run(starting -> {
            starting.add("publisher", () -> closed.add("publisher"));
            signal.complete("SIGINT");
            new CountDownLatch(1).await();
        });

        assertThat(code).isZero();
        assertThat(closed).containsExactly("publisher");
    }

    @Test
    void a_part_that_fails_for_good_ends_the_process_with_1_after_a_drain() {
        int code = run(running -> {
            running.add("publisher", () -> closed.add("publisher"));
            running.failed("streams", new IllegalStateException("thread died"));
        });

        assertThat(code).isEqualTo(1);
        assertThat(closed).containsExactly("publisher");
    }

    @Test
    void faults_of_the_configuration_are_reported_whole_and_end_with_2() {
        int code = run(starting ->
                Settings.parse("a: 1\nb: 2\n", Map.of(), Set.of()).faults().throwIfAny());

        assertThat(code).isEqualTo(2);
        assertThat(told()).isEqualTo("""
                        2 faults in the configuration:
                        a: is not a known key; remove it or correct its name
                        b: is not a known key; remove it or correct its name
                        """);
    }

    @Test
    void what_the_operator_can_mend_is_one_sentence_and_2_and_what_was_started_is_closed() {
        int code = run(starting -> {
            starting.add("health", () -> closed.add("health"));
            throw new StartUpFault("no Kafka broker answers at x:1 (kafka.bootstrap.servers).");
        });

        assertThat(code).isEqualTo(2);
        assertThat(told()).isEqualTo("no Kafka broker answers at x:1 (kafka.bootstrap.servers).\n");
        assertThat(closed).containsExactly("health");
    }

    @Test
    void a_bug_of_ours_ends_with_1_also_when_it_is_an_error() {
        assertThat(run(starting -> {
                    throw new IllegalStateException("bug");
                }))
                .isEqualTo(1);
        Service other = Service.named("other", health);
        assertThat(Launch.until(
                        signal,
                        other,
                        starting -> {
                            throw new NoClassDefFoundError("jar forgotten");
                        },
                        System.err))
                .isEqualTo(1);
    }
}
