package io.smspipeline.sender.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.sender.fixture.Broker;
import io.smspipeline.sender.fixture.Ledger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** Records and offsets, both or neither, whatever Kafka says first. */
class TransactionsTest {
    private static final TopicPartition PARTITION = new TopicPartition("submit", 0);

    private final Broker broker = new Broker();
    private final Ledger ledger = new Ledger();
    private final Transactions transactions =
            new Transactions(broker::producer, (refused, why) -> Optional.of(entry("instead of " + text(refused))));

    private static Entry entry(String text) {
        return new Entry(
                new ProducerRecord<>("events", text.getBytes(StandardCharsets.UTF_8), new byte[text.length()]),
                PARTITION,
                0);
    }

    private static String text(Entry entry) {
        return new String(entry.record().key(), StandardCharsets.UTF_8);
    }

    private List<String> written() {
        return broker.written().stream()
                .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                .toList();
    }

    private void write(String... texts) throws InterruptedException {
        transactions.write(List.of(texts).stream().map(TransactionsTest::entry).toList(), ledger);
    }

    @Test
    void records_and_offsets_go_together() throws Exception {
        ledger.finish(PARTITION, 4);

        write("a", "b");

        assertThat(written()).containsExactly("a", "b");
        assertThat(broker.positions()).hasSize(1);
        assertThat(ledger.committed(PARTITION)).isEqualTo(5);
        assertThat(transactions.trouble()).isEmpty();
    }

    @Test
    void nothing_to_write_is_no_transaction() throws Exception {
        write();

        assertThat(broker.producers()).isZero();
    }

    @Test
    void positions_that_moved_by_themselves_are_committed_alone() throws Exception {
        ledger.finish(PARTITION, 4);

        write();

        assertThat(ledger.committed(PARTITION)).isEqualTo(5);
    }

    @Test
    void a_batch_that_was_aborted_is_written_once() throws Exception {
        ledger.finish(PARTITION, 4);
        broker.failsToCommit(new KafkaException("a batch of the transaction expired"));

        write("a");

        assertThat(written()).containsExactly("a");
        assertThat(ledger.committed(PARTITION)).isEqualTo(5);
        assertThat(broker.producers()).isEqualTo(1);
    }

    @Test
    void a_producer_that_is_of_no_use_any_more_is_replaced() throws Exception {
        broker.failsToCommit(new ProducerFencedException("fenced")).failsToAbort(new ProducerFencedException("fenced"));

        write("a");

        assertThat(written()).containsExactly("a");
        assertThat(broker.producers()).isEqualTo(2);
        assertThat(broker.closed()).isEqualTo(1);
    }

    @Test
    void a_commit_of_unknown_outcome_is_asked_for_again_and_nothing_is_written_twice() throws Exception {
        broker.failsToCommit(new TimeoutException("no answer")).failsToCommit(new TimeoutException("no answer"));

        write("a");

        assertThat(written()).containsExactly("a");
        assertThat(broker.commits()).isEqualTo(3);
        assertThat(broker.producers()).isEqualTo(1);
    }

    @Test
    void what_was_accepted_is_told_even_when_its_offset_is_somebody_elses() throws Exception {
        ledger.finish(PARTITION, 4);
        broker.refusesOffsets(new CommitFailedException("generation 3 is over"));
        Transactions losing = new Transactions(
                () -> {
                    ledger.lose(PARTITION);
                    return broker.producer();
                },
                (refused, why) -> Optional.empty());

        losing.write(List.of(entry("a")), ledger);

        assertThat(written()).containsExactly("a");
        assertThat(broker.positions().get(0)).isEmpty();
    }

    @Test
    void records_too_large_for_kafka_give_way_and_the_rest_is_written() throws Exception {
        ledger.finish(PARTITION, 4);
        Transactions shortening = new Transactions(
                broker::producer,
                (refused, why) -> Optional.of(entry("x" + text(refused).length())));
        broker.refuses(record -> record.value().length > 5);

        shortening.write(List.of(entry("small"), entry("larger"), entry("a"), entry("by far the largest")), ledger);

        assertThat(written()).containsExactly("small", "x6", "a", "x18");
        assertThat(ledger.committed(PARTITION)).isEqualTo(5);
    }

    @Test
    void what_has_no_substitute_is_left_out() throws Exception {
        Transactions dropping = new Transactions(
                broker::producer,
                (refused, why) -> text(refused).equals("large") ? Optional.of(entry("still large")) : Optional.empty());
        broker.refuses(record -> record.value().length >= 5);

        dropping.write(List.of(entry("large"), entry("b")), ledger);

        assertThat(written()).containsExactly("b");
    }

    @Test
    void a_broker_that_takes_less_metadata_gets_offsets_without_finished_sets() throws Exception {
        ledger.finish(PARTITION, 4);
        broker.refusesOffsets(new KafkaException("Unexpected error in TxnOffsetCommitResponse: "
                + "The metadata field of the offset request was too large."));

        write("a");

        assertThat(ledger.isOmitting()).isTrue();
        assertThat(written()).containsExactly("a");
    }

    @Test
    void opening_ends_what_a_former_process_of_the_name_left_open_however_often_it_takes() throws Exception {
        broker.failsToInit(new TimeoutException("no coordinator yet"));

        transactions.open();
        transactions.open();

        assertThat(broker.producers()).isEqualTo(2);
        assertThat(broker.closed()).isEqualTo(1);
        assertThat(transactions.trouble()).isEmpty();
    }
}
