package io.smspipeline.sender.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.HeldAnswer;
import io.smspipeline.provider.HeldMessage;
import io.smspipeline.provider.HeldMessages;
import io.smspipeline.record.Action;
import io.smspipeline.record.Command;
import io.smspipeline.record.CommandKind;
import io.smspipeline.record.EventKind;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.HeldPart;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.Receipt;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.sender.dispatch.Output;
import io.smspipeline.sender.fixture.HandClock;
import io.smspipeline.sender.fixture.Messages;
import io.smspipeline.sender.fixture.ScriptedProvider;
import io.smspipeline.sender.lane.Attempt;
import io.smspipeline.sender.lane.Handover;
import io.smspipeline.sender.lane.Tenures;
import io.smspipeline.sender.lane.Unrecorded;
import io.smspipeline.sender.record.Happening;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes of each command. */
class CommandDeskTest {
    private static final TopicPartition PARTITION = new TopicPartition("sms.submit.acme.high", 0);

    private final HandClock clock = new HandClock();
    private final Tenures tenures = new Tenures();
    private final ScriptedProvider provider = new ScriptedProvider("acme", 10, clock, ScriptedProvider.SILENT);
    private final Desk smsc = new Desk();
    private final List<Happening.Commanded> told = new ArrayList<>();
    private final Deque<Runnable> later = new ArrayDeque<>();
    private boolean waitsHere;
    private final CommandDesk desk = new CommandDesk(
            provider,
            messageId -> CompletableFuture.completedFuture(waitsHere),
            new CommandReport("acme", new Topics("")),
            happening -> told.add((Happening.Commanded) happening),
            clock,
            (task, delay) -> later.add(task));

    @BeforeEach
    void hold() {
        tenures.begin(List.of(PARTITION));
        provider.offers(smsc);
    }

    /** Answers as a test says; what it was asked is kept as {@code operation id}. */
    private static final class Desk implements HeldMessages {
        private final List<String> asked = new ArrayList<>();
        private final Map<String, HeldAnswer> answers = new HashMap<>();

        void answers(String question, HeldAnswer answer) {
            answers.put(question, answer);
        }

        private CompletionStage<HeldAnswer> answer(String question) {
            asked.add(question);
            return CompletableFuture.completedFuture(answers.getOrDefault(question, refused("unknown " + question)));
        }

        @Override
        public CompletionStage<HeldAnswer> query(HeldMessage message) {
            return answer("query " + message.providerMessageId());
        }

        @Override
        public CompletionStage<HeldAnswer> cancel(HeldMessage message) {
            return answer("cancel " + message.providerMessageId() + " from " + message.from() + " to " + message.to());
        }

        @Override
        public CompletionStage<HeldAnswer> replace(HeldMessage message, String text, Duration validity) {
            return answer("replace " + message.providerMessageId() + " " + text);
        }
    }

    private static HeldAnswer refused(String why) {
        return new HeldAnswer.Refused(Messages.failure(FailureCode.REQUEST, why));
    }

    private static HeldAnswer silence() {
        return new HeldAnswer.Unanswered(Messages.failure(FailureCode.CONNECTION, "no bind is up"));
    }

    private static HeldAnswer state(ReceiptState state, boolean last, String id) {
        return new HeldAnswer.Told(
                Receipt.newBuilder()
                        .setProvider("acme")
                        .setProviderMessageId(id)
                        .setState(state)
                        .setFinal$(last)
                        .setHandset("+447700900123")
                        .setSender("12345")
                        .setRaw(ByteBuffer.allocate(0))
                        .setReceivedAt(HandClock.START)
                        .build(),
                id);
    }

    private Handover command(CommandKind kind, String... ids) {
        List<HeldPart> parts = new ArrayList<>();
        for (String id : ids) {
            parts.add(new HeldPart(parts.size() + 1, id));
        }
        RoutedMessage routed = Messages.routed("m");
        routed.setAction(Action.COMMAND);
        routed.setCommand(Command.newBuilder()
                .setMessageId("m")
                .setTo("+447700900123")
                .setKind(kind)
                .setProvider("acme")
                .setFrom("12345")
                .setParts(parts)
                .setText(kind == CommandKind.REPLACE ? "new" : null)
                .setAt(HandClock.START)
                .build());
        Handover handover = Messages.handover(routed, Lane.HIGH, tenures.of(PARTITION), new Unrecorded(10));
        handover.claim();
        desk.carryOut(Attempt.first(handover));
        return handover;
    }

    private List<LifecycleEvent> events() {
        return told.stream()
                .flatMap(commanded -> commanded.outputs().stream())
                .map(Output::value)
                .filter(LifecycleEvent.class::isInstance)
                .map(LifecycleEvent.class::cast)
                .toList();
    }

    private String reason(int event) {
        return String.valueOf(events().get(event).getFailure().getReason());
    }

