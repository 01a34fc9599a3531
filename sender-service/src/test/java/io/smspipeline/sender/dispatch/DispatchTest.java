package io.smspipeline.sender.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.Submission;
import io.smspipeline.record.EventKind;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.OnUncertain;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.record.ReturnReason;
import io.smspipeline.record.ReturnedMessage;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.record.StatusReport;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.sender.fixture.HandClock;
import io.smspipeline.sender.fixture.Messages;
import io.smspipeline.sender.fixture.ScriptedProvider;
import io.smspipeline.sender.lane.Attempt;
import io.smspipeline.sender.lane.Handover;
import io.smspipeline.sender.lane.Past;
import io.smspipeline.sender.lane.Tenure;
import io.smspipeline.sender.lane.Unrecorded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows from each outcome in each situation. */
class DispatchTest {
    private static final Instant NOW = HandClock.START;
    private static final Topics TOPICS = new Topics("");

    private final Dispatch dispatch = new Dispatch("acme", TOPICS, true);

    /** Whether others could carry the message, what became of it so far, and whether it may be submitted twice. */
    private record Situation(
            boolean alternatives, boolean partLeftUs, boolean partUnderWay, boolean hold, int attempt) {
        Attempt claim() {
            RoutedMessage routed = Messages.parts(2, "m", alternatives ? new String[] {"other"} : new String[0]);
            routed.setAttempt(attempt);
            routed.getMessage().setOnUncertain(hold ? OnUncertain.HOLD : OnUncertain.RESEND);
            Attempt claimed = claimed(routed);
            if (partLeftUs) {
                claimed.handover().noteLeftUs();
            }
            if (partUnderWay) {
                claimed.handover().claim();
            }
            return claimed;
        }
    }

    private static Attempt claimed(RoutedMessage routed) {
        Handover handover =
                Messages.handover(routed, Lane.NORMAL, new Tenure(new TopicPartition("t", 0)), new Unrecorded(10));
        handover.claim();
        return Attempt.first(handover);
    }

    private static SendOutcome outcome(String name) {
        return switch (name) {
            case "accepted" -> new SendOutcome.Accepted("0A1", "a1");
            case "throttled" -> ScriptedProvider.throttled();
            case "disconnected" -> ScriptedProvider.unreachable(Duration.ZERO);
            case "trouble-1s" -> ScriptedProvider.unreachable(Duration.ofSeconds(1));
            case "trouble-60s" -> ScriptedProvider.unreachable(Duration.ofSeconds(60));
            case "uncertain" -> ScriptedProvider.uncertain();
            default -> ScriptedProvider.rejected(FailureCode.valueOf(name));
        };
    }

    private static String told(Verdict verdict) {
        StringBuilder told = new StringBuilder(verdict.getClass().getSimpleName());
        if (verdict instanceof Verdict.Again again) {
            told.append(again.attempt().number() > 1 && again.attempt().possibleRepeat() ? " repeated" : "")
                    .append(again.delay().isZero() ? "" : " in " + again.delay().toSeconds() + "s");
        }
        for (Output output : verdict.outputs()) {
            told.append(", ")
                    .append(
                            output.value() instanceof LifecycleEvent event
                                    ? event.getKind()
                                    : ((ReturnedMessage) output.value()).getReason());
        }
        return told.toString();
    }

