package io.smspipeline.router.status;

import static io.smspipeline.router.fixture.Happened.accepted;
import static io.smspipeline.router.fixture.Happened.acceptedForGood;
import static io.smspipeline.router.fixture.Happened.receipt;
import static io.smspipeline.router.fixture.Messages.HANDSET;
import static io.smspipeline.router.fixture.Messages.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.EventKind;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.Receipt;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.schemas.address.Handset;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrelationTest {
    private final IdRules rules = new IdRules();
    private final Correlation correlation = new Correlation(StatusSettings.DEFAULT, rules);
    private Correspondence known = Correspondence.NONE;
    private long now = NOW.toEpochMilli();

    private Optional<LifecycleEvent> take(LifecycleEvent accepted) {
        return keep(correlation.accepted(known, accepted, now));
    }

    private Optional<LifecycleEvent> take(Receipt receipt) {
        return keep(correlation.received(known, receipt, now));
    }

    private Optional<LifecycleEvent> keep(Correlation.Outcome outcome) {
        known = Correspondence.read(outcome.after().written(outcome.after().deadline()));
        assertThat(known).isEqualTo(outcome.after());
        return outcome.match().map(Correlation.Match::event);
    }

    @Test
    void a_receipt_after_its_acceptance_is_an_event_of_that_part() {
        take(accepted("m1", "AB1", 2, 3, 4));

        LifecycleEvent event = take(receipt("0ab1", ReceiptState.DELIVERED)).orElseThrow();

        assertThat(event.getKind()).isEqualTo(EventKind.RECEIPT);
        assertThat(event.getMessageId()).isEqualTo("m1");
        assertThat(event.getPart()).isEqualTo(2);
        assertThat(event.getParts()).isEqualTo(3);
        assertThat(event.getAttempt()).isEqualTo(4);
        assertThat(event.getReceiptState()).isEqualTo(ReceiptState.DELIVERED);
        assertThat(event.getProviderMessageId()).as("as it was when accepted").isEqualTo("AB1");
        assertThat(event.getAt()).isEqualTo(NOW);
    }

    @Test
    void a_receipt_that_overtakes_its_acceptance_waits_for_it() {
        assertThat(take(receipt("a", ReceiptState.DELIVERED))).isEmpty();

        assertThat(take(accepted("m1", "a"))).isPresent();
        assertThat(known.parked()).isEmpty();
    }

    @Test
    void a_repeated_receipt_changes_nothing() {
        take(accepted("m1", "a"));
        take(receipt("a", ReceiptState.DELIVERED));

        assertThat(take(receipt("a", ReceiptState.DELIVERED))).isEmpty();
        assertThat(take(receipt("a", ReceiptState.DELIVERED))).isEmpty();
        assertThat(known.parked()).hasSize(1);
    }

    @Test
    void a_repeated_acceptance_changes_nothing() {
        take(accepted("m1", "a"));
        Correspondence before = known;

        take(accepted("m1", "a"));

        assertThat(known).isEqualTo(before);
    }

    @Test
    void the_receipt_of_another_handset_finds_nobody() {
        take(accepted("m1", "a"));

        assertThat(take(receipt("a", ReceiptState.DELIVERED, "+447700900999", NOW)))
                .isEmpty();
        assertThat(take(receipt("a", ReceiptState.DELIVERED))).isPresent();
    }

    @Test
    void an_id_used_again_hits_the_new_message_and_not_the_one_that_had_it_before() {
        take(accepted("m1", "a"));
        take(receipt("a", ReceiptState.UNDELIVERABLE));
        now += Duration.ofHours(1).toMillis();
        take(accepted("m2", "a"));

        assertThat(take(receipt("a", ReceiptState.DELIVERED)).orElseThrow().getMessageId())
                .isEqualTo("m2");
    }

    @Test
    void an_id_used_again_while_the_first_is_open_hits_the_newest() {
        take(accepted("m1", "a"));
        take(accepted("m2", "a"));

        assertThat(take(receipt("a", ReceiptState.DELIVERED)).orElseThrow().getMessageId())
                .isEqualTo("m2");
        assertThat(take(receipt("a", ReceiptState.DELIVERED)).orElseThrow().getMessageId())
                .isEqualTo("m1");
    }

    @Test
    void when_an_id_is_used_again_at_once_its_overtaking_receipt_is_no_repeat_of_the_old_one() {
        take(accepted("m1", "a"));
        take(receipt("a", ReceiptState.DELIVERED));
        take(receipt("a", ReceiptState.DELIVERED));

        assertThat(take(accepted("m2", "a")).orElseThrow().getMessageId()).isEqualTo("m2");
    }

    @Test
    void a_receipt_from_long_before_the_acceptance_is_not_its_own() {
        take(receipt("a", ReceiptState.DELIVERED, HANDSET, NOW.minus(Duration.ofMinutes(11))));

        assertThat(take(accepted("m1", "a"))).isEmpty();
        assertThat(take(receipt("a", ReceiptState.UNDELIVERABLE))).isPresent();
    }

    @Test
    void one_id_for_all_parts_is_told_part_by_part() {
        take(accepted("m1", "a", 1, 2, 1));
        take(accepted("m1", "a", 2, 2, 1));

        assertThat(take(receipt("a", ReceiptState.DELIVERED)).orElseThrow().getPart())
                .isEqualTo(1);
        assertThat(take(receipt("a", ReceiptState.DELIVERED)).orElseThrow().getPart())
                .isEqualTo(2);
    }

    @Test
    void nothing_is_kept_when_no_receipt_is_expected() {
        take(acceptedForGood("m1", "a"));

        assertThat(known.isEmpty()).isTrue();
    }

    @Test
    void a_receipt_that_nobody_expected_and_that_came_first_is_told_nevertheless() {
        take(receipt("a", ReceiptState.DELIVERED));

        assertThat(take(acceptedForGood("m1", "a"))).isPresent();
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "+447700900123, 447700900123, true",
        "+447700900123, 07700900123, true",
        "+447700900123, 00447700900123, true",
        "+447700900123, '', true",
        "+447700900123, 'tel:+44 7700 900123', true",
        "+447700900123, +447700900124, false",
        "+447700900123, 900123, false",
        "+447700900123, 900124, false",
    })
    void handsets_are_the_same_however_they_are_written(String one, String other, boolean same) {
        assertThat(Handset.same(one, other)).isEqualTo(same);
        assertThat(Handset.same(other, one)).isEqualTo(same);
    }

    @Test
    void what_waited_too_long_is_given_up_and_told_apart_from_repeats() {
        take(accepted("m1", "a"));
        take(receipt("a", ReceiptState.DELIVERED));
        take(receipt("a", ReceiptState.DELIVERED));
        take(receipt("a", ReceiptState.DELIVERED, "+15550100", NOW));

        assertThat(correlation.withoutOverdue(known, now).after()).isEqualTo(known);
        // An end is remembered for the grace, 24 h, and a receipt waits for 72 h.
        Correlation.Rest rest =
                correlation.withoutOverdue(known, now + Duration.ofHours(72).toMillis());

        assertThat(rest.repeats()).isEqualTo(1);
        assertThat(rest.unmatched()).hasSize(1);
        assertThat(rest.unmatched().get(0).handset()).isEqualTo("+15550100");
        assertThat(rest.after().isEmpty()).isTrue();
    }

    @Test
    void a_late_receipt_finds_its_message_for_as_long_as_it_may_correct_our_guess() {
        take(accepted("m1", "a"));
        now += Duration.ofHours(72 + 24).toMillis() - 1;
        known = correlation.withoutOverdue(known, now).after();

        assertThat(take(receipt("a", ReceiptState.DELIVERED))).isPresent();
    }
}
