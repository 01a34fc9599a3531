package io.smspipeline.provider.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.provider.Provider;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.contract.Feeder;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.provider.contract.RecordingSink;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.simulator.smsc.Behaviour;
import io.smspipeline.simulator.smsc.SimulatedSmsc;
import io.smspipeline.simulator.smsc.SmscSettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HighReserveTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final HighReserve reserve = new HighReserve(now::get);

    private void answers(long millis) {
        for (int i = 0; i < 50; i++) {
            reserve.answeredAfter(TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    @Test
    void nothing_is_kept_while_no_high_message_is_about() {
        answers(5_000);

        assertThat(reserve.isKept()).isFalse();

        reserve.highOffered();
        assertThat(reserve.isKept()).isTrue();

        now.addAndGet(TimeUnit.SECONDS.toNanos(61));
        assertThat(reserve.isKept()).isFalse();
    }

    @Test
    void nothing_is_kept_while_answers_come_soon() {
        reserve.highOffered();
        answers(50);
        assertThat(reserve.isKept()).isFalse();

        answers(500);
        assertThat(reserve.isKept()).isTrue();

        answers(20);
        assertThat(reserve.isKept()).isFalse();
    }

    private static Submission submission(Feeder feeder, String id, Priority priority) {
        OutgoingMessage message = Messages.text(id, "Hello");
        message.setPriority(priority);
        return feeder.plan(message).get(0);
    }

    private static int taken(Feeder feeder, Priority priority) {
        int taken = 0;
        while (feeder.trySubmit(submission(feeder, "m" + taken, priority)) != null) {
            taken++;
        }
        return taken;
    }

    @Test
    void behind_a_window_full_of_low_messages_that_wait_long_a_high_one_has_a_place() throws Exception {
        try (SimulatedSmsc smsc = SimulatedSmsc.start(SmscSettings.forTests()
                        .withBehaviour(Behaviour.prompt()
                                .with()
                                .receipts(false)
                                .latency(Duration.ofMillis(300))
                                .build()));
                Provider provider = SmppTestAccount.at(smsc.port(), "binds: 2", "window: 3")
                        .open(SmppTestAccount.wiring(new RecordingSink()))) {
            await().atMost(SOON).until(() -> provider.availability().reason().startsWith("2 of 2"));
            Feeder feeder = new Feeder(provider);
            var first = feeder.submit(submission(feeder, "code", Priority.HIGH));
            provider.flush();
            assertThat(first.get(SOON.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(SendOutcome.Accepted.class);
            smsc.behave(Behaviour.prompt().with().holdAnswers(true).build());

            assertThat(taken(feeder, Priority.LOW)).isEqualTo(5);
            assertThat(taken(feeder, Priority.HIGH)).isEqualTo(1);
            provider.close(Duration.ZERO);
        }
    }
}