    @ParameterizedTest(name = "{0} with alternatives={1} partLeftUs={2} partUnderWay={3} hold={4} attempt={5}: {6}")
    @CsvSource(textBlock = """
            # outcome          | alternatives | left us | under way | hold  | attempt | what follows
            accepted           | false        | false   | false     | false | 1       | Done, ACCEPTED
            accepted           | true         | true    | true      | true  | 3       | Done, ACCEPTED

            # refused for good: for what the message is, or for what this provider is
            INVALID_RECIPIENT  | false        | false   | false     | false | 1       | Ended, REFUSED
            INVALID_RECIPIENT  | true         | false   | false     | false | 1       | Ended, REFUSED
            CONTENT_BLOCKED    | true         | false   | false     | false | 1       | Ended, REFUSED
            GENERIC            | true         | false   | false     | false | 1       | Ended, REFUSED
            CREDIT             | false        | false   | false     | false | 1       | Ended, REFUSED
            CREDIT             | true         | false   | false     | false | 1       | 'Ended, REFUSED_HERE, RETURNED'
            AUTH               | true         | false   | false     | false | 1       | 'Ended, REFUSED_HERE, RETURNED'
            UNSUPPORTED        | true         | false   | false     | false | 1       | 'Ended, REFUSED_HERE, RETURNED'
            INVALID_SENDER     | true         | false   | false     | true  | 1       | 'Ended, REFUSED_HERE, RETURNED'
            CREDIT             | true         | true    | false     | false | 1       | Ended, REFUSED
            CREDIT             | true         | false   | true      | false | 1       | Ended, REFUSED
            CREDIT             | true         | false   | false     | false | 20      | Ended, REFUSED

            throttled          | true         | false   | false     | false | 1       | Again
            throttled          | false        | true    | true      | true  | 1       | Again

            # not taken: a connection is waited for; a short delay too, unless somebody else could have the message
            disconnected       | true         | false   | false     | false | 1       | Again
            trouble-1s         | false        | false   | false     | false | 1       | Again in 1s
            trouble-1s         | true         | false   | false     | false | 1       | 'Ended, RETRY_LATER, RETURNED'
            trouble-1s         | true         | true    | false     | false | 1       | Again in 1s
            trouble-1s         | true         | false   | true      | false | 1       | Again in 1s
            trouble-60s        | false        | false   | false     | false | 1       | 'Ended, RETRY_LATER, RETURNED'
            trouble-60s        | false        | true    | false     | false | 1       | Again in 60s
            trouble-60s        | false        | false   | true      | false | 1       | Again in 60s
            trouble-60s        | true         | false   | false     | false | 20      | Again in 60s

            # it may have been taken: the message stays here whatever happens
            uncertain          | false        | false   | false     | false | 1       | 'Again repeated, UNCERTAIN'
            uncertain          | true         | false   | false     | false | 1       | 'Again repeated, UNCERTAIN'
            uncertain          | true         | false   | false     | true  | 1       | Done, UNCERTAIN
            uncertain          | true         | false   | false     | false | 20      | Done, UNCERTAIN
            """, delimiter = '|', quoteCharacter = '\'')
    void an_outcome_is_followed_by(
            String outcome,
            boolean alternatives,
            boolean partLeftUs,
            boolean partUnderWay,
            boolean hold,
            int attempt,
            String expected) {
        Situation situation = new Situation(alternatives, partLeftUs, partUnderWay, hold, attempt);

        Verdict verdict = dispatch.after(situation.claim(), outcome(outcome), NOW);

        assertThat(told(verdict)).isEqualTo(expected);
    }

    @Test
    void an_acceptance_lies_where_its_receipt_will_look_for_it() {
        Attempt attempt = claimed(Messages.routed("m"));

        Output output = dispatch.after(attempt, new SendOutcome.Accepted("0A1", "a1"), NOW)
                .outputs()
                .get(0);

        assertThat(output.topic()).isEqualTo("sms.accepted");
        assertThat(output.key()).isEqualTo("acme|a1");
        LifecycleEvent event = (LifecycleEvent) output.value();
        assertThat(event.getProviderMessageId()).isEqualTo("0A1");
        assertThat(event.getFrom()).isEqualTo("12345");
        assertThat(event.getProvider()).isEqualTo("acme");
        assertThat(event.getAt()).isEqualTo(NOW);
    }

