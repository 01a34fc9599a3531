package io.smspipeline.router.status;

import static io.smspipeline.router.fixture.Driven.TOPICS;
import static io.smspipeline.router.fixture.Happened.accepted;
import static io.smspipeline.router.fixture.Happened.acceptedForGood;
import static io.smspipeline.router.fixture.Happened.receipt;
import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.Command;
import io.smspipeline.record.CommandKind;
import io.smspipeline.record.HeldPart;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.router.fixture.Driven;
import io.smspipeline.schemas.registry.MemoryRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InquiriesTest {
    private static final Duration AFTER = Duration.ofHours(1);

    /** A sweep notices a deadline a twentieth of the silence late at most. */
    private static final Duration LATE = AFTER.dividedBy(10);

    private Driven status = started(Set.of("primary"));

    private static Driven started(Set<String> asked) {
        StatusSettings settings = new StatusSettings(
                Duration.ofHours(72),
                Duration.ofHours(24),
                Duration.ofHours(72),
                Duration.ofDays(8),
                new InquirySettings(asked, AFTER, 10));
        return Driven.start(new MemoryRegistry(), serdes -> new StatusTopology(settings, TOPICS, 1, serdes).build());
    }

    @AfterEach
    void close() {
        status.close();
    }

    private void isAccepted(LifecycleEvent event) {
        status.publish(TOPICS.accepted(), "primary|" + event.getProviderMessageId(), event);
    }

    private List<Command> commands() {
        return status.values(TOPICS.command());
    }

    @Test
    void a_provider_that_said_nothing_is_asked() {
        isAccepted(accepted("m1", "A1"));
        status.wait(AFTER.minusMinutes(1));
        assertThat(commands()).isEmpty();

        status.wait(LATE);

        assertThat(commands()).singleElement().satisfies(command -> {
            assertThat(command.getKind()).isEqualTo(CommandKind.QUERY);
            assertThat(command.getMessageId()).isEqualTo("m1");
            assertThat(command.getProvider()).isEqualTo("primary");
            assertThat(command.getParts()).containsExactly(new HeldPart(1, "A1"));
            assertThat(command.getRequestedBy()).isEqualTo("status");
        });
    }

    @Test
    void it_is_asked_again_after_twice_the_silence_and_no_more_once_it_has_spoken() {
        isAccepted(accepted("m1", "a"));
        status.wait(AFTER.plus(LATE));
        assertThat(commands()).hasSize(1);
        status.wait(AFTER.multipliedBy(2).minus(LATE));
        assertThat(commands()).isEmpty();
        status.wait(LATE.multipliedBy(2));
        assertThat(commands()).hasSize(1);

        status.publish(TOPICS.receipt(), "primary|a", receipt("a", ReceiptState.DELIVERED));
        status.wait(Duration.ofHours(24));

        assertThat(commands()).isEmpty();
        List<MessageStatus> statuses = status.values(TOPICS.status());
        assertThat(statuses.get(statuses.size() - 1).getState()).isEqualTo(MessageState.DELIVERED);
    }

    @Test
    void only_the_parts_that_nothing_was_heard_of_are_asked_for() {
        isAccepted(accepted("m1", "a", 1, 2, 1));
        isAccepted(accepted("m1", "b", 2, 2, 1));
        status.publish(TOPICS.receipt(), "primary|a", receipt("a", ReceiptState.DELIVERED));

        status.wait(AFTER.plus(LATE));

        assertThat(commands())
                .singleElement()
                .satisfies(command -> assertThat(command.getParts()).containsExactly(new HeldPart(2, "b")));
    }

    @Test
    void who_will_say_nothing_or_is_not_to_be_asked_is_not() {
        isAccepted(acceptedForGood("m1", "a"));
        status.wait(Duration.ofHours(10));
        assertThat(commands()).isEmpty();
        status.close();
        status = started(Set.of("other"));
        isAccepted(accepted("m2", "b"));

        status.wait(Duration.ofHours(10));

        assertThat(commands()).isEmpty();
    }

    @Test
    void many_silent_ones_are_asked_for_one_after_the_other() {
        for (int i = 0; i < 3_000; i++) {
            isAccepted(accepted("m" + i, "a" + i));
        }

        status.wait(AFTER);
        List<Command> all = new ArrayList<>();
        int most = 0;
        for (int second = 0; second < 600; second++) {
            status.wait(Duration.ofSeconds(1));
            List<Command> now = commands();
            most = Math.max(most, now.size());
            all.addAll(now);
        }

        assertThat(most).as("of ten a second those of one walk").isLessThan(600);
        assertThat(all).as("each once").hasSize(3_000);
        assertThat(all).extracting(Command::getMessageId).doesNotHaveDuplicates();
    }
}
