package io.smspipeline.simulator.smsc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.simulator.smsc.wire.Address;
import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.OctetReader;
import io.smspipeline.simulator.smsc.wire.OctetWriter;
import io.smspipeline.simulator.smsc.wire.RawPdu;
import io.smspipeline.simulator.smsc.wire.SmppTime;
import io.smspipeline.simulator.smsc.wire.Tag;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an ESME may ask beside submit_sm: SMPP 3.4 §4.5, §4.7-4.10, §4.12 and outbind. */
class OperationsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Address SHOP = new Address(5, 0, "Shop");
    private static final Address HANDSET = new Address(1, 1, "447700900123");
    private static final int DELIVERED = 2;
    private static final int ENROUTE = 1;

    @TempDir
    private Path directory;

    private SimulatedSmsc smsc;
    private RawEsme esme;

    @BeforeEach
    void bind() throws Exception {
        start(SmscSettings.forTests());
    }

    private void start(SmscSettings settings) throws Exception {
        smsc = SimulatedSmsc.start(settings);
        esme = RawEsme.bound(smsc.port(), CommandId.BIND_TRANSCEIVER);
    }

    @AfterEach
    void close() throws Exception {
        esme.close();
        smsc.close();
    }

    private void hold(Duration time) {
        smsc.behave(smsc.behaviour().with().receiptDelay(time).build());
    }

    private String submitted(int sequence, String text) throws Exception {
        RawPdu answer = esme.ask(RawEsme.submit(sequence, text, 1));
        assertThat(answer.status()).isZero();
        return answer.reader().cString(65);
    }

    private RawPdu query(String id, Address source) throws Exception {
        return esme.ask(RawEsme.request(CommandId.QUERY_SM, 100, out -> source.write(out.cString(id))));
    }

    private RawPdu cancel(String id, Address source, Address destination) throws Exception {
        return esme.ask(RawEsme.request(CommandId.CANCEL_SM, 101, out -> {
            out.cString("").cString(id);
            source.write(out);
            destination.write(out);
        }));
    }

    private RawPdu replace(String id, String text, String validity) throws Exception {
        return esme.ask(RawEsme.request(CommandId.REPLACE_SM, 102, out -> {
            out.cString(id);
            SHOP.write(out);
            out.cString("").cString(validity).u8(1).u8(0).u8(text.length());
            out.octets(text.getBytes(StandardCharsets.US_ASCII));
        }));
    }

    private String receipt() throws Exception {
        return new String(esme.read(CommandId.DELIVER_SM).message().shortMessage(), StandardCharsets.US_ASCII);
    }

    @Test
    void a_message_that_is_held_is_enroute_and_later_delivered_at_a_time() throws Exception {
        hold(Duration.ofMinutes(5));
        String held = submitted(2, "Later");
        RawPdu enroute = query(held, SHOP);
        hold(Duration.ZERO);
        Instant before = Instant.now().minusSeconds(1);
        String delivered = submitted(3, "Now");
        receipt();
        RawPdu done = query(delivered, SHOP);

        OctetReader body = enroute.reader();
        assertThat(body.cString(65)).isEqualTo(held);
        assertThat(body.cString(17)).isEmpty();
        assertThat(body.u8()).isEqualTo(ENROUTE);
        OctetReader later = done.reader();
        assertThat(later.cString(65)).isEqualTo(delivered);
        assertThat(SmppTime.read(later.cString(17), Instant.EPOCH)).isBetween(before, Instant.now());
        assertThat(later.u8()).isEqualTo(DELIVERED);
        assertThat(later.u8()).isZero();
        assertThat(smsc.figures().held()).isEqualTo(1);
        assertThat(smsc.figures().queries()).isEqualTo(2);
    }

    @Test
    void the_end_of_a_message_that_asked_for_no_receipt_is_known_too() throws Exception {
        RawPdu answer = esme.ask(RawEsme.submit(2, "No receipt", 0));

        RawPdu done = query(answer.reader().cString(65), SHOP);

        OctetReader body = done.reader();
        body.cString(65);
        assertThat(body.cString(17)).isNotEmpty();
        assertThat(body.u8()).isEqualTo(DELIVERED);
    }

    @Test
    void who_asks_for_an_unknown_message_or_another_ones_is_told_so() throws Exception {
        hold(Duration.ofMinutes(5));
        String id = submitted(2, "Mine");

        assertThat(query("4711", SHOP).status()).isEqualTo(0x0C);
        assertThat(query(id, new Address(5, 0, "Other")).status()).isEqualTo(0x67);
        assertThat(cancel("4711", SHOP, HANDSET).status()).isEqualTo(0x0C);
        assertThat(replace("4711", "x", "").status()).isEqualTo(0x0C);
        try (RawEsme other = RawEsme.boundAs(CommandId.BIND_RECEIVER, "somebody", "", smsc.port())) {
            RawPdu refused = other.ask(RawEsme.request(CommandId.QUERY_SM, 2, out -> SHOP.write(out.cString(id))));
            assertThat(refused.status()).as("a receiver may not ask").isEqualTo(0x04);
        }
    }

    @Test
    void a_held_message_is_cancelled_and_its_receipt_says_so() throws Exception {
        hold(Duration.ofMinutes(5));
        String id = submitted(2, "Shall this be cancelled?");

        assertThat(cancel(id, SHOP, new Address(0, 0, "")).status()).isZero();

        assertThat(receipt()).startsWith("id:" + id + " ").contains("stat:DELETED");
        OctetReader body = query(id, SHOP).reader();
        body.cString(65);
        body.cString(17);
        assertThat(body.u8()).isEqualTo(4);
        assertThat(cancel(id, SHOP, HANDSET).status()).as("twice").isEqualTo(0x11);
        assertThat(smsc.figures().cancelled()).isEqualTo(1);
        assertThat(smsc.figures().held()).isZero();
    }

    @Test
    void without_an_id_all_messages_of_a_sender_to_a_handset_are_cancelled() throws Exception {
        hold(Duration.ofMinutes(5));
        submitted(2, "one");
        submitted(3, "two");

        assertThat(cancel("", SHOP, new Address(1, 1, "447700900124")).status()).isEqualTo(0x11);
        assertThat(cancel("", SHOP, HANDSET).status()).isZero();

        assertThat(smsc.figures().cancelled()).isEqualTo(2);
        assertThat(smsc.figures().held()).isZero();
    }

    @Test
    void a_delivered_message_can_neither_be_cancelled_nor_replaced() throws Exception {
        String id = submitted(2, "Gone");
        receipt();

        assertThat(cancel(id, SHOP, HANDSET).status()).isEqualTo(0x11);
        assertThat(replace(id, "Too late", "").status()).isEqualTo(0x13);
    }

    @Test
    void a_replaced_message_is_delivered_with_its_new_text_at_its_new_time() throws Exception {
        hold(Duration.ofMinutes(5));
        String id = submitted(2, "The old text");

        assertThat(replace(id, "New", "").status()).isZero();
        assertThat(smsc.figures().held()).isEqualTo(1);
        hold(Duration.ZERO);
        assertThat(replace(id, "Newest", "000000010000000R").status()).isZero();

        assertThat(receipt()).contains("stat:DELIVRD").endsWith("text:Newest");
        assertThat(smsc.figures().replaced()).isEqualTo(2);
        assertThat(smsc.figures().receiptsDue()).isEqualTo(1);
    }

    @Test
    void a_message_that_is_held_longer_than_it_is_valid_expires() throws Exception {
        hold(Duration.ofMinutes(5));
        String id = submitted(2, "Hurry");

        assertThat(replace(id, "Hurry", "000000000001000R").status()).isZero();

        assertThat(receipt()).contains("stat:EXPIRED").contains("id:" + id);
    }

    @Test
    void times_that_are_none_are_refused() throws Exception {
        assertThat(esme.ask(withTimes("soon", "")).status()).isEqualTo(0x61);
        assertThat(esme.ask(withTimes("", "261399000000000+")).status()).isEqualTo(0x62);
        assertThat(esme.ask(withTimes("000002000000000R", "000001000000000R")).status())
                .as("valid no longer than until before the schedule")
                .isEqualTo(0x62);
    }

    private static byte[] withTimes(String schedule, String validity) {
        return RawEsme.request(CommandId.SUBMIT_SM, 9, out -> {
            SHOP.write(out.cString(""));
            HANDSET.write(out);
            out.u8(0).u8(0).u8(0).cString(schedule).cString(validity);
            out.u8(0).u8(0).u8(0).u8(0).u8(1).u8('x');
        });
    }

    @Test
    void a_message_with_replace_if_present_takes_the_place_of_a_held_one() throws Exception {
        hold(Duration.ofMinutes(5));
        String old = submitted(2, "Balance: 10");

        RawPdu answer = esme.ask(RawEsme.request(CommandId.SUBMIT_SM, 3, out -> {
            SHOP.write(out.cString(""));
            HANDSET.write(out);
            out.u8(0)
                    .u8(0)
                    .u8(0)
                    .cString("")
                    .cString("")
                    .u8(1)
                    .u8(1)
                    .u8(0)
                    .u8(0)
                    .u8(1)
                    .u8('x');
        }));

        assertThat(answer.status()).isZero();
        OctetReader body = query(old, SHOP).reader();
        body.cString(65);
        body.cString(17);
        assertThat(body.u8()).as("deleted").isEqualTo(4);
        assertThat(smsc.figures().held()).isEqualTo(1);
        assertThat(smsc.figures().receiptsDue()).isEqualTo(1);
    }

    @Test
    void data_sm_is_taken_as_submit_sm_is() throws Exception {
        RawPdu answer = esme.ask(RawEsme.request(CommandId.DATA_SM, 2, out -> {
            SHOP.write(out.cString(""));
            HANDSET.write(out);
            out.u8(0).u8(1).u8(0).tlv(Tag.MESSAGE_PAYLOAD, "Payload".getBytes(StandardCharsets.US_ASCII));
        }));

        assertThat(answer.commandId()).isEqualTo(CommandId.DATA_SM_RESP);
        assertThat(receipt()).startsWith("id:" + answer.reader().cString(65)).endsWith("text:Payload");
        assertThat(smsc.messages().get(0).text()).isEqualTo("Payload");
    }

    @Test
    void receipts_may_come_as_data_sm() throws Exception {
        smsc.behave(smsc.behaviour().with().dataSm(true).build());
        String id = submitted(2, "Hello");

        RawPdu data = esme.read(CommandId.DATA_SM);
        esme.write(RawEsme.request(CommandId.DATA_SM_RESP, data.sequence(), out -> out.cString("")));

        OctetReader body = data.reader();
        assertThat(body.cString(6)).isEmpty();
        assertThat(Address.read(body)).isEqualTo(HANDSET);
        assertThat(Address.read(body)).isEqualTo(SHOP);
        assertThat(body.u8()).as("esm_class").isEqualTo(4);
        byte[] tlvs = body.octets(body.remaining());
        assertThat(new String(tlvs, StandardCharsets.US_ASCII))
                .contains("id:" + id)
                .contains("stat:DELIVRD");
        await().atMost(PATIENCE).until(() -> smsc.figures().receiptsAcked() == 1);
    }

    private static byte[] multi(int sequence, Consumer<OctetWriter> destinations) {
        return RawEsme.request(CommandId.SUBMIT_MULTI, sequence, out -> {
            SHOP.write(out.cString(""));
            destinations.accept(out);
            out.u8(0)
                    .u8(0)
                    .u8(0)
                    .cString("")
                    .cString("")
                    .u8(1)
                    .u8(0)
                    .u8(0)
                    .u8(0)
                    .u8(2)
                    .u8('H')
                    .u8('i');
        });
    }

    @Test
    void submit_multi_tells_who_did_not_get_it_and_all_receipts_carry_its_id() throws Exception {
        smsc.behave(smsc.behaviour()
                .with()
                .refusals(java.util.Map.of("447700900666", 0x0B))
                .build());

        RawPdu answer = esme.ask(multi(2, out -> {
            out.u8(4).u8(1);
            HANDSET.write(out);
            new Address(1, 1, "447700900666").write(out.u8(1));
            new Address(1, 1, "447700900124").write(out.u8(1));
            out.u8(2).cString("staff");
        }));

        OctetReader body = answer.reader();
        String id = body.cString(65);
        assertThat(body.u8()).isEqualTo(2);
        assertThat(Address.read(body).value()).isEqualTo("staff");
        assertThat(body.i32()).isEqualTo(0x34);
        assertThat(Address.read(body).value()).isEqualTo("447700900666");
        assertThat(body.i32()).isEqualTo(0x0B);
        assertThat(body.remaining()).isZero();
        assertThat(receipt()).startsWith("id:" + id + " ");
        assertThat(receipt()).startsWith("id:" + id + " ");
        assertThat(smsc.figures().submits()).isEqualTo(4);
        assertThat(smsc.figures().accepted()).isEqualTo(2);
    }

    @Test
    void a_submit_multi_is_cancelled_as_a_whole() throws Exception {
        hold(Duration.ofMinutes(5));
        RawPdu answer = esme.ask(multi(2, out -> {
            HANDSET.write(out.u8(2).u8(1));
            new Address(1, 1, "447700900124").write(out.u8(1));
        }));

        assertThat(cancel(answer.reader().cString(65), SHOP, new Address(0, 0, ""))
                        .status())
                .isZero();

        assertThat(smsc.figures().cancelled()).isEqualTo(2);
    }

    @Test
    void a_submit_multi_to_nobody_or_to_nothing_known_is_refused() throws Exception {
        assertThat(esme.ask(multi(2, out -> out.u8(0))).status()).isEqualTo(0x33);
        assertThat(esme.ask(multi(3, out -> out.u8(1).u8(7))).status()).isEqualTo(0x40);
    }

    @Test
    void more_than_may_be_held_is_refused_as_a_full_queue() throws Exception {
        close();
        start(SmscSettings.forTests().withMaxHeld(2));
        hold(Duration.ofMinutes(5));
        submitted(2, "one");
        String second = submitted(3, "two");

        assertThat(esme.ask(RawEsme.submit(4, "three", 1)).status()).isEqualTo(0x14);
        cancel(second, SHOP, HANDSET);
        RawPdu receipt = esme.read(CommandId.DELIVER_SM);
        esme.write(RawEsme.request(CommandId.DELIVER_SM_RESP, receipt.sequence(), out -> out.cString("")));

        await().atMost(PATIENCE).until(() -> smsc.figures().receiptsAcked() == 1);
        assertThat(esme.ask(RawEsme.submit(5, "three", 1)).status()).isZero();
    }

    @Test
    void a_cancelled_message_leaves_its_receipt_in_the_journal_and_no_other() throws Exception {
        close();
        Path journal = directory.resolve("journal");
        start(SmscSettings.forTests().withJournal(journal));
        hold(Duration.ofMinutes(5));
        RawEsme transmitter = RawEsme.bound(smsc.port(), CommandId.BIND_TRANSMITTER);
        esme.close();
        esme = transmitter;
        String id = submitted(2, "Cancel me?");
        cancel(id, SHOP, HANDSET);
        Path left = Files.copy(journal, directory.resolve("left"));

        try (SimulatedSmsc next = SimulatedSmsc.start(SmscSettings.forTests().withJournal(left));
                RawEsme receiver = RawEsme.boundAs(CommandId.BIND_RECEIVER, "raw", "", next.port())) {
            String text =
                    new String(receiver.read(CommandId.DELIVER_SM).message().shortMessage(), StandardCharsets.US_ASCII);

            assertThat(text).contains("id:" + id).contains("stat:DELETED");
            assertThat(next.figures().receiptsDue()).isEqualTo(1);
        }
    }

    @Test
    void an_alert_reaches_a_receiver_that_is_bound() throws Exception {
        assertThat(smsc.alert("447700900123", "12345", 0)).isTrue();

        OctetReader alert = esme.read(CommandId.ALERT_NOTIFICATION).reader();

        assertThat(Address.read(alert)).isEqualTo(HANDSET);
        assertThat(Address.read(alert).value()).isEqualTo("12345");
        assertThat(alert.u16()).isEqualTo(Tag.MS_AVAILABILITY_STATUS);
        assertThat(alert.u16()).isEqualTo(1);
        assertThat(alert.u8()).isZero();
    }

    @Test
    void an_esme_is_asked_to_bind_and_may_do_so_on_that_connection() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            smsc.outbind("127.0.0.1", listening.getLocalPort(), "smsc", "secret");
            try (Socket accepted = listening.accept();
                    RawEsme asked = new RawEsme(accepted)) {
                OctetReader outbind = asked.read(CommandId.OUTBIND).reader();
                assertThat(outbind.cString(16)).isEqualTo("smsc");
                assertThat(outbind.cString(9)).isEqualTo("secret");

                assertThat(asked.ask(RawEsme.bind(CommandId.BIND_RECEIVER, 1, 0x34))
                                .status())
                        .isZero();

                assertThat(smsc.figures().sessions()).isEqualTo(2);
            }
        }
    }
}
