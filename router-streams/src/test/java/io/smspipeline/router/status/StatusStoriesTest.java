package io.smspipeline.router.status;

import static io.smspipeline.record.MessageState.ACCEPTED;
import static io.smspipeline.record.MessageState.CANCELLED;
import static io.smspipeline.record.MessageState.DELIVERED;
import static io.smspipeline.record.MessageState.EXPIRED;
import static io.smspipeline.record.MessageState.REJECTED;
import static io.smspipeline.record.MessageState.ROUTED;
import static io.smspipeline.record.MessageState.SCHEDULED;
import static io.smspipeline.record.MessageState.UNCERTAIN;
import static io.smspipeline.record.MessageState.UNDELIVERABLE;
import static io.smspipeline.router.fixture.Happened.accepted;
import static io.smspipeline.router.fixture.Happened.acceptedForGood;
import static io.smspipeline.router.fixture.Happened.event;
import static io.smspipeline.router.fixture.Happened.ofPart;
import static io.smspipeline.router.fixture.Happened.refused;
import static io.smspipeline.router.fixture.Happened.routed;
import static io.smspipeline.router.fixture.Happened.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.EventKind;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.ReceiptState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is published of a message, told as what happened to it. */
class StatusStoriesTest {
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

    private static List<MessageState> states(List<MessageStatus> statuses) {
        return statuses.stream().map(MessageStatus::getState).toList();
    }

    private static LifecycleEvent[] events(LifecycleEvent... events) {
        return events;
    }

    private static Arguments story(String name, LifecycleEvent[] events, MessageState... states) {
        return Arguments.of(name, events, List.of(states));
    }

