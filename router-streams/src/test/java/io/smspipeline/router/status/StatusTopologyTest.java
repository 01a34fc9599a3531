package io.smspipeline.router.status;

import static io.smspipeline.router.fixture.Driven.TOPICS;
import static io.smspipeline.router.fixture.Happened.accepted;
import static io.smspipeline.router.fixture.Happened.receipt;
import static io.smspipeline.router.fixture.Happened.refused;
import static io.smspipeline.router.fixture.Happened.routed;
import static io.smspipeline.router.fixture.Messages.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.smspipeline.record.EventKind;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.OptOut;
import io.smspipeline.record.OptOutOrigin;
import io.smspipeline.record.Receipt;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.router.fixture.Driven;
import io.smspipeline.router.wire.StreamSerdes;
import io.smspipeline.schemas.registry.MemoryRegistry;
import io.smspipeline.schemas.serde.RecordSerdes;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusTopologyTest {
    private static final StatusSettings SETTINGS = new StatusSettings(
            Duration.ofHours(72), Duration.ofHours(24), Duration.ofHours(48), Duration.ofDays(8), InquirySettings.NONE);

    private final Driven status =
            Driven.start(new MemoryRegistry(), serdes -> new StatusTopology(SETTINGS, TOPICS, 1, serdes).build());

    @AfterEach
    void close() {
        status.close();
    }

    private void happens(LifecycleEvent event) {
        status.publish(TOPICS.event(), event.getMessageId(), event);
    }

    private void isAccepted(LifecycleEvent event) {
        status.publish(TOPICS.accepted(), "primary|" + event.getProviderMessageId(), event);
    }

    private void isTold(Receipt receipt) {
        status.publish(TOPICS.receipt(), "primary|" + receipt.getProviderMessageId(), receipt);
    }

    private List<MessageState> published() {
        return statuses().stream().map(MessageStatus::getState).toList();
    }

    private List<MessageStatus> statuses() {
        return status.values(TOPICS.status());
    }

    private double tally(String name) {
        return status.driver().metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(name + "-total"))
                .mapToDouble(metric -> (double) metric.getValue().metricValue())
                .sum();
    }

    private int remembered(String store) {
        int entries = 0;
        try (var all = status.driver().getKeyValueStore(store).all()) {
            while (all.hasNext()) {
                all.next();
                entries++;
            }
        }
        return entries;
    }

    @Test
    void a_handset_that_opted_out_at_a_provider_is_on_record_for_the_sender_that_was_refused() {
        LifecycleEvent refused = routed("m1");
        refused.setKind(EventKind.REFUSED);
        refused.setFrom("MyShop");
        refused.setFailure(new Failure(FailureCode.OPTED_OUT, "opted out", "21610", null, true));
        happens(refused);
        LifecycleEvent ours = routed("m2");
        ours.setKind(EventKind.REFUSED);
        ours.setProvider(null);
        ours.setFrom("MyShop");
        ours.setFailure(new Failure(FailureCode.OPTED_OUT, "opted out", null, null, true));
        happens(ours);

        List<TestRecord<String, OptOut>> said = status.records(TOPICS.optOut());
        assertThat(said).hasSize(1);
        assertThat(said.get(0).key()).isEqualTo(refused.getTo() + "|MYSHOP");
        assertThat(said.get(0).value().getOrigin()).isEqualTo(OptOutOrigin.PROVIDER);
        assertThat(said.get(0).value().getReason()).isEqualTo("primary 21610");
    }

    @Test
    void a_message_is_followed_to_its_delivery_under_its_id() {
        happens(routed("m1"));
        isAccepted(accepted("m1", "a"));
        isTold(receipt("a", ReceiptState.DELIVERED));

        List<TestRecord<String, MessageStatus>> records = status.records(TOPICS.status());
        assertThat(records).extracting(TestRecord::key).containsOnly("m1");
        assertThat(records.stream().map(one -> one.value().getState()))
                .containsExactly(MessageState.ROUTED, MessageState.ACCEPTED, MessageState.DELIVERED);
        assertThat(records.stream().map(one -> one.value().getSequence())).containsExactly(1, 2, 3);
    }

    @Test
    void a_receipt_that_comes_first_of_all_changes_the_end_and_not_the_order() {
        isTold(receipt("a", ReceiptState.DELIVERED));
        isAccepted(accepted("m1", "a"));
        happens(routed("m1"));

        assertThat(published()).containsExactly(MessageState.ACCEPTED, MessageState.DELIVERED);
    }

    @Test
    void the_end_of_one_message_is_not_that_of_another() {
        isAccepted(accepted("m1", "a"));
        isAccepted(accepted("m2", "b"));
        isTold(receipt("b", ReceiptState.UNDELIVERABLE));

        MessageStatus last = statuses().get(2);
        assertThat(last.getMessageId()).isEqualTo("m2");
        assertThat(last.getState()).isEqualTo(MessageState.UNDELIVERABLE);
    }

    @Test
    void an_intermediate_receipt_is_counted_and_changes_nothing() {
        isAccepted(accepted("m1", "a"));
        isTold(receipt("a", ReceiptState.ENROUTE));

        assertThat(published()).containsExactly(MessageState.ACCEPTED);
        assertThat(tally("receipts-intermediate")).isEqualTo(1);
    }

    @Test
    void silence_becomes_unknown_when_the_receipt_timeout_is_over() {
        isAccepted(accepted("m1", "a"));
        status.wait(Duration.ofHours(71));
        assertThat(published()).containsExactly(MessageState.ACCEPTED);

        // Noticed a twentieth of the shortest time late at most, here 24 h / 20.
        status.wait(Duration.ofMinutes(60 + 73));

        assertThat(published()).containsExactly(MessageState.UNKNOWN);
    }

    @Test
    void a_receipt_later_than_that_corrects_it() {
        isAccepted(accepted("m1", "a"));
        status.wait(Duration.ofHours(74));
        isTold(receipt("a", ReceiptState.DELIVERED));

        MessageStatus last = statuses().get(2);
        assertThat(last.getState()).isEqualTo(MessageState.DELIVERED);
        assertThat(last.getCorrects()).isEqualTo(MessageState.UNKNOWN);
    }

    @Test
    void a_message_of_which_nobody_ever_speaks_again_ends_too() {
        happens(routed("m1"));
        status.wait(Duration.ofDays(8).plusHours(2));

        assertThat(published()).containsExactly(MessageState.ROUTED, MessageState.UNKNOWN);
    }

    @Test
    void what_is_finished_is_forgotten_after_the_grace() {
        for (int i = 0; i < 2_500; i++) {
            isAccepted(accepted("m" + i, "p" + i));
            isTold(receipt("p" + i, ReceiptState.DELIVERED));
        }
        happens(refused("other", null));
        assertThat(remembered(StatusTopology.MESSAGES)).isEqualTo(2_501);
        assertThat(remembered(StatusTopology.CORRESPONDENCE)).isEqualTo(2_500);

        status.wait(Duration.ofHours(24));
        status.wait(Duration.ofHours(2));
        for (int i = 0; i < 10; i++) {
            status.wait(Duration.ofSeconds(1));
        }

        assertThat(remembered(StatusTopology.MESSAGES)).isZero();
        assertThat(remembered(StatusTopology.CORRESPONDENCE)).isZero();
    }

    @Test
    void a_receipt_that_finds_nobody_is_given_up_and_counted() {
        isTold(receipt("a", ReceiptState.DELIVERED));
        status.wait(Duration.ofHours(51));

        assertThat(tally("receipts-unmatched")).isEqualTo(1);
        assertThat(remembered(StatusTopology.CORRESPONDENCE)).isZero();
        assertThat(published()).isEmpty();
    }

    @Test
    void a_receipt_without_any_id_is_counted_at_once_and_not_kept() {
        isTold(receipt("", ReceiptState.DELIVERED));

        assertThat(tally("receipts-unmatched")).isEqualTo(1);
        assertThat(remembered(StatusTopology.CORRESPONDENCE)).isZero();
    }

    @Test
    void an_acceptance_without_any_id_is_told_and_not_kept() {
        isAccepted(accepted("m1", ""));

        assertThat(published()).containsExactly(MessageState.ACCEPTED);
        assertThat(remembered(StatusTopology.CORRESPONDENCE)).isZero();
    }

    @Test
    void a_repeated_receipt_is_counted_as_one() {
        isAccepted(accepted("m1", "a"));
        isTold(receipt("a", ReceiptState.DELIVERED));
        isTold(receipt("a", ReceiptState.DELIVERED, "447700900123", NOW));

        assertThat(published()).containsExactly(MessageState.ACCEPTED, MessageState.DELIVERED);
    }

    private static LifecycleEvent also(LifecycleEvent accepted) {
        accepted.setAlsoKnownAs(true);
        return accepted;
    }

    /** As a sender does that does not know in which form receipts will name this id. */
    private void isAcceptedUnder(LifecycleEvent accepted, String first, String... others) {
        status.publish(TOPICS.accepted(), "primary|" + first, accepted);
        for (String other : others) {
            LifecycleEvent copy = LifecycleEvent.newBuilder(accepted).build();
            status.publish(TOPICS.accepted(), "primary|" + other, also(copy));
        }
    }

    private void hesitationPasses() {
        status.wait(Duration.ofMillis(Correlating.HESITATION + 200));
    }

    @Test
    void an_acceptance_under_several_forms_of_its_id_is_told_once() {
        isAcceptedUnder(accepted("m1", "1a"), "1a", "26");

        assertThat(published()).containsExactly(MessageState.ACCEPTED);
        hesitationPasses();
        assertThat(published()).isEmpty();
    }

    @Test
    void a_receipt_finds_its_message_under_another_form_of_the_id_and_the_next_one_does_so_at_once() {
        isAcceptedUnder(accepted("m1", "1a"), "1a", "26");
        isTold(receipt("26", ReceiptState.DELIVERED));
        hesitationPasses();
        isAcceptedUnder(accepted("m2", "1b"), "1b", "27");
        isTold(receipt("27", ReceiptState.DELIVERED));

        assertThat(statuses())
                .extracting(MessageStatus::getMessageId, MessageStatus::getState)
                .containsExactly(
                        tuple("m1", MessageState.ACCEPTED),
                        tuple("m1", MessageState.DELIVERED),
                        tuple("m2", MessageState.ACCEPTED),
                        tuple("m2", MessageState.DELIVERED));
        assertThat(tally("receipts-by-hex-submit-decimal-receipt")).isEqualTo(2);
    }

    @Test
    void the_rule_that_receipts_follow_is_counted_for_each_provider() {
        isAcceptedUnder(accepted("m1", "1a"), "1a", "26");
        isTold(receipt("26", ReceiptState.DELIVERED));
        hesitationPasses();

        assertThat(status.driver().metrics().keySet())
                .filteredOn(metric -> metric.name().equals("receipts-by-hex-submit-decimal-receipt-total"))
                .extracting(metric -> metric.tags().get("router-id"))
                .containsExactly("primary");
    }

    @Test
    void an_id_in_another_form_speaks_for_no_message_to_another_handset() {
        isAcceptedUnder(accepted("m1", "1a"), "1a", "26");
        isTold(receipt("26", ReceiptState.DELIVERED, "447700900999", NOW));
        hesitationPasses();

        assertThat(published()).containsExactly(MessageState.ACCEPTED);
        assertThat(tally("receipts-by-hex-submit-decimal-receipt")).isZero();
    }

    @Test
    void a_receipt_that_overtakes_its_acceptance_does_not_hit_another_message_that_has_its_id_in_another_form() {
        isAcceptedUnder(accepted("m1", "10"), "10", "a", "16");
        isTold(receipt("10", ReceiptState.DELIVERED));
        isTold(receipt("16", ReceiptState.UNDELIVERABLE));
        isAcceptedUnder(accepted("m2", "16"), "16", "22");
        hesitationPasses();

        assertThat(statuses())
                .extracting(MessageStatus::getMessageId, MessageStatus::getState)
                .containsExactly(
                        tuple("m1", MessageState.ACCEPTED),
                        tuple("m1", MessageState.DELIVERED),
                        tuple("m2", MessageState.ACCEPTED),
                        tuple("m2", MessageState.UNDELIVERABLE));
    }

    @Test
    void the_form_that_receipts_usually_have_decides_between_two_messages() {
        isAcceptedUnder(accepted("m0", "ff"), "ff", "255");
        isTold(receipt("255", ReceiptState.DELIVERED));
        hesitationPasses();
        isAcceptedUnder(accepted("m1", "10"), "10", "a", "16");
        isAcceptedUnder(accepted("m2", "16"), "16", "22");
        statuses();
        isTold(receipt("16", ReceiptState.DELIVERED));

        assertThat(statuses())
                .extracting(MessageStatus::getMessageId, MessageStatus::getState)
                .containsExactly(tuple("m1", MessageState.DELIVERED));
    }

    @Test
    void a_repeated_receipt_does_not_hit_another_message_that_has_its_id_in_another_form() {
        isAcceptedUnder(accepted("m1", "10"), "10", "a", "16");
        isAcceptedUnder(accepted("m2", "16"), "16", "22");
        isTold(receipt("16", ReceiptState.DELIVERED));
        isTold(receipt("16", ReceiptState.DELIVERED));
        hesitationPasses();

        assertThat(statuses())
                .filteredOn(MessageStatus::getFinal$)
                .extracting(MessageStatus::getMessageId)
                .containsExactly("m2");
    }

    @Test
    void an_id_used_again_after_days_does_not_hit_the_message_that_had_it_before() {
        isAccepted(accepted("m1", "a"));
        isTold(receipt("a", ReceiptState.DELIVERED));
        status.wait(Duration.ofDays(4));
        statuses();
        LifecycleEvent again = accepted("m2", "a");
        again.setAt(NOW.plus(Duration.ofDays(4)));
        isAccepted(again);
        isTold(receipt("a", ReceiptState.UNDELIVERABLE, "+447700900123", NOW.plus(Duration.ofDays(4))));

        assertThat(statuses())
                .extracting(MessageStatus::getMessageId, MessageStatus::getState)
                .containsExactly(tuple("m2", MessageState.ACCEPTED), tuple("m2", MessageState.UNDELIVERABLE));
    }

    @Test
    void where_only_failures_are_reported_silence_ends_as_accepted() {
        LifecycleEvent accepted = accepted("m1", "a");
        accepted.setFailuresOnly(true);
        isAccepted(accepted);
        status.wait(Duration.ofHours(74));

        List<MessageStatus> statuses = statuses();
        assertThat(statuses)
                .extracting(MessageStatus::getState, MessageStatus::getFinal$)
                .containsExactly(tuple(MessageState.ACCEPTED, false), tuple(MessageState.ACCEPTED, true));
        assertThat(statuses.get(1).getFailure()).isNull();

        isTold(receipt("a", ReceiptState.UNDELIVERABLE));
        MessageStatus late = statuses().get(0);
        assertThat(late.getState()).isEqualTo(MessageState.UNDELIVERABLE);
        assertThat(late.getCorrects()).isEqualTo(MessageState.ACCEPTED);
    }

    @Test
    void a_clock_that_jumps_ahead_ends_what_is_overdue_once() {
        isAccepted(accepted("m1", "a"));
        status.wait(Duration.ofDays(30));
        status.wait(Duration.ofDays(1));

        assertThat(published()).containsExactly(MessageState.ACCEPTED, MessageState.UNKNOWN);
    }

    @Test
    void an_unreadable_receipt_is_set_aside() {
        status.publishRaw("sms.receipt", "primary|a", new byte[] {0, 0, 0, 0, 99});

        assertThat(status.raw(TOPICS.deadLetter())).hasSize(1);
    }

    @Test
    void every_part_of_it_has_a_name_of_ours() {
        assertThat(new StatusTopology(SETTINGS, TOPICS, 1, new StreamSerdes(RecordSerdes.over(new MemoryRegistry())))
                        .build()
                        .describe()
                        .toString())
                .contains("by-message-repartition")
                .doesNotContain("KSTREAM-PROCESSOR", "STATE-STORE-0");
    }
}
