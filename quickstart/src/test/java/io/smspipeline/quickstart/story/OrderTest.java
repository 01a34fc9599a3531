package io.smspipeline.quickstart.story;

import static io.smspipeline.quickstart.story.Told.HANDSET;
import static io.smspipeline.quickstart.story.Told.NOW;
import static io.smspipeline.quickstart.story.Told.at;
import static io.smspipeline.quickstart.story.Told.event;
import static io.smspipeline.quickstart.story.Told.part;
import static io.smspipeline.quickstart.story.Told.published;
import static io.smspipeline.quickstart.story.Told.story;
import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.Command;
import io.smspipeline.record.CommandKind;
import io.smspipeline.record.EventKind;
import io.smspipeline.record.HeldPart;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderTest {
    private static Order order(Story story, CommandKind wanted) {
        return Order.of(story, wanted, "ada", NOW);
    }

    private static Command given(Story story, CommandKind wanted) {
        assertThat(order(story, wanted)).isInstanceOf(Order.Give.class);
        return ((Order.Give) order(story, wanted)).command();
    }

    private static String refusal(Story story, CommandKind wanted) {
        assertThat(order(story, wanted)).isInstanceOf(Order.Answered.class);
        Order.Answered answered = (Order.Answered) order(story, wanted);
        assertThat(answered.done()).isFalse();
        return String.valueOf(answered.reason());
    }

    @Test
    void a_command_carries_every_submission_the_last_provider_took_and_no_other() {
        LifecycleEvent elsewhere = part(EventKind.ACCEPTED, 1, "z");
        elsewhere.setProvider("gone");
        Story story = story(
                List.of(
                        at(EventKind.ROUTED, "primary"),
                        elsewhere,
                        part(EventKind.ACCEPTED, 1, "a"),
                        part(EventKind.ACCEPTED, 2, "b"),
                        part(EventKind.ACCEPTED, 2, "c"),
                        part(EventKind.ACCEPTED, 2, "c")),
                MessageState.ACCEPTED);

        Command command = given(story, CommandKind.CANCEL);

        assertThat(command.getProvider()).isEqualTo("primary");
        assertThat(command.getFrom()).isEqualTo("12345");
        assertThat(command.getTo()).isEqualTo(HANDSET);
        assertThat(command.getParts())
                .containsExactly(new HeldPart(1, "a"), new HeldPart(2, "b"), new HeldPart(2, "c"));
        assertThat(command.getRequestedBy()).isEqualTo("ada");
    }

    @Test
    void what_waits_for_its_time_is_nobody_s_but_ours() {
        Command command = given(story(List.of(event(EventKind.SCHEDULED)), MessageState.SCHEDULED), CommandKind.CANCEL);

        assertThat(command.getProvider()).isNull();
        assertThat(command.getParts()).isEmpty();
    }

    @Test
    void what_its_sender_has_not_submitted_yet_is_cancelled_there() {
        Story story = story(List.of(at(EventKind.ROUTED, "primary")), MessageState.ROUTED);

        assertThat(given(story, CommandKind.CANCEL).getProvider()).isEqualTo("primary");
    }

    @Test
    void what_its_sender_gave_back_is_ours_again() {
        Story story =
                story(List.of(at(EventKind.ROUTED, "primary"), at(EventKind.RETURNED, "primary")), MessageState.ROUTED);

        assertThat(given(story, CommandKind.CANCEL).getProvider()).isNull();
    }

    @Test
    void what_was_published_and_not_routed_yet_can_be_withdrawn() {
        Story story = new Story("m1", List.of(), List.of(), published());

        Command command = given(story, CommandKind.CANCEL);

        assertThat(command.getTo()).isEqualTo(HANDSET);
        assertThat(command.getProvider()).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"DELIVERED", "UNDELIVERABLE", "EXPIRED", "REJECTED", "CANCELLED"})
    void what_has_ended_is_not_cancelled_and_needs_no_question(MessageState end) {
        Story story = story(List.of(part(EventKind.ACCEPTED, 1, "a")), end);

        assertThat(refusal(story, CommandKind.CANCEL)).isEqualTo("it is " + end + " already");
        assertThat(order(story, CommandKind.QUERY)).isEqualTo(new Order.Answered(true, null));
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCEPTED", "UNKNOWN"})
    void what_ended_by_our_guess_may_still_be_held_by_its_provider(MessageState guess) {
        Story story = story(List.of(part(EventKind.ACCEPTED, 1, "a")), guess);

        assertThat(given(story, CommandKind.CANCEL).getParts()).hasSize(1);
        assertThat(given(story, CommandKind.QUERY).getParts()).hasSize(1);
    }

    @Test
    void nobody_is_asked_about_what_no_provider_took() {
        assertThat(order(story(List.of(event(EventKind.SCHEDULED)), MessageState.SCHEDULED), CommandKind.QUERY))
                .isEqualTo(new Order.Answered(true, null));
    }

    @ParameterizedTest
    @EnumSource(names = {"RESEND", "FAIL"})
    void only_what_is_uncertain_is_resolved(CommandKind resolve) {
        Story story = story(List.of(part(EventKind.ACCEPTED, 1, "a")), MessageState.ACCEPTED);

        assertThat(refusal(story, resolve)).startsWith("it is ACCEPTED").contains("UNCERTAIN");
    }

    @Test
    void a_resend_carries_the_message_and_the_attempt_it_follows() {
        LifecycleEvent uncertain = at(EventKind.UNCERTAIN, "primary");
        uncertain.setAttempt(3);
        Story story = story(List.of(uncertain), MessageState.UNCERTAIN);

        assertThat(refusal(story, CommandKind.RESEND)).contains("publish it anew");
        Command command = given(story.withMessage(published()), CommandKind.RESEND);

        assertThat(command.getMessage()).isEqualTo(published());
        assertThat(command.getAttempt()).isEqualTo(3);
        assertThat(given(story, CommandKind.FAIL).getAttempt()).isEqualTo(3);
    }
}
