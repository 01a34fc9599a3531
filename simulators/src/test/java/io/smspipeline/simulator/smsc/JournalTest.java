package io.smspipeline.simulator.smsc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smspipeline.simulator.smsc.wire.Address;
import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.MessageBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.core.ThrowingRunnable;
import org.jsmpp.bean.DeliverSm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an SMSC with a journal owes, it owes after a kill too. */
class JournalTest {
    @TempDir
    private Path directory;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    private <T extends AutoCloseable> T opened(T it) {
        opened.add(it);
        return it;
    }

    private SimulatedSmsc smsc(Path journal) throws IOException {
        return smsc(journal, behaviour -> behaviour);
    }

    private SimulatedSmsc smsc(Path journal, UnaryOperator<BehaviourBuilder> change) throws IOException {
        return opened(SimulatedSmsc.start(SmscSettings.forTests()
                .withAccount("demo", "secret")
                .withBehaviour(change.apply(Behaviour.prompt().with()).build())
                .withJournal(journal)));
    }

    private Path journal() {
        return directory.resolve("state/smsc.journal");
    }

    /** What a kill at this moment leaves: the file as it is, nothing written any more. */
    private Path leftByKillOf(SimulatedSmsc smsc) throws IOException {
        Path left = directory.resolve("left-" + opened.size());
        return Files.copy(smsc.settings().journal(), left);
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
    }

    private static String receiptedId(DeliverSm receipt) throws Exception {
        return receipt.getShortMessageAsDeliveryReceipt().getId();
    }

    @Test
    void a_receipt_and_a_reply_owed_at_a_kill_are_delivered_after_the_restart() throws Exception {
        SimulatedSmsc killed = smsc(journal());
        String id = opened(Esme.transmitter(killed)).submit("Are you there?");

        SimulatedSmsc restarted = smsc(leftByKillOf(killed));
        Esme receiver = opened(Esme.receiver(restarted));

        eventually(() -> {
            assertThat(receiver.receipts()).singleElement().satisfies(receipt -> {
                assertThat(receiptedId(receipt)).isEqualTo(id);
                assertThat(receipt.getSourceAddr()).isEqualTo("447700900123");
                assertThat(receipt.getDestAddress()).isEqualTo("Shop");
            });
            assertThat(receiver.fromHandsets())
                    .singleElement()
                    .satisfies(reply ->
                            assertThat(reply.getShortMessage()).asString().isEqualTo("Yes. You asked: Are you there?"));
        });
        eventually(() -> {
            assertThat(restarted.figures().receiptsDue()).isEqualTo(1);
            assertThat(restarted.figures().receiptsAcked()).isEqualTo(1);
            assertThat(restarted.figures().mosAcked()).isEqualTo(1);
        });
    }

    @Test
    void what_was_taken_before_a_kill_does_not_come_again_and_the_rest_comes_once() throws Exception {
        SimulatedSmsc killed = smsc(journal(), b -> b.replyDelay(Duration.ofHours(1)));
        Esme transceiver = opened(Esme.transceiver(killed));
        transceiver.submit("Taken");
        transceiver.submit("Receipt taken, reply owed?");
        eventually(() -> assertThat(killed.figures().receiptsAcked()).isEqualTo(2));
        transceiver.close();
        String owed = opened(Esme.transmitter(killed)).submit("Owed");

        SimulatedSmsc restarted = smsc(leftByKillOf(killed));
        Esme receiver = opened(Esme.receiver(restarted));
        // In the file, not only in the figures: what was taken is noted there together with what comes next.
        eventually(() -> assertThat(restarted.settings().journal()).content().contains("\"done\""));
        SimulatedSmsc again = smsc(leftByKillOf(restarted));
        Esme transceiverAgain = opened(Esme.transceiver(again));
        String last = transceiverAgain.submit("What comes now comes behind all that was owed");

        eventually(() -> assertThat(transceiverAgain.receipts()).hasSize(1));
        assertThat(receiver.receipts())
                .singleElement()
                .satisfies(receipt -> assertThat(receiptedId(receipt)).isEqualTo(owed));
        assertThat(receiptedId(transceiverAgain.receipts().get(0))).isEqualTo(last);
        assertThat(restarted.figures().mosDue()).isEqualTo(1);
    }

    @Test
    void each_of_many_receipts_comes_once_when_the_smsc_stops_in_between() throws Exception {
        List<String> ids = new ArrayList<>();
        List<String> receipted = new ArrayList<>();
        try (SimulatedSmsc first = smsc(journal());
                Esme esme = Esme.transmitter(first)) {
            for (int i = 0; i < 50; i++) {
                ids.add(esme.submit("number " + i));
            }
        }
        try (SimulatedSmsc second = smsc(journal());
                Esme esme = Esme.receiver(second)) {
            eventually(() -> assertThat(second.figures().receiptsAcked()).isEqualTo(50));
            for (DeliverSm receipt : esme.receipts()) {
                receipted.add(receiptedId(receipt));
            }
        }

        assertThat(receipted).containsExactlyInAnyOrderElementsOf(ids);
        try (SimulatedSmsc third = smsc(journal())) {
            assertThat(third.figures().receiptsDue()).isZero();
        }
    }