    @Test
    void what_the_provider_has_not_is_noted_when_the_message_is_accepted() {
        RoutedMessage routed = Messages.routed("m");
        Submission submission = new Submission(
                routed.getMessage(), "12345", 1, 1, 1, null, List.of("acme has no flash: it goes without."));
        Handover handover = new Handover(
                new Tenure(new TopicPartition("t", 0)),
                new Unrecorded(10),
                0,
                0,
                null,
                routed,
                Lane.NORMAL,
                List.of(submission),
                Past.NONE);
        handover.claim();

        List<Output> outputs = dispatch.after(Attempt.first(handover), new SendOutcome.Accepted("1", "1"), NOW)
                .outputs();

        assertThat(outputs).extracting(Output::topic).containsExactly("sms.accepted", "sms.event");
        LifecycleEvent note = (LifecycleEvent) outputs.get(1).value();
        assertThat(note.getKind()).isEqualTo(EventKind.NOTED);
        assertThat(note.getFailure().getCode()).isEqualTo(FailureCode.UNSUPPORTED);
        assertThat(note.getFailure().getReason()).isEqualTo("acme has no flash: it goes without.");
    }

    @ParameterizedTest
    @EnumSource(StatusReport.class)
    void a_receipt_is_expected_when_one_was_asked_for_and_the_provider_gives_them(StatusReport asked) {
        OutgoingMessage message = Messages.message("m");
        message.setStatusReport(asked);
        SendOutcome accepted = new SendOutcome.Accepted("1", "1");
        Dispatch without = new Dispatch("acme", TOPICS, false);

        assertThat(event(dispatch.after(claimed(Messages.routed(message)), accepted, NOW))
                        .getReceiptExpected())
                .isEqualTo(asked != StatusReport.NONE);
        assertThat(event(without.after(claimed(Messages.routed(message)), accepted, NOW))
                        .getReceiptExpected())
                .isFalse();
    }

    @Test
    void an_event_carries_what_statuses_show_of_the_message() {
        OutgoingMessage message = Messages.message("m");
        message.setClientReference("order 7");
        message.setLabels(Map.of("type", "otp"));
        message.setTenant("shop");
        message.setAllowReply(true);

        LifecycleEvent event =
                event(dispatch.after(claimed(Messages.routed(message)), ScriptedProvider.uncertain(), NOW));

        assertThat(event.getClientReference()).isEqualTo("order 7");
        assertThat(event.getLabels()).containsEntry("type", "otp");
        assertThat(event.getTenant()).isEqualTo("shop");
        assertThat(event.getAllowReply()).isTrue();
        assertThat(event.getFailure().getReason()).isEqualTo("cut");
    }

    @Test
    void each_attempt_after_an_uncertain_one_has_its_own_number_and_is_marked() {
        Attempt first = claimed(Messages.routed("m"));
        Verdict.Again again = (Verdict.Again) dispatch.after(first, ScriptedProvider.uncertain(), NOW);

        LifecycleEvent accepted = event(dispatch.after(again.attempt(), new SendOutcome.Accepted("1", "1"), NOW));

        assertThat(accepted.getAttempt()).isEqualTo(2);
        assertThat(accepted.getPossibleRepeat()).isTrue();
    }

    @Test
    void what_is_refused_for_now_keeps_its_number_and_is_not_marked() {
        Verdict.Again again =
                (Verdict.Again) dispatch.after(claimed(Messages.routed("m")), ScriptedProvider.throttled(), NOW);

        assertThat(again.attempt().number()).isEqualTo(1);
        assertThat(again.attempt().possibleRepeat()).isFalse();
    }

    @Test
    void a_part_is_not_sent_for_ever_when_its_fate_stays_uncertain() {
        Verdict verdict = dispatch.after(claimed(Messages.routed("m")), ScriptedProvider.uncertain(), NOW);
        int submits = 1;
        while (verdict instanceof Verdict.Again again) {
            submits++;
            verdict = dispatch.after(again.attempt(), ScriptedProvider.uncertain(), NOW);
        }

        assertThat(submits).isEqualTo(Dispatch.MOST_ATTEMPTS);
    }

