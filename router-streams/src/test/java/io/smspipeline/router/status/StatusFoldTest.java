package io.smspipeline.router.status;

import static io.smspipeline.record.MessageState.ACCEPTED;
import static io.smspipeline.record.MessageState.DELIVERED;
import static io.smspipeline.record.MessageState.EXPIRED;
import static io.smspipeline.record.MessageState.UNDELIVERABLE;
import static io.smspipeline.record.MessageState.UNKNOWN;
import static io.smspipeline.router.fixture.Happened.accepted;
import static io.smspipeline.router.fixture.Happened.acceptedForGood;
import static io.smspipeline.router.fixture.Happened.event;
import static io.smspipeline.router.fixture.Happened.ofPart;
import static io.smspipeline.router.fixture.Happened.routed;
import static io.smspipeline.router.fixture.Happened.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.EventKind;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.PartStatus;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.router.fixture.Messages;
import io.smspipeline.router.state.StateReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusFoldTest {
    private MessageRecord record;

    private List<MessageStatus> fold(LifecycleEvent... events) {
        List<MessageStatus> published = new ArrayList<>();
        for (LifecycleEvent event : events) {
            StatusFold.Folded folded = StatusFold.fold(record, event);
            record = folded.record();
            folded.status().ifPresent(published::add);
        }
        return published;
    }

    private List<MessageStatus> silence() {
        StatusFold.Folded folded = StatusFold.silence("m1", record, Messages.NOW);
        record = folded.record();
        return folded.status().stream().toList();
    }

    private static List<MessageState> states(List<MessageStatus> statuses) {
        return statuses.stream().map(MessageStatus::getState).toList();
    }

    @Test
    void accepted_is_final_when_no_receipt_will_come() {
        List<MessageStatus> published = fold(routed("m1"), acceptedForGood("m1", "a"));

        assertThat(published).extracting(MessageStatus::getFinal$).containsExactly(false, true);
    }

    @Test
    void whatever_the_order_the_end_is_the_same_and_is_published_once() {
        long seed = System.nanoTime();
        System.err.println("StatusFoldTest seed " + seed);
        Random random = new Random(seed);
        List<LifecycleEvent> happened = new ArrayList<>(Arrays.asList(
                event("m1", EventKind.SCHEDULED),
                routed("m1"),
                ofPart("m1", EventKind.UNCERTAIN, 2, 3, 1),
                event("m1", EventKind.THROTTLED),
                accepted("m1", "a", 1, 3, 1),
                accepted("m1", "b", 2, 3, 2),
                accepted("m1", "c", 3, 3, 1),
                told("m1", "a", ReceiptState.DELIVERED, 1, 3, 1),
                told("m1", "b", ReceiptState.DELIVERED, 2, 3, 2),
                told("m1", "c", ReceiptState.DELIVERED, 3, 3, 1)));
        happened.addAll(List.copyOf(happened));
        for (int i = 0; i < 2_000; i++) {
            Collections.shuffle(happened, random);
            record = null;

            List<MessageStatus> published = fold(happened.toArray(new LifecycleEvent[0]));

            assertThat(published).isNotEmpty();
            MessageStatus last = published.get(published.size() - 1);
            assertThat(last.getState()).isEqualTo(DELIVERED);
            assertThat(last.getFinal$()).isTrue();
            assertThat(last.getParts())
                    .extracting(PartStatus::getState)
                    .containsExactly(DELIVERED, DELIVERED, DELIVERED);
            MessageState before = null;
            for (int n = 0; n < published.size(); n++) {
                MessageStatus status = published.get(n);
                assertThat(status.getSequence()).isEqualTo(n + 1);
                assertThat(status.getPreviousState()).isEqualTo(before);
                assertThat(States.rank(status.getState())).isGreaterThan(States.rank(before));
                assertThat(status.getFinal$()).isEqualTo(n == published.size() - 1);
                before = status.getState();
            }
        }
    }

    @Test
    void an_event_that_changes_nothing_leaves_the_very_same_record() {
        fold(routed("m1"), accepted("m1", "a"));
        MessageRecord before = record;

        fold(routed("m1"), accepted("m1", "a"), event("m1", EventKind.NOTED));

        assertThat(record).isSameAs(before);
    }

    @Test
    void an_event_that_is_no_state_begins_no_record() {
        fold(event("m1", EventKind.NOTED));

        assertThat(record).isNull();
    }

    @Test
    void what_any_event_tells_of_the_message_is_in_every_later_status() {
        LifecycleEvent first = accepted("m1", "a");
        LifecycleEvent late = routed("m1");
        late.setClientReference("order 7");
        late.setLabels(Map.of("type", "otp"));
        late.setTenant("acme");

        List<MessageStatus> published = fold(first, late, told("m1", "a", ReceiptState.DELIVERED));

        MessageStatus last = published.get(published.size() - 1);
        assertThat(last.getClientReference()).isEqualTo("order 7");
        assertThat(last.getLabels()).isEqualTo(Map.of("type", "otp"));
        assertThat(last.getTenant()).isEqualTo("acme");
        assertThat(last.getTo()).isEqualTo(Messages.HANDSET);
        assertThat(last.getProvider()).isEqualTo("primary");
        assertThat(last.getProviderMessageIds()).containsExactly("a");
        assertThat(last.getMessageId()).isEqualTo("m1");
    }

    @Test
    void the_parts_are_those_that_a_provider_had_with_their_ids() {
        List<MessageStatus> published = fold(
                routed("m1"),
                accepted("m1", "a", 1, 2, 1),
                accepted("m1", "b", 2, 2, 1),
                told("m1", "a", ReceiptState.DELIVERED, 1, 2, 1),
                told("m1", "b", ReceiptState.UNDELIVERABLE, 2, 2, 1));

        assertThat(published.get(0).getParts()).isEmpty();
        assertThat(published.get(2).getParts())
                .containsExactly(new PartStatus(1, DELIVERED, "a"), new PartStatus(2, UNDELIVERABLE, "b"));
        assertThat(published.get(2).getFailure().getReason()).isEqualTo("told UNDELIVERABLE");
    }

    @Test
    void a_repeat_shows_its_attempt_and_that_it_may_be_one() {
        LifecycleEvent again = accepted("m1", "b", 1, 1, 2);
        again.setPossibleRepeat(true);
        List<MessageStatus> published = fold(routed("m1"), again);

        assertThat(published.get(1).getAttempt()).isEqualTo(2);
        assertThat(published.get(1).getPossibleRepeat()).isTrue();
    }

    @Test
    void a_late_event_of_an_earlier_attempt_does_not_bring_its_provider_back() {
        LifecycleEvent second = accepted("m1", "b", 1, 1, 2);
        second.setProvider("us");
        LifecycleEvent end = told("m1", "b", ReceiptState.DELIVERED, 1, 1, 2);
        end.setProvider("us");

        List<MessageStatus> published = fold(second, routed("m1"), end);

        assertThat(published.get(published.size() - 1).getProvider()).isEqualTo("us");
    }

    @Test
    void silence_after_acceptance_is_unknown_and_final() {
        fold(routed("m1"), accepted("m1", "a"));

        List<MessageStatus> published = silence();

        assertThat(states(published)).containsExactly(UNKNOWN);
        assertThat(published.get(0).getFinal$()).isTrue();
        assertThat(published.get(0).getFailure().getReason()).contains("no receipt");
        assertThat(published.get(0).getSequence()).isEqualTo(3);
        assertThat(silence()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ReceiptState.class,
            names = {"DELIVERED", "UNDELIVERABLE", "EXPIRED"})
    void the_providers_late_word_corrects_our_guess_once(ReceiptState word) {
        fold(routed("m1"), accepted("m1", "a"));
        silence();

        List<MessageStatus> published =
                fold(told("m1", "a", word), told("m1", "a", word), told("m1", "b", ReceiptState.REJECTED));

        assertThat(published).hasSize(1);
        assertThat(published.get(0).getCorrects()).isEqualTo(UNKNOWN);
        assertThat(published.get(0).getPreviousState()).isEqualTo(UNKNOWN);
        assertThat(published.get(0).getState()).isEqualTo(States.of(word));
        assertThat(published.get(0).getFinal$()).isTrue();
        assertThat(published.get(0).getSequence()).isEqualTo(4);
    }

    @Test
    void a_receipt_for_what_we_thought_was_accepted_for_good_corrects_it() {
        fold(routed("m1"), acceptedForGood("m1", "a"));

        List<MessageStatus> published = fold(told("m1", "a", ReceiptState.DELIVERED));

        assertThat(published.get(0).getCorrects()).isEqualTo(ACCEPTED);
        assertThat(published.get(0).getState()).isEqualTo(DELIVERED);
    }

    @Test
    void an_end_while_an_earlier_submission_is_uncertain_is_a_guess() {
        fold(routed("m1"), ofPart("m1", EventKind.UNCERTAIN, 1, 1, 1), ofPart("m1", EventKind.EXPIRED, 1, 1, 2));

        List<MessageStatus> published = fold(told("m1", "a", ReceiptState.DELIVERED));

        assertThat(published.get(0).getCorrects()).isEqualTo(EXPIRED);
        assertThat(published.get(0).getState()).isEqualTo(DELIVERED);
    }

    @Test
    void a_guess_that_turns_out_right_is_not_published_again() {
        fold(routed("m1"), ofPart("m1", EventKind.UNCERTAIN, 1, 1, 1), ofPart("m1", EventKind.EXPIRED, 1, 1, 2));

        assertThat(fold(told("m1", "a", ReceiptState.EXPIRED), told("m1", "a", ReceiptState.DELIVERED)))
                .isEmpty();
    }

    @Test
    void what_is_written_is_what_is_read() {
        LifecycleEvent told = accepted("m1", "a", 1, 2, 1);
        told.setLabels(Map.of("type", "otp", "module", "shop"));
        told.setClientReference("order 7 €");
        fold(told, told("m1", "a", ReceiptState.UNDELIVERABLE, 1, 2, 1));

        byte[] written = record.written(4711);

        assertThat(MessageRecord.read(written)).isEqualTo(record);
        assertThat(StateReader.deadlineOf(written)).isEqualTo(4711);
    }
}