    @Test
    void a_receipt_not_yet_due_waits_for_its_time_after_a_restart() throws Exception {
        SimulatedSmsc killed = smsc(journal(), b -> b.receiptDelay(Duration.ofHours(1)));
        opened(Esme.transceiver(killed)).submit("Later");

        SimulatedSmsc restarted = smsc(leftByKillOf(killed));
        Esme transceiver = opened(Esme.transceiver(restarted));
        transceiver.submit("Now");

        eventually(() -> assertThat(restarted.figures().receiptsAcked()).isEqualTo(1));
        assertThat(restarted.figures().receiptsDue()).isEqualTo(2);
        assertThat(transceiver.receipts()).hasSize(1);
    }

    @Test
    void a_text_from_a_handset_outlives_a_kill() throws Exception {
        SimulatedSmsc killed = smsc(journal());
        assertThat(killed.sendFromHandset("447700900999", "12345", "Hello")).isTrue();

        Esme receiver = opened(Esme.receiver(smsc(leftByKillOf(killed))));

        eventually(() -> assertThat(receiver.fromHandsets())
                .singleElement()
                .satisfies(text -> assertThat(text.getSourceAddr()).isEqualTo("447700900999")));
    }

    @Test
    void a_receipt_refused_before_a_kill_is_still_owed() throws Exception {
        SimulatedSmsc killed = smsc(journal(), b -> b.redeliveryDelay(Duration.ofHours(1)));
        Esme transceiver = opened(Esme.transceiver(killed));
        transceiver.refuseDeliveries(1);
        transceiver.submit("Hello");
        eventually(() -> assertThat(killed.figures().receiptsRefused()).isEqualTo(1));

        Esme receiver = opened(Esme.receiver(smsc(leftByKillOf(killed))));

        eventually(() -> assertThat(receiver.receipts()).hasSize(1));
    }

    @Test
    void ids_go_on_above_those_of_an_earlier_life_even_when_the_clock_was_set_back() throws Exception {
        long ahead = (System.currentTimeMillis() + Duration.ofDays(1).toMillis()) * 1000;
        Path journal = directory.resolve("of-tomorrow");
        Files.writeString(journal, "{\"greatest\":" + ahead + "}\n");

        String id;
        try (SimulatedSmsc first = smsc(journal);
                Esme esme = Esme.transmitter(first)) {
            id = esme.submit("one");
        }
        Esme esme = opened(Esme.transmitter(smsc(journal)));

        assertThat(id).isEqualTo(Long.toString(ahead + 1));
        assertThat(esme.submit("two")).isEqualTo(Long.toString(ahead + 2));
    }

    @Test
    void a_line_torn_by_the_kill_is_passed_over() throws Exception {
        SimulatedSmsc killed = smsc(journal());
        String id = opened(Esme.transmitter(killed)).submit("Whole");
        Path left = leftByKillOf(killed);
        String torn = Files.readAllLines(left).get(1);
        Files.writeString(left, torn.substring(0, torn.length() / 2), StandardOpenOption.APPEND);

        SimulatedSmsc restarted = smsc(left);
        Esme receiver = opened(Esme.receiver(restarted));

        eventually(() -> assertThat(receiver.receipts()).hasSize(1));
        assertThat(receiptedId(receiver.receipts().get(0))).isEqualTo(id);
        assertThat(Files.readAllLines(left).get(1)).isEqualTo(torn);
    }

    @Test
    void a_file_that_is_no_journal_is_left_alone() throws Exception {
        Path other = Files.writeString(directory.resolve("notes.txt"), "milk\nbread\n");

        assertThatThrownBy(() -> smsc(other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 1 of " + other)
                .hasMessageContaining("Name another file");
        assertThat(other).hasContent("milk\nbread\n");
    }

    @Test
    void a_long_journal_that_owes_nothing_begins_anew() throws Exception {
        Path path = directory.resolve("long");
        Delivery delivery = new WrittenDelivery(
                7,
                0,
                MessageBody.delivery(new Address(1, 1, "1"), new Address(1, 1, "2"), 0, 0, new byte[9], new byte[0]),
                null);
        try (FileJournal journal = FileJournal.open(path, 50)) {
            journal.owe("demo", List.of(new Owed(delivery, Instant.EPOCH)));
            journal.flush();
            assertThat(Files.readAllLines(path)).hasSize(2);
            journal.done(delivery);
            journal.flush();
        }

        assertThat(Files.readAllLines(path)).containsExactly("{\"greatest\":7}");
    }

    @Test
    void an_answer_whose_debt_cannot_be_kept_does_not_leave() throws Exception {
        FileJournal journal = FileJournal.open(directory.resolve("closed"));
        journal.close();
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        SessionOutput output = new SessionOutput(wire, journal, (octets, end) -> {});

        output.submitResp(CommandId.SUBMIT_SM_RESP, 1, "id", new byte[0]);

        assertThatThrownBy(output::flush).isInstanceOf(IOException.class);
        assertThat(wire.size()).isZero();
    }
}
