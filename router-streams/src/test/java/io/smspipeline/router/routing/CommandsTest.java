package io.smspipeline.router.routing;

import static io.smspipeline.router.fixture.Driven.TOPICS;
import static io.smspipeline.router.fixture.Messages.HANDSET;
import static io.smspipeline.router.fixture.Messages.NOW;
import static io.smspipeline.router.fixture.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.Action;
import io.smspipeline.record.Command;
import io.smspipeline.record.CommandKind;
import io.smspipeline.record.EventKind;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.HeldPart;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.OnUncertain;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.ReturnReason;
import io.smspipeline.record.ReturnedMessage;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.router.fixture.Driven;
import io.smspipeline.schemas.registry.MemoryRegistry;
import io.smspipeline.schemas.topic.Lane;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommandsTest {
    private static final RouteTable TABLE =
            new RouteTable(0, List.of(new ProviderRef("primary", "smpp"), new ProviderRef("us", "twilio")), List.of());

    private final Driven high = driven(Flow.HIGH);
    private final Driven bulk = driven(Flow.BULK);

    private static Driven driven(Flow flow) {
        return Driven.start(
                new MemoryRegistry(),
                serdes -> new RoutingTopology(flow, new RoutingSettings(TABLE), TOPICS, 1, serdes).build());
    }

    @AfterEach
    void close() {
        high.close();
        bulk.close();
    }

    private static Command command(CommandKind kind, String provider) {
        return Command.newBuilder()
                .setMessageId("m1")
                .setTo(HANDSET)
                .setKind(kind)
                .setProvider(provider)
                .setParts(provider == null ? List.of() : List.of(new HeldPart(1, "a")))
                .setRequestedBy("ada")
                .setAt(NOW)
                .build();
    }

    /** Both applications read every command. */
    private void give(Command command) {
        high.publish(TOPICS.command(), HANDSET, command);
        bulk.publish(TOPICS.command(), HANDSET, command);
    }

    private static OutgoingMessage later(String id) {
        OutgoingMessage message = message(id);
        message.setSendAt(NOW.plus(Duration.ofHours(1)));
        return message;
    }

    private static List<EventKind> kinds(Driven flow) {
        return flow.values(TOPICS.event()).stream().map(LifecycleEvent::getKind).toList();
    }

    private List<RoutedMessage> commands() {
        return high.values(TOPICS.submit("primary", Lane.HIGH));
    }

    private LifecycleEvent noted() {
        List<LifecycleEvent> events = high.values(TOPICS.event());
        assertThat(events).hasSize(1);
        assertThat(events.get(0).getKind()).isEqualTo(EventKind.NOTED);
        assertThat(bulk.values(TOPICS.event()))
                .as("one of the two applications answers")
                .isEmpty();
        return events.get(0);
    }

    @Test
    void what_is_held_until_its_time_is_cancelled_there_and_then() {
        OutgoingMessage message = later("m1");
        message.setClientReference("order 7");
        bulk.publish(TOPICS.outgoing(), HANDSET, message);
        bulk.publish(TOPICS.outgoing(), HANDSET, later("m2"));
        bulk.values(TOPICS.event());

        give(command(CommandKind.CANCEL, null));

        List<LifecycleEvent> events = bulk.values(TOPICS.event());
        assertThat(events).hasSize(1);
        assertThat(events.get(0).getKind()).isEqualTo(EventKind.CANCELLED);
        assertThat(events.get(0).getMessageId()).isEqualTo("m1");
        assertThat(events.get(0).getClientReference()).isEqualTo("order 7");
        bulk.wait(Duration.ofHours(2));
        assertThat(bulk.values(TOPICS.submit("primary", Lane.NORMAL)))
                .extracting(routed -> routed.getMessage().getId())
                .containsExactly("m2");
    }

    @Test
    void a_cancel_that_overtakes_its_message_wins() {
        give(command(CommandKind.CANCEL, null));
        assertThat(noted().getFailure().getReason()).contains("withdrawn when it comes by");

        bulk.publish(TOPICS.outgoing(), HANDSET, message("m1"));

        assertThat(kinds(bulk)).containsExactly(EventKind.CANCELLED);
        assertThat(bulk.values(TOPICS.submit("primary", Lane.NORMAL))).isEmpty();
    }

    @Test
    void what_its_sender_gives_back_after_a_cancel_is_not_routed_again() {
        give(command(CommandKind.CANCEL, "primary"));
        bulk.publish(
                TOPICS.returned(),
                HANDSET,
                new ReturnedMessage(
                        message("m1"), null, ReturnReason.PROVIDER_DOWN, List.of("primary"), 1, null, null, NOW));

        List<LifecycleEvent> events = bulk.values(TOPICS.event());
        assertThat(events).extracting(LifecycleEvent::getKind).containsExactly(EventKind.CANCELLED);
        assertThat(events.get(0).getAttempt()).isEqualTo(2);
    }

    @Test
    void a_cancel_is_forgotten_when_no_copy_of_its_message_can_turn_up_any_more() {
        give(command(CommandKind.CANCEL, null));
        bulk.wait(Duration.ofDays(7));
        bulk.wait(Duration.ofHours(9));
        bulk.publish(TOPICS.outgoing(), HANDSET, message("m1"));

        assertThat(kinds(bulk)).containsExactly(EventKind.ROUTED);
    }

    @ParameterizedTest
    @EnumSource(
            value = CommandKind.class,
            names = {"CANCEL", "QUERY", "REPLACE"})
    void what_a_provider_took_is_passed_on_to_its_sender_ahead_of_everything_else(CommandKind kind) {
        give(command(kind, "primary"));

        List<RoutedMessage> passed = commands();
        assertThat(passed).hasSize(1);
        RoutedMessage routed = passed.get(0);
        assertThat(routed.getAction()).isEqualTo(Action.COMMAND);
        assertThat(routed.getCommand().getKind()).isEqualTo(kind);
        assertThat(routed.getCommand().getParts()).containsExactly(new HeldPart(1, "a"));
        assertThat(routed.getMessage().getId()).isEqualTo("m1");
        assertThat(routed.getMessage().getTo()).isEqualTo(HANDSET);
        assertThat(routed.getMessage().getValidUntil()).isEqualTo(NOW.plus(Commands.VALIDITY));
        assertThat(bulk.values(TOPICS.submit("primary", Lane.HIGH))).isEmpty();
        assertThat(kinds(high)).isEmpty();
    }

    @Test
    void nobody_can_ask_a_provider_that_is_not_configured_any_more() {
        give(command(CommandKind.QUERY, "gone"));

        assertThat(noted().getFailure().getReason()).contains("'gone' is not configured");
    }

    @Test
    void nobody_can_be_asked_about_what_no_provider_took() {
        give(command(CommandKind.QUERY, null));

        assertThat(noted().getFailure().getReason()).contains("no provider is known to have it");
    }

    @Test
    void a_command_of_a_later_version_is_answered_and_not_guessed_at() {
        give(command(CommandKind.NONE, "primary"));

        assertThat(noted().getFailure().getCode()).isEqualTo(FailureCode.UNSUPPORTED);
        assertThat(commands()).isEmpty();
    }

    private static Command resend() {
        Command resend = command(CommandKind.RESEND, "primary");
        OutgoingMessage message = message("m1", "+44 7700 900-123");
        message.setOnUncertain(OnUncertain.HOLD);
        resend.setMessage(message);
        resend.setAttempt(3);
        return resend;
    }

    @Test
    void a_resend_is_the_next_attempt_and_a_possible_repeat() {
        give(resend());

        RoutedMessage routed =
                high.values(TOPICS.submit("primary", Lane.NORMAL)).get(0);
        assertThat(routed.getAction()).isEqualTo(Action.SUBMIT);
        assertThat(routed.getAttempt()).isEqualTo(4);
        assertThat(routed.getPossibleRepeat()).isTrue();
        assertThat(routed.getMessage().getOnUncertain()).isEqualTo(OnUncertain.HOLD);
        assertThat(routed.getMessage().getTo()).isEqualTo(HANDSET);
        LifecycleEvent event = high.values(TOPICS.event()).get(0);
        assertThat(event.getKind()).isEqualTo(EventKind.ROUTED);
        assertThat(event.getAttempt()).isEqualTo(4);
        assertThat(event.getPossibleRepeat()).isTrue();
        assertThat(bulk.values(TOPICS.submit("primary", Lane.NORMAL))).isEmpty();
    }

    @Test
    void one_uncertain_attempt_is_resolved_once_however_often_it_is_commanded() {
        give(resend());
        kinds(high);
        give(resend());
        assertThat(noted().getFailure().getReason()).contains("attempt 3 was resolved before");
        Command fail = command(CommandKind.FAIL, "primary");
        fail.setAttempt(3);
        give(fail);
        assertThat(noted().getFailure().getCode()).isEqualTo(FailureCode.DUPLICATE);
        assertThat(high.values(TOPICS.submit("primary", Lane.NORMAL))).hasSize(1);

        Command next = resend();
        next.setAttempt(4);
        give(next);

        assertThat(high.values(TOPICS.submit("primary", Lane.NORMAL)).get(0).getAttempt())
                .isEqualTo(5);
    }

    @Test
    void a_resend_without_its_message_is_refused() {
        Command resend = resend();
        resend.setMessage(null);
        give(resend);

        assertThat(noted().getFailure().getReason()).contains("does not carry the message");
    }

    @Test
    void a_message_that_a_person_gives_up_ends_and_says_who_did_it() {
        give(command(CommandKind.FAIL, "primary"));

        List<LifecycleEvent> events = high.values(TOPICS.event());
        assertThat(events).extracting(LifecycleEvent::getKind).containsExactly(EventKind.REFUSED);
        assertThat(events.get(0).getProvider()).isEqualTo("primary");
        assertThat(events.get(0).getFailure().getReason())
                .contains("ended by ada")
                .contains("primary took it");
    }

    @Test
    void a_command_that_lies_elsewhere_than_its_recipient_is_moved_and_carried_out_there() {
        Command command = command(CommandKind.CANCEL, null);
        command.setTo("+44 7700 900 123");
        high.publish(TOPICS.command(), null, command);
        bulk.publish(TOPICS.command(), null, command);

        List<TestRecord<String, Command>> moved = high.records(TOPICS.command());
        assertThat(moved).hasSize(1);
        assertThat(moved.get(0).key()).isEqualTo(HANDSET);
        assertThat(moved.get(0).value().getTo()).isEqualTo(HANDSET);
        assertThat(bulk.values(TOPICS.command())).isEmpty();
        assertThat(kinds(high)).as("carried out where it was moved to").containsExactly(EventKind.NOTED);
    }
}
