package io.smspipeline.simulator.smsc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.OctetWriter;
import io.smspipeline.simulator.smsc.wire.RawPdu;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counters stay exact and memory bounded when a lot comes at once. */
class ThroughputTest {
    private static final int WINDOW = 50;
    private static final int MESSAGES = 100_000;

    @TempDir
    private Path directory;

    @Test
    void a_hundred_thousand_submits_with_receipts_are_counted_exactly() throws Exception {
        countsExactly(SmscSettings.forTests());
    }

    @Test
    void with_a_journal_too() throws Exception {
        Path journal = directory.resolve("journal");

        countsExactly(SmscSettings.forTests().withJournal(journal));

        try (SimulatedSmsc restarted =
                SimulatedSmsc.start(SmscSettings.forTests().withJournal(journal))) {
            assertThat(restarted.figures().receiptsDue()).isZero();
        }
    }

    private static void countsExactly(SmscSettings settings) throws Exception {
        long begin = System.nanoTime();
        try (SimulatedSmsc smsc = SimulatedSmsc.start(settings.withLogSize(1000));
                RawEsme esme = RawEsme.bound(smsc.port(), CommandId.BIND_TRANSCEIVER)) {
            int answered = 0;
            int receipts = 0;
            int next = 0;
            OctetWriter out = new OctetWriter(1 << 16);
            while (answered < MESSAGES || receipts < MESSAGES) {
                while (next < MESSAGES && next - answered < WINDOW) {
                    RawEsme.appendSubmit(out, next + 2, "message number " + next, 1);
                    next++;
                }
                esme.write(out.toByteArray());
                out = new OctetWriter(1 << 16);
                do {
                    RawPdu pdu = esme.read();
                    if (pdu.commandId() == CommandId.SUBMIT_SM_RESP) {
                        assertThat(pdu.status()).isZero();
                        answered++;
                    } else if (pdu.commandId() == CommandId.DELIVER_SM) {
                        receipts++;
                        int start = out.begin(CommandId.DELIVER_SM_RESP, 0, pdu.sequence());
                        out.cString("").end(start);
                    }
                } while (esme.available() > 16);
            }
            esme.write(out.toByteArray());

            await().atMost(Duration.ofSeconds(30)).until(() -> smsc.figures().receiptsAcked() == MESSAGES);
            System.out.printf(
                    "%s: %,d submits with receipts a second%n",
                    settings.journal() == null ? "no journal" : "journal",
                    MESSAGES * 1_000_000_000L / (System.nanoTime() - begin));
            assertThat(smsc.figures().accepted()).isEqualTo(MESSAGES);
            assertThat(smsc.figures().duplicates()).isZero();
            assertThat(smsc.figures().receiptsDue()).isEqualTo(MESSAGES);
            assertThat(smsc.messages()).hasSize(1000);
            assertThat(smsc.messages().get(999).text()).isEqualTo("message number " + (MESSAGES - 1));
        }
    }
}
