package io.smspipeline.router.status;

import static io.smspipeline.router.fixture.Driven.TOPICS;
import static io.smspipeline.router.fixture.Happened.accepted;
import static io.smspipeline.router.fixture.Happened.receipt;
import static io.smspipeline.router.fixture.Happened.routed;
import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.Receipt;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.router.fixture.Driven;
import io.smspipeline.schemas.registry.MemoryRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Receipts three times, in reversed order, a day late: each message comes to its one right end, and no state goes back. */
class OddReceiptsTest {
    private static final int MESSAGES = 100;
    private static final List<ReceiptState> STORY =
            List.of(ReceiptState.ENROUTE, ReceiptState.ACCEPTED, ReceiptState.DELIVERED);

    private final Driven status = Driven.start(
            new MemoryRegistry(),
            serdes -> new StatusTopology(
                            new StatusSettings(
                                    Duration.ofHours(72),
                                    Duration.ofHours(24),
                                    Duration.ofHours(48),
                                    Duration.ofDays(8)),
                            TOPICS,
                            1,
                            serdes)
                    .build());

    @AfterEach
    void close() {
        status.close();
    }

    private void submitted() {
        for (int i = 0; i < MESSAGES; i++) {
            LifecycleEvent routed = routed("m" + i);
            status.publish(TOPICS.event(), routed.getMessageId(), routed);
            LifecycleEvent accepted = accepted("m" + i, "p" + i);
            status.publish(TOPICS.accepted(), "primary|p" + i, accepted);
        }
    }

    private void told(int message, ReceiptState state) {
        Receipt receipt = receipt("p" + message, state);
        status.publish(TOPICS.receipt(), "primary|p" + message, receipt);
    }

    /** The end of every third message is a failure. */
    private static ReceiptState endOf(int message) {
        return message % 3 == 0 ? ReceiptState.UNDELIVERABLE : ReceiptState.DELIVERED;
    }

    private void toldBackwards() {
        List<ReceiptState> backwards = new ArrayList<>(STORY);
        Collections.reverse(backwards);
        for (int message = MESSAGES - 1; message >= 0; message--) {
            for (ReceiptState state : backwards) {
                for (int time = 0; time < 3; time++) {
                    told(message, state == ReceiptState.DELIVERED ? endOf(message) : state);
                }
            }
        }
    }

    @Test
    void after_the_acceptance() {
        submitted();
        status.wait(Duration.ofHours(24));
        toldBackwards();

        assertOneRightEndEach();
    }

    @Test
    void before_the_acceptance() {
        toldBackwards();
        submitted();

        assertOneRightEndEach();
    }

    @Test
    void once_more_a_day_after_the_end() {
        submitted();
        toldBackwards();
        status.wait(Duration.ofHours(23));
        toldBackwards();

        assertOneRightEndEach();
    }

    private void assertOneRightEndEach() {
        status.wait(Duration.ofHours(80));
        Map<String, List<MessageState>> states = new HashMap<>();
        for (MessageStatus told : status.values(TOPICS.status())) {
            states.computeIfAbsent(told.getMessageId(), id -> new ArrayList<>()).add(told.getState());
        }
        assertThat(states).hasSize(MESSAGES);
        IntStream.range(0, MESSAGES).forEach(message -> {
            List<MessageState> story = states.get("m" + message);
            assertThat(story).as("m%d", message).isSorted().doesNotHaveDuplicates();
            assertThat(story.get(story.size() - 1))
                    .as("m%d", message)
                    .isEqualTo(
                            endOf(message) == ReceiptState.DELIVERED
                                    ? MessageState.DELIVERED
                                    : MessageState.UNDELIVERABLE);
        });
    }
}
