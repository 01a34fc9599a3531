package io.smspipeline.proving.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.proving.ledger.Entry;
import io.smspipeline.proving.ledger.Ledger;
import io.smspipeline.record.EventKind;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.schemas.trust.TrustedRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each guarantee is broken by the ledger of a pipeline that broke it, and by nothing else. */
class GuaranteeTest {
    static {
        TrustedRecords.trust();
    }

    private final Ledger ledger = new Ledger();
    private final Entry entry = ledger.open("m", 1);

    private static MessageStatus status(MessageState state, int sequence) {
        return MessageStatus.newBuilder()
                .setMessageId("m")
                .setTo("+447700900123")
                .setState(state)
                .setFinal$(state == MessageState.DELIVERED || state == MessageState.UNDELIVERABLE)
                .setAt(Instant.EPOCH)
                .setSequence(sequence)
                .build();
    }

    private static LifecycleEvent event(String id, boolean possibleRepeat) {
        return LifecycleEvent.newBuilder()
                .setMessageId(id)
                .setTo("+447700900123")
                .setKind(EventKind.ACCEPTED)
                .setPossibleRepeat(possibleRepeat)
                .setAt(Instant.EPOCH)
                .build();
    }

    private List<String> broken(int mostRepeats) {
        return Guarantee.all(mostRepeats).stream()
                .filter(guarantee -> !guarantee.broken().apply(ledger).isEmpty())
                .map(Guarantee::name)
                .toList();
    }

    private void deliver() {
        ledger.acknowledged(entry);
        ledger.submitted(Ledger.mark(0), 1);
        ledger.read(status(MessageState.ACCEPTED, 1));
        ledger.read(status(MessageState.DELIVERED, 2));
    }

    @Test
    void a_sender_that_is_back_too_late_breaks_its_guarantee() {
        Guarantee soon = Guarantee.backWithin(
                Duration.ofSeconds(5), List.of(Duration.ofMillis(5_000), Duration.ofMillis(5_001)));

        assertThat(soon.broken().apply(ledger)).containsExactly("one took 5001 ms");
    }

    @Test
    void a_message_that_went_the_whole_way_breaks_nothing() {
        deliver();

        assertThat(broken(0)).isEmpty();
        assertThat(ledger.ended()).isEqualTo(1);
    }

    @Test
    void a_message_that_was_acknowledged_and_never_ended_is_lost() {
        ledger.acknowledged(entry);

        assertThat(broken(0)).containsExactly("what Kafka acknowledged reaches its end");
    }

    @Test
    void a_message_that_was_not_acknowledged_may_be_missing() {
        assertThat(broken(0)).isEmpty();
    }

    @Test
    void two_ends_are_one_too_many() {
        deliver();
        ledger.read(status(MessageState.UNDELIVERABLE, 3));

        assertThat(broken(0)).contains("a message has one end");
    }

    @Test
    void a_delivery_the_smsc_knows_nothing_of_is_none() {
        ledger.acknowledged(entry);
        ledger.read(status(MessageState.DELIVERED, 1));

        assertThat(broken(0)).containsExactly("what is told as delivered was submitted whole");
    }

    @Test
    void a_state_that_goes_back_and_a_status_that_is_missing_are_seen() {
        deliver();
        ledger.read(status(MessageState.ACCEPTED, 3));

        assertThat(broken(0)).containsExactly("a state never goes back, and no status is missing");

        Ledger gap = new Ledger();
        gap.acknowledged(gap.open("m", 1));
        gap.submitted(Ledger.mark(0), 1);
        gap.read(status(MessageState.DELIVERED, 2));
        assertThat(gap.entries().iterator().next().regress()).contains("says it is number 2");
    }

    @Test
    void a_repeat_must_be_told_and_within_the_bound() {
        deliver();
        ledger.submitted(Ledger.mark(0), 1);

        assertThat(broken(1)).containsExactly("whoever may have got it twice is told");

        ledger.read(event("m", true));

        assertThat(broken(1)).isEmpty();
        assertThat(broken(0)).containsExactly("repeats stay within the bound of 0");
    }

    @Test
    void what_nobody_published_is_a_stranger() {
        deliver();
        ledger.read(event("who?", false));
        ledger.submitted("buy now", 1);

        assertThat(broken(0)).containsExactly("nothing comes from nowhere");
        assertThat(ledger.strangers()).hasSize(2);
    }
}
