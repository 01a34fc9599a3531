package io.smspipeline.simulator.smsc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.OctetWriter;
import io.smspipeline.simulator.smsc.wire.RawPdu;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counters stay exact and memory bounded when a lot comes at once. */
class ThroughputTest {
    private static final int WINDOW = 50;
    private static final int MESSAGES = 100_000;

    @TempDir
    private Path directory;

    @Test
    void a_hundred_thousand_submits_are_counted_exactly() throws Exception {
        countsExactly("no receipts", SmscSettings.forTests(), MESSAGES, 0);
    }

    @Test
    void a_hundred_thousand_submits_with_receipts_are_counted_exactly() throws Exception {
        countsExactly("receipts", SmscSettings.forTests(), MESSAGES, 1);
    }

    @Test
    void with_a_journal_too() throws Exception {
        Path journal = directory.resolve("journal");

        countsExactly("receipts, journal", SmscSettings.forTests().withJournal(journal), MESSAGES, 1);

        try (SimulatedSmsc restarted =
                SimulatedSmsc.start(SmscSettings.forTests().withJournal(journal))) {
            assertThat(restarted.figures().receiptsDue()).isZero();
        }
    }

    @Test
    void with_a_log_of_every_pdu_too() throws Exception {
        Path log = directory.resolve("pdus");

        countsExactly("receipts, log of PDUs", SmscSettings.forTests().withPduLog(log), MESSAGES / 5, 1);

        try (Stream<String> lines = Files.lines(log)) {
            // Each submit, its receipt and their answers; bind and its answer, and how it ended.
            assertThat(lines.count()).isBetween(4L * MESSAGES / 5 + 2, 4L * MESSAGES / 5 + 4);
        }
    }

    /** CPU time this process has used, in nanoseconds: the ESME's and the SMSC's. */
    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void countsExactly(String what, SmscSettings settings, int messages, int registeredDelivery)
            throws Exception {
        int receiptsDue = registeredDelivery * messages;
        long begin = System.nanoTime();
        long cpu = cpu();
        try (SimulatedSmsc smsc = SimulatedSmsc.start(settings.withLogSize(1000));
                RawEsme esme = RawEsme.bound(smsc.port(), CommandId.BIND_TRANSCEIVER)) {
            int answered = 0;
            int receipts = 0;
            int next = 0;
            OctetWriter out = new OctetWriter(1 << 16);
            while (answered < messages || receipts < receiptsDue) {
                while (next < messages && next - answered < WINDOW) {
                    RawEsme.appendSubmit(out, next + 2, "message number " + next, registeredDelivery);
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

            await().atMost(Duration.ofSeconds(30)).until(() -> smsc.figures().receiptsAcked() == receiptsDue);
            System.out.printf(
                    "%s: %,d submits a second, %d microseconds of CPU for each with those of the ESME%n",
                    what, messages * 1_000_000_000L / (System.nanoTime() - begin), (cpu() - cpu) / 1000 / messages);
            assertThat(smsc.figures().accepted()).isEqualTo(messages);
            assertThat(smsc.figures().duplicates()).isZero();
            assertThat(smsc.figures().receiptsDue()).isEqualTo(receiptsDue);
            assertThat(smsc.messages()).hasSize(1000);
            assertThat(smsc.messages().get(999).text()).isEqualTo("message number " + (messages - 1));
        }
    }
}