    @Test
    void what_may_not_be_submitted_again_is_uncertain_and_says_so_and_goes_to_nobody_else() {
        RoutedMessage routed = Messages.routed(Messages.message("m"), "other");
        routed.setAttempt(Dispatch.MOST_ATTEMPTS + 1);
        Attempt attempt = claimed(routed);

        Verdict verdict = dispatch.capped(attempt, NOW);

        assertThat(told(verdict)).isEqualTo("Done, UNCERTAIN");
        assertThat(((LifecycleEvent) verdict.outputs().get(0).value())
                        .getFailure()
                        .getReason())
                .contains("20 times", "no more are made");
        assertThat(attempt.handover().withdraw()).isFalse();
    }

    @Test
    void a_hand_back_says_who_had_it_why_and_until_when_to_wait() {
        RoutedMessage routed = Messages.routed(Messages.message("m"), "other");
        routed.setTried(List.of("first"));
        routed.setAttempt(2);

        Verdict verdict = dispatch.after(claimed(routed), ScriptedProvider.unreachable(Duration.ofSeconds(60)), NOW);

        Output output = verdict.outputs().get(0);
        assertThat(output.topic()).isEqualTo("sms.returned");
        assertThat(output.key()).isEqualTo("+447700900123");
        ReturnedMessage returned = (ReturnedMessage) output.value();
        assertThat(returned.getTried()).containsExactly("first", "acme");
        assertThat(returned.getAttempt()).isEqualTo(2);
        assertThat(returned.getNotBefore()).isEqualTo(NOW.plusSeconds(60));
        assertThat(returned.getReason()).isEqualTo(ReturnReason.RETRY_LATER);
        assertThat(returned.getFailure().getReason()).isEqualTo("not now");
        assertThat(returned.getMessage().getId()).isEqualTo("m");
    }

    @Test
    void a_high_message_is_handed_back_apart_from_the_others() {
        OutgoingMessage message = Messages.message("m");
        message.setPriority(Priority.HIGH);

        Verdict verdict = dispatch.after(
                claimed(Messages.routed(message, "other")), ScriptedProvider.rejected(FailureCode.CREDIT), NOW);

        assertThat(verdict.outputs().get(0).topic()).isEqualTo("sms.returned.high");
    }

    @Test
    void a_message_that_was_handed_back_is_not_submitted_here_any_more() {
        Attempt first = claimed(Messages.parts(2, "m", "other"));

        dispatch.after(first, ScriptedProvider.rejected(FailureCode.CREDIT), NOW);

        assertThat(first.handover().claim()).as("its second part").isFalse();
    }

    @Test
    void a_provider_that_stays_away_gives_its_messages_back() {
        Attempt attempt = claimed(Messages.routed(Messages.message("m"), "other"));
        attempt.handover().withdraw();

        Verdict verdict = dispatch.providerDown(attempt, "gone away", NOW);

        assertThat(told(verdict)).isEqualTo("Ended, PROVIDER_DOWN, RETURNED");
    }

    @Test
    void one_end_is_told_of_a_message_whose_parts_all_come_to_one() {
        Attempt first = claimed(Messages.parts(2, "m"));
        first.handover().claim();
        Attempt second = first.following();

        assertThat(told(dispatch.expired(first, NOW))).isEqualTo("Ended, EXPIRED");
        assertThat(told(dispatch.expired(second, NOW))).isEqualTo("Ended");
        assertThat(told(dispatch.after(second, ScriptedProvider.rejected(FailureCode.GENERIC), NOW)))
                .isEqualTo("Ended");
    }

    @Test
    void the_intention_to_submit_is_told_of_each_part() {
        Attempt attempt = claimed(Messages.parts(3, "m"));

        List<Output> outputs = dispatch.intention(attempt, NOW);

        assertThat(outputs).allSatisfy(output -> {
            assertThat(output.topic()).isEqualTo("sms.event");
            assertThat(output.key()).isEqualTo("m");
            assertThat(((LifecycleEvent) output.value()).getKind()).isEqualTo(EventKind.SUBMITTING);
        });
        assertThat(outputs)
                .extracting(output -> ((LifecycleEvent) output.value()).getPart())
                .containsExactly(1, 2, 3);
    }