    static Stream<Arguments> stories() {
        LifecycleEvent scheduled = event("m1", EventKind.SCHEDULED);
        LifecycleEvent routed = routed("m1");
        LifecycleEvent uncertain = ofPart("m1", EventKind.UNCERTAIN, 1, 1, 1);
        LifecycleEvent delivered = told("m1", "a", ReceiptState.DELIVERED);
        LifecycleEvent failed = told("m1", "a", ReceiptState.UNDELIVERABLE);
        return Stream.of(
                story("the usual one", events(routed, accepted("m1", "a"), delivered), ROUTED, ACCEPTED, DELIVERED),
                story(
                        "scheduled first",
                        events(scheduled, routed, accepted("m1", "a"), delivered),
                        SCHEDULED,
                        ROUTED,
                        ACCEPTED,
                        DELIVERED),
                story("no receipt asked for", events(routed, acceptedForGood("m1", "a")), ROUTED, ACCEPTED),
                story("not delivered", events(routed, accepted("m1", "a"), failed), ROUTED, ACCEPTED, UNDELIVERABLE),
                story("refused in routing", events(refused("m1", null)), REJECTED),
                story("refused by the provider", events(routed, refused("m1", "primary")), ROUTED, REJECTED),
                story("expired", events(routed, event("m1", EventKind.EXPIRED)), ROUTED, EXPIRED),
                story("cancelled", events(scheduled, event("m1", EventKind.CANCELLED)), SCHEDULED, CANCELLED),
                story(
                        "events that are no states",
                        events(
                                routed,
                                event("m1", EventKind.THROTTLED),
                                event("m1", EventKind.RETURNED),
                                event("m1", EventKind.SUBMITTING),
                                event("m1", EventKind.NOTED)),
                        ROUTED),
                story("accepted before routed", events(accepted("m1", "a"), routed, delivered), ACCEPTED, DELIVERED),
                story("everything backwards", events(delivered, accepted("m1", "a"), routed, scheduled), DELIVERED),
                story(
                        "everything three times",
                        events(
                                routed,
                                routed,
                                routed,
                                accepted("m1", "a"),
                                accepted("m1", "a"),
                                accepted("m1", "a"),
                                delivered,
                                delivered,
                                delivered),
                        ROUTED,
                        ACCEPTED,
                        DELIVERED),
                story(
                        "uncertain, then sent again",
                        events(
                                routed,
                                uncertain,
                                accepted("m1", "b", 1, 1, 2),
                                told("m1", "b", ReceiptState.DELIVERED, 1, 1, 2)),
                        ROUTED,
                        UNCERTAIN,
                        ACCEPTED,
                        DELIVERED),
                story(
                        "uncertain, and the answer came late",
                        events(routed, uncertain, accepted("m1", "a"), delivered),
                        ROUTED,
                        UNCERTAIN,
                        ACCEPTED,
                        DELIVERED),
                story(
                        "uncertain after all was known",
                        events(routed, accepted("m1", "a"), uncertain),
                        ROUTED,
                        ACCEPTED),
                story(
                        "returned and carried by another",
                        events(
                                routed,
                                event("m1", EventKind.RETURNED),
                                ofPart("m1", EventKind.ROUTED, 1, 1, 2),
                                accepted("m1", "b", 1, 1, 2)),
                        ROUTED,
                        ACCEPTED),
                story(
                        "two parts, both delivered",
                        events(
                                routed,
                                accepted("m1", "a", 1, 2, 1),
                                accepted("m1", "b", 2, 2, 1),
                                told("m1", "b", ReceiptState.DELIVERED, 2, 2, 1),
                                told("m1", "a", ReceiptState.DELIVERED, 1, 2, 1)),
                        ROUTED,
                        ACCEPTED,
                        DELIVERED),
                story(
                        "the first part delivered before the second is taken",
                        events(
                                routed,
                                accepted("m1", "a", 1, 2, 1),
                                told("m1", "a", ReceiptState.DELIVERED, 1, 2, 1),
                                accepted("m1", "b", 2, 2, 1),
                                told("m1", "b", ReceiptState.DELIVERED, 2, 2, 1)),
                        ROUTED,
                        ACCEPTED,
                        DELIVERED),
                story(
                        "two parts, one failed",
                        events(
                                routed,
                                accepted("m1", "a", 1, 2, 1),
                                accepted("m1", "b", 2, 2, 1),
                                told("m1", "a", ReceiptState.UNDELIVERABLE, 1, 2, 1),
                                told("m1", "b", ReceiptState.DELIVERED, 2, 2, 1)),
                        ROUTED,
                        ACCEPTED,
                        UNDELIVERABLE),
                story(
                        "two parts, the second refused",
                        events(
                                routed,
                                accepted("m1", "a", 1, 2, 1),
                                ofPart("m1", EventKind.REFUSED, 2, 2, 1),
                                told("m1", "a", ReceiptState.DELIVERED, 1, 2, 1)),
                        ROUTED,
                        REJECTED),
                story(
                        "two parts, one uncertain",
                        events(routed, accepted("m1", "a", 1, 2, 1), ofPart("m1", EventKind.UNCERTAIN, 2, 2, 1)),
                        ROUTED,
                        UNCERTAIN),
                story("two parts, no receipts", events(routed, noReceipt("a", 1), noReceipt("b", 2)), ROUTED, ACCEPTED),
                story(
                        "two parts, a receipt for one only",
                        events(
                                routed,
                                accepted("m1", "a", 1, 2, 1),
                                noReceipt("b", 2),
                                told("m1", "a", ReceiptState.DELIVERED, 1, 2, 1)),
                        ROUTED,
                        ACCEPTED,
                        ACCEPTED),
                story(
                        "sent twice, the second arrives",
                        events(
                                routed,
                                accepted("m1", "a"),
                                accepted("m1", "b", 1, 1, 2),
                                failed,
                                told("m1", "b", ReceiptState.DELIVERED, 1, 1, 2)),
                        ROUTED,
                        ACCEPTED,
                        DELIVERED),
                story(
                        "sent twice, none arrives",
                        events(
                                routed,
                                accepted("m1", "a"),
                                accepted("m1", "b", 1, 1, 2),
                                failed,
                                told("m1", "b", ReceiptState.EXPIRED, 1, 1, 2)),
                        ROUTED,
                        ACCEPTED,
                        EXPIRED),
                story(
                        "taken, and a repeat of it refused",
                        events(routed, accepted("m1", "a"), ofPart("m1", EventKind.REFUSED, 1, 1, 2), delivered),
                        ROUTED,
                        ACCEPTED,
                        DELIVERED),
                story(
                        "cancelled at the provider",
                        events(routed, accepted("m1", "a"), cancelled("a", 1, 1)),
                        ROUTED,
                        ACCEPTED,
                        CANCELLED),
                story(
                        "one part of two cancelled, the other on its way",
                        events(
                                routed,
                                accepted("m1", "a", 1, 2, 1),
                                accepted("m1", "b", 2, 2, 1),
                                cancelled("b", 2, 2),
                                cancelled("a", 1, 2)),
                        ROUTED,
                        ACCEPTED,
                        CANCELLED),
                story(
                        "cancelled when it was delivered already",
                        events(routed, accepted("m1", "a"), delivered, cancelled("a", 1, 1)),
                        ROUTED,
                        ACCEPTED,
                        DELIVERED),
                story(
                        "delivered although it was cancelled",
                        events(routed, accepted("m1", "a"), cancelled("a", 1, 1), delivered),
                        ROUTED,
                        ACCEPTED,
                        CANCELLED),
                story(
                        "uncertain, and a person ends it",
                        events(routed, uncertain, refused("m1", "primary")),
                        ROUTED,
                        UNCERTAIN,
                        REJECTED),
                story(
                        "a second word of the provider",
                        events(routed, accepted("m1", "a"), failed, delivered),
                        ROUTED,
                        ACCEPTED,
                        UNDELIVERABLE));
    }

    private static LifecycleEvent cancelled(String providerId, int part, int parts) {
        LifecycleEvent event = ofPart("m1", EventKind.CANCELLED, part, parts, 1);
        event.setProviderMessageId(providerId);
        return event;
    }

    private static LifecycleEvent noReceipt(String providerId, int part) {
        LifecycleEvent event = accepted("m1", providerId, part, 2, 1);
        event.setReceiptExpected(false);
        return event;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void a_story_is_told_in_states(String name, LifecycleEvent[] events, List<MessageState> states) {
        List<MessageStatus> published = fold(events);

        assertThat(states(published)).as(name).isEqualTo(states);
        for (int i = 0; i < published.size(); i++) {
            assertThat(published.get(i).getSequence()).isEqualTo(i + 1);
            assertThat(published.get(i).getPreviousState()).isEqualTo(i == 0 ? null : states.get(i - 1));
            assertThat(published.get(i).getCorrects()).isNull();
        }
        assertThat(published.stream().filter(MessageStatus::getFinal$).count()).isLessThanOrEqualTo(1);
        boolean ended = States.isEnd(states.get(states.size() - 1));
        assertThat(published.get(published.size() - 1).getFinal$() || !ended).isTrue();
    }
}