    @Test
    void each_part_is_withdrawn_and_told_so() {
        smsc.answers("cancel 1 from 12345 to +447700900123", new HeldAnswer.Done());
        smsc.answers("cancel 2 from 12345 to +447700900123", new HeldAnswer.Done());

        command(CommandKind.CANCEL, "1", "2");

        assertThat(events()).extracting(LifecycleEvent::getKind).containsOnly(EventKind.CANCELLED);
        assertThat(events()).extracting(LifecycleEvent::getPart).containsExactly(1, 2);
        assertThat(events()).extracting(LifecycleEvent::getParts).containsOnly(2);
        assertThat(events()).extracting(LifecycleEvent::getProviderMessageId).containsExactly("1", "2");
    }

    @Test
    void what_waits_here_is_withdrawn_without_asking_anybody() {
        waitsHere = true;

        command(CommandKind.CANCEL);

        assertThat(told).hasSize(1);
        assertThat(events()).as("its own withdrawal tells it").isEmpty();
        assertThat(smsc.asked).isEmpty();
    }

    @Test
    void a_message_nobody_is_known_to_have_is_told_not_to_be_cancelled() {
        command(CommandKind.CANCEL);

        assertThat(reason(0)).isEqualTo("CANCEL: the provider is not known to have taken any of it");
    }

    @Test
    void a_refused_cancel_says_what_became_of_the_message_instead() {
        smsc.answers("query 1", state(ReceiptState.DELIVERED, true, "1"));

        command(CommandKind.CANCEL, "1");

        assertThat(events().get(0).getKind()).isEqualTo(EventKind.NOTED);
        assertThat(reason(0)).startsWith("CANCEL: unknown cancel 1");
        assertThat(events().get(0).getReceiptState()).isEqualTo(ReceiptState.DELIVERED);
        assertThat(told.get(0).outputs()).extracting(Output::topic).contains("sms.receipt");
    }

    @Test
    void a_cancel_whose_first_answer_was_lost_is_done() {
        smsc.answers("query 1", state(ReceiptState.DELETED, true, "1"));

        command(CommandKind.CANCEL, "1");

        assertThat(events()).extracting(LifecycleEvent::getKind).containsExactly(EventKind.CANCELLED);
    }

    @Test
    void a_query_tells_the_state_and_a_final_one_as_a_receipt_too() {
        smsc.answers("query 1", state(ReceiptState.ENROUTE, false, "1"));
        smsc.answers("query 2", state(ReceiptState.DELIVERED, true, "2"));

        command(CommandKind.QUERY, "1", "2");

        assertThat(events()).extracting(LifecycleEvent::getKind).containsOnly(EventKind.NOTED);
        assertThat(events())
                .extracting(LifecycleEvent::getReceiptState)
                .containsExactly(ReceiptState.ENROUTE, ReceiptState.DELIVERED);
        assertThat(events()).extracting(LifecycleEvent::getFailure).containsOnlyNulls();
        assertThat(told.get(0).outputs())
                .filteredOn(output -> output.topic().equals("sms.receipt"))
                .extracting(Output::key)
                .containsExactly("acme|2");
    }

    @Test
    void a_text_is_exchanged_where_one_part_was_taken() {
        smsc.answers("replace 1 new", new HeldAnswer.Done());

        command(CommandKind.REPLACE, "1");
        command(CommandKind.REPLACE, "1", "2");

        assertThat(events().get(0).getKind()).isEqualTo(EventKind.NOTED);
        assertThat(events().get(0).getFailure()).isNull();
        assertThat(reason(1)).startsWith("REPLACE: a text can be exchanged where the provider took one part");
    }

    @Test
    void a_provider_that_offers_nothing_of_the_kind_is_told_of_each_part() {
        ScriptedProvider bare = new ScriptedProvider("acme", 10, clock, ScriptedProvider.SILENT);
        CommandDesk without = new CommandDesk(
                bare,
                messageId -> CompletableFuture.completedFuture(false),
                new CommandReport("acme", new Topics("")),
                happening -> told.add((Happening.Commanded) happening),
                clock,
                (task, delay) -> later.add(task));
        Handover handover = command(CommandKind.QUERY, "1", "2");
        told.clear();

        without.carryOut(Attempt.first(handover));

        assertThat(events()).extracting(LifecycleEvent::getPart).containsExactly(1, 2);
        assertThat(events()).extracting(event -> event.getFailure().getCode()).containsOnly(FailureCode.UNSUPPORTED);
        assertThat(reason(0)).startsWith("QUERY: provider acme offers nothing");
    }

    @Test
    void who_does_not_answer_is_asked_again_until_the_time_is_over() {
        smsc.answers("query 1", silence());
        command(CommandKind.QUERY, "1");
        later.remove().run();
        assertThat(smsc.asked).hasSize(2);
        assertThat(told).isEmpty();

        clock.pass(Duration.ofHours(2));
        later.remove().run();

        assertThat(reason(0)).isEqualTo("QUERY: no bind is up");
        assertThat(later).isEmpty();
    }

    @Test
    void a_command_without_an_answer_does_not_keep_its_partition() {
        smsc.answers("query 1", silence());
        smsc.answers("query 2", silence());
        command(CommandKind.QUERY, "1", "2");
        tenures.end(List.of(PARTITION));

        later.remove().run();
        later.remove().run();

        assertThat(tenures.underWay()).isZero();
        assertThat(told).isEmpty();
        assertThat(later).isEmpty();
    }
}