    private static SendOutcome trouble(int mostTries) {
        return new SendOutcome.Unreachable(
                Messages.failure(FailureCode.SERVER, "not now"), Duration.ofSeconds(1), mostTries);
    }

    @Test
    void trouble_with_a_bound_on_its_tries_ends_the_message_after_them() {
        Verdict verdict = dispatch.after(claimed(Messages.routed("m")), trouble(3), NOW);
        int submits = 1;
        while (verdict instanceof Verdict.Again again) {
            submits++;
            verdict = dispatch.after(again.attempt(), trouble(3), NOW);
        }

        assertThat(submits).isEqualTo(3);
        assertThat(told(verdict)).isEqualTo("Ended, REFUSED");
        assertThat(event(verdict).getFailure().getReason()).isEqualTo("not now (3 times, and no more are made)");
        assertThat(event(verdict).getFailure().getPermanent()).isTrue();
    }

    @Test
    void tries_count_over_the_times_a_message_was_given_back_for_a_while() {
        RoutedMessage routed = Messages.routed("m");
        routed.setTried(List.of("acme", "other", "acme"));

        assertThat(told(dispatch.after(claimed(routed), trouble(4), NOW))).isEqualTo("Again in 1s");
        assertThat(told(dispatch.after(claimed(routed), trouble(3), NOW))).isEqualTo("Ended, REFUSED");
    }

    private static List<String> kinds(List<Output> outputs) {
        return outputs.stream()
                .map(output -> ((LifecycleEvent) output.value()).getKind().name())
                .toList();
    }

    private static Attempt heldBack(boolean hold) {
        RoutedMessage routed = Messages.routed("m");
        routed.getMessage().setOnUncertain(hold ? OnUncertain.HOLD : OnUncertain.RESEND);
        return claimed(routed);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void an_acceptance_that_comes_late_is_told_under_each_form_of_its_id(boolean hold) {
        Attempt attempt = heldBack(hold);
        dispatch.after(attempt, ScriptedProvider.uncertain(), NOW);

        List<Output> outputs = dispatch.late(attempt, new SendOutcome.Accepted("0A1", List.of("a1", "161")), NOW);

        assertThat(outputs).extracting(Output::key).containsExactly("acme|a1", "acme|161");
        assertThat(outputs)
                .extracting(output -> ((LifecycleEvent) output.value()).getAlsoKnownAs())
                .containsExactly(false, true);
        assertThat(outputs)
                .extracting(output -> ((LifecycleEvent) output.value()).getAttempt())
                .containsOnly(1);
        assertThat(attempt.handover().isTaken(0)).isTrue();
    }

    @Test
    void a_late_refusal_ends_a_message_unless_its_repeat_decides() {
        SendOutcome refused = ScriptedProvider.rejected(FailureCode.INVALID_RECIPIENT);

        assertThat(kinds(dispatch.late(heldBack(true), refused, NOW))).containsExactly("REFUSED");
        assertThat(kinds(dispatch.late(heldBack(false), refused, NOW))).containsExactly("NOTED");
    }

    @Test
    void a_late_word_that_it_was_not_taken_is_told_and_ends_nothing() {
        assertThat(kinds(dispatch.late(heldBack(true), ScriptedProvider.throttled(), NOW)))
                .containsExactly("NOTED");
        assertThat(kinds(dispatch.late(heldBack(true), ScriptedProvider.unreachable(Duration.ZERO), NOW)))
                .containsExactly("NOTED");
        assertThat(dispatch.late(heldBack(true), ScriptedProvider.uncertain(), NOW))
                .isEmpty();
    }

    private static LifecycleEvent event(Verdict verdict) {
        return (LifecycleEvent) verdict.outputs().get(0).value();
    }
}
