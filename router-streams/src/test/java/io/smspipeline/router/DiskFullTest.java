package io.smspipeline.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.router.fixture.Live;
import io.smspipeline.router.fixture.Messages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of two routers has no room left for its state. Takes a minute and wants a small disk of its own, hence the right to mount
 * one: run with {@code -Dsms.proofs=true}. What an application does about a full disk is in {@link FailurePolicyTest} too.
 */
@ExtendWith(KafkaEnvExtension.class)
class DiskFullTest {
    private static final int MESSAGES = 4_000;
    private static final String YAML = """
            providers: [{alias: primary, type: smpp}]
            router: {session-timeout: 6s}
            """;

    private static ConditionFactory eventually() {
        return await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(120));
    }

    @Test
    void it_says_so_and_stops_and_the_other_takes_its_work_over(KafkaEnv env, @TempDir Path directory)
            throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        boolean mounted = Boolean.getBoolean("sms.proofs")
                && run("mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", disk.toString());
        if (!mounted) {
            System.err.println(
                    "DiskFullTest is skipped: it wants -Dsms.proofs=true and the right to mount a small disk");
        }
        assumeTrue(mounted, "no small disk to fill");
        try (Live live = Live.start(env, YAML)) {
            CountDownLatch failed = new CountDownLatch(1);
            RouterApp full = live.another(1, disk.resolve("state"), cause -> failed.countDown());
            try {
                full.start();
                eventually()
                        .until(() -> full.allRunning()
                                && live.app().allRunning()
                                && full.trouble().isEmpty());
                fill(disk);
                assertThat(full.trouble())
                        .hasValueSatisfying(
                                why -> assertThat(why).contains("MiB are left for state at " + disk.resolve("state")));

                Live.Reader<MessageStatus> statuses =
                        live.reader(List.of(live.topics().status()));
                for (int i = 0; i < MESSAGES; i++) {
                    live.publish(live.topics().outgoing(), "+4477009" + (10_000 + i), waiting(i));
                }
                live.flush();

                assertThat(failed.await(120, TimeUnit.SECONDS))
                        .as("it stopped for good")
                        .isTrue();
                eventually().until(full::isBroken);
                // As the process does on hearing of it.
                full.close(Duration.ofSeconds(10));
                statuses.until(all -> ids(all.stream()
                                        .map(record -> record.value())
                                        .filter(status -> status.getState() == MessageState.SCHEDULED)
                                        .toList())
                                .size()
                        == MESSAGES);
                assertThat(live.app().isBroken()).isFalse();
            } finally {
                full.close(Duration.ofSeconds(5));
            }
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    private static Set<String> ids(List<MessageStatus> statuses) {
        return statuses.stream().map(MessageStatus::getMessageId).collect(Collectors.toSet());
    }

    /** One that is kept in the state until its time comes. */
    private static OutgoingMessage waiting(int number) {
        OutgoingMessage message = Messages.message("m" + number, "+4477009" + (10_000 + number));
        message.setCreatedAt(Instant.now());
        message.setSendAt(Instant.now().plus(Duration.ofHours(1)));
        message.setLabels(Map.of("padding", "x".repeat(8_000)));
        return message;
    }

    private static void fill(Path disk) {
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
