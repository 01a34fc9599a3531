package io.smspipeline.quickstart.story;

import static io.smspipeline.quickstart.story.Told.HANDSET;
import static io.smspipeline.quickstart.story.Told.NOW;
import static io.smspipeline.quickstart.story.Told.event;
import static io.smspipeline.quickstart.story.Told.noted;
import static io.smspipeline.quickstart.story.Told.part;
import static io.smspipeline.quickstart.story.Told.refusedPart;
import static io.smspipeline.quickstart.story.Told.status;
import static io.smspipeline.quickstart.story.Told.toldPart;
import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.Command;
import io.smspipeline.record.CommandKind;
import io.smspipeline.record.EventKind;
import io.smspipeline.record.HeldPart;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.ReceiptState;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final HeldPart A = new HeldPart(1, "a");
    private static final HeldPart B = new HeldPart(2, "b");

    private static Verdict on(CommandKind kind, HeldPart... parts) {
        return on(kind, "primary", parts);
    }

    private static Verdict on(CommandKind kind, String provider, HeldPart... parts) {
        return new Verdict(
                Command.newBuilder()
                        .setMessageId("m1")
                        .setTo(HANDSET)
                        .setKind(kind)
                        .setProvider(provider)
                        .setParts(List.of(parts))
                        .setAt(NOW)
                        .build(),
                MessageState.ACCEPTED);
    }

    @Test
    void a_message_is_cancelled_when_every_part_has_answered_and_its_state_says_so() {
        Verdict verdict = on(CommandKind.CANCEL, A, B);

        verdict.hear(part(EventKind.CANCELLED, 1, "a"));
        verdict.hear(status(MessageState.CANCELLED, true));
        assertThat(verdict.isKnown()).as("the other part has not answered").isFalse();
        verdict.hear(part(EventKind.CANCELLED, 2, "b"));

        assertThat(verdict.isKnown()).isTrue();
        assertThat(verdict.isDone()).isTrue();
        assertThat(verdict.reason()).isNull();
        assertThat(verdict.state()).isEqualTo(MessageState.CANCELLED);
    }

    @Test
    void what_one_part_refused_is_told_beside_what_the_other_did() {
        Verdict verdict = on(CommandKind.CANCEL, A, B);

        verdict.hear(refusedPart(1, "a", "CANCEL: it has ended already"));
        verdict.hear(part(EventKind.CANCELLED, 2, "b"));
        verdict.hear(status(MessageState.CANCELLED, true));

        assertThat(verdict.isDone()).isTrue();
        assertThat(verdict.parts())
                .containsExactly(
                        new Verdict.PartVerdict(A, null, "it has ended already"),
                        new Verdict.PartVerdict(B, ReceiptState.DELETED, null));
    }

    @Test
    void a_provider_that_refuses_says_why() {
        Verdict verdict = on(CommandKind.CANCEL, A);

        verdict.hear(refusedPart(1, "a", "CANCEL: it has ended already"));

        assertThat(verdict.isKnown()).isTrue();
        assertThat(verdict.isDone()).isFalse();
        assertThat(verdict.isRefused()).isTrue();
        assertThat(verdict.reason()).isEqualTo("it has ended already");
    }

    @Test
    void a_provider_that_delivered_it_meanwhile_says_so() {
        Verdict verdict = on(CommandKind.CANCEL, A);
        LifecycleEvent refused = refusedPart(1, "a", "CANCEL: it has ended already");
        refused.setReceiptState(ReceiptState.DELIVERED);

        verdict.hear(refused);

        assertThat(verdict.isRefused()).isTrue();
        assertThat(verdict.parts())
                .containsExactly(new Verdict.PartVerdict(A, ReceiptState.DELIVERED, "it has ended already"));
    }

    @Test
    void routing_that_merely_has_not_seen_it_is_not_a_no() {
        Verdict verdict = on(CommandKind.CANCEL, (String) null);

        verdict.hear(noted("CANCEL: no provider is known to have it", false));
        assertThat(verdict.isKnown()).isFalse();
        verdict.hear(event(EventKind.CANCELLED));
        verdict.hear(status(MessageState.CANCELLED, true));

        assertThat(verdict.isKnown()).isTrue();
        assertThat(verdict.isDone()).isTrue();
    }

    @Test
    void a_message_that_ends_otherwise_meanwhile_is_not_cancelled() {
        Verdict verdict = on(CommandKind.CANCEL, "primary");

        verdict.hear(status(MessageState.DELIVERED, true));

        assertThat(verdict.isKnown()).isTrue();
        assertThat(verdict.isRefused()).isTrue();
        assertThat(verdict.reason()).isEqualTo("it is DELIVERED already");
    }

    @Test
    void other_messages_and_other_notes_answer_nothing() {
        Verdict verdict = on(CommandKind.CANCEL, A);

        LifecycleEvent other = part(EventKind.CANCELLED, 1, "a");
        other.setMessageId("m2");
        verdict.hear(other);
        verdict.hear(noted("QUERY: it offers no query_sm", true));
        verdict.hear(noted("nothing to do with it", true));
        verdict.hear(event(EventKind.NOTED));

        assertThat(verdict.isKnown()).isFalse();
        assertThat(verdict.isRefused()).isFalse();
        assertThat(verdict.reason()).isNull();
    }

    @Test
    void a_query_is_answered_when_each_part_is() {
        Verdict verdict = on(CommandKind.QUERY, A, B);

        verdict.hear(toldPart(1, "a", ReceiptState.DELIVERED));
        assertThat(verdict.isKnown()).isFalse();
        verdict.hear(toldPart(2, "b", ReceiptState.ENROUTE));

        assertThat(verdict.isKnown()).isTrue();
        assertThat(verdict.isDone()).isTrue();
        assertThat(verdict.parts())
                .extracting(Verdict.PartVerdict::state)
                .containsExactly(ReceiptState.DELIVERED, ReceiptState.ENROUTE);
    }

    @Test
    void a_query_the_provider_does_not_answer_is_not_done() {
        Verdict verdict = on(CommandKind.QUERY, A);

        verdict.hear(refusedPart(1, "a", "QUERY: it offers no query_sm"));

        assertThat(verdict.isRefused()).isTrue();
        assertThat(verdict.reason()).isEqualTo("it offers no query_sm");
    }

    @Test
    void a_resend_is_done_when_the_next_attempt_is_routed() {
        Verdict verdict = on(CommandKind.RESEND);
        LifecycleEvent routed = event(EventKind.ROUTED);

        verdict.hear(routed);
        assertThat(verdict.isKnown()).as("that was the attempt before").isFalse();
        routed.setAttempt(2);
        verdict.hear(routed);

        assertThat(verdict.isKnown()).isTrue();
        assertThat(verdict.isDone()).isTrue();
    }

    @Test
    void a_resend_that_comes_too_late_says_so() {
        Verdict verdict = on(CommandKind.RESEND);
        LifecycleEvent expired = noted("its validity has passed", true);
        expired.setKind(EventKind.EXPIRED);
        expired.setAttempt(2);

        verdict.hear(expired);

        assertThat(verdict.isRefused()).isTrue();
        assertThat(verdict.reason()).isEqualTo("its validity has passed");
    }

    @Test
    void a_decision_that_was_taken_before_is_not_taken_again() {
        Verdict verdict = on(CommandKind.FAIL);

        verdict.hear(noted("FAIL: attempt 1 was resolved before", true));

        assertThat(verdict.isRefused()).isTrue();
        assertThat(verdict.reason()).isEqualTo("attempt 1 was resolved before");
    }

    @Test
    void a_message_that_is_given_up_ends() {
        Verdict verdict = on(CommandKind.FAIL);

        verdict.hear(event(EventKind.REFUSED));
        assertThat(verdict.isKnown()).isFalse();
        verdict.hear(status(MessageState.REJECTED, true));

        assertThat(verdict.isKnown()).isTrue();
        assertThat(verdict.isDone()).isTrue();
    }
}
