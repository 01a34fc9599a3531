package io.smspipeline.provider.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.provider.InboundSink;
import io.smspipeline.provider.InboundSource;
import io.smspipeline.provider.contract.RecordingSink;
import io.smspipeline.record.MoPart;
import io.smspipeline.record.Receipt;
import io.smspipeline.simulator.smsc.scripted.Link;
import io.smspipeline.simulator.smsc.scripted.Script;
import io.smspipeline.simulator.smsc.scripted.ScriptedPeer;
import io.smspipeline.simulator.smsc.wire.Address;
import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.MessageBody;
import io.smspipeline.simulator.smsc.wire.OctetWriter;
import io.smspipeline.simulator.smsc.wire.Pdus;
import io.smspipeline.simulator.smsc.wire.RawPdu;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the SMSC sends, and when it is answered. */
class SmppInboundTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final RecordingSink sink = new RecordingSink();
    private InboundSource source;
    private ScriptedPeer peer;

    @AfterEach
    void close() {
        source.close();
        peer.close();
        assertThat(peer.faults()).isEmpty();
    }

    private void open(Script script, String... keys) throws IOException {
        peer = ScriptedPeer.start(script);
        source = SmppTestAccount.at(peer.port(), keys)
                .openInbound(SmppTestAccount.wiring(sink))
                .orElseThrow();
    }

    private static byte[] receipt(int sequence) {
        String text = "id:" + sequence + " sub:001 dlvrd:001 submit date:2611210700 done date:2611210701 stat:DELIVRD"
                + " err:000 text:";
        return Pdus.deliverSm(
                sequence,
                MessageBody.delivery(
                        new Address(1, 1, "447700900123"),
                        new Address(0, 1, "12345"),
                        0x04,
                        0,
                        text.getBytes(StandardCharsets.US_ASCII),
                        new byte[0]));
    }

    private static byte[] receipts(int count) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int sequence = 1; sequence <= count; sequence++) {
            all.writeBytes(receipt(sequence));
        }
        return all.toByteArray();
    }

    private static Map<Integer, Integer> statuses(Link link, int count) throws IOException {
        Map<Integer, Integer> statuses = new HashMap<>();
        for (int i = 0; i < count; i++) {
            statuses.merge(link.read(CommandId.DELIVER_SM_RESP).status(), 1, Integer::sum);
        }
        return statuses;
    }

    /** Takes everything, each 20 ms later, as Kafka does; remembers how much waited at once. */
    private static final class PatientSink implements InboundSink, AutoCloseable {
        private final ScheduledExecutorService acks = Executors.newSingleThreadScheduledExecutor();
        private final AtomicInteger waiting = new AtomicInteger();
        private final AtomicInteger mostWaiting = new AtomicInteger();

        @Override
        public CompletionStage<Void> receipt(Receipt receipt, String correlationId) {
            mostWaiting.accumulateAndGet(waiting.incrementAndGet(), Math::max);
            CompletableFuture<Void> taken = new CompletableFuture<>();
            ScheduledFuture<?> ack = acks.schedule(
                    () -> {
                        waiting.decrementAndGet();
                        taken.complete(null);
                    },
                    20,
                    TimeUnit.MILLISECONDS);
            assertThat(ack.isCancelled()).isFalse();
            return taken;
        }

        @Override
        public CompletionStage<Void> mo(MoPart part) {
            throw new AssertionError("a receipt was taken for a message");
        }

        @Override
        public void close() {
            acks.shutdownNow();
        }
    }

    @Test
    void of_a_burst_of_20_000_receipts_none_is_refused_while_the_sink_takes_them_with_delay() throws Exception {
        int burst = 20_000;
        Map<Integer, Integer> statuses = new HashMap<>();
        CountDownLatch answered = new CountDownLatch(1);
        peer = ScriptedPeer.start(link -> {
            link.acceptBind();
            Thread writing = new Thread(() -> {
                try {
                    link.write(receipts(burst));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            writing.start();
            statuses.putAll(statuses(link, burst));
            answered.countDown();
            link.readOn();
        });
        try (PatientSink patient = new PatientSink()) {
            source = SmppTestAccount.at(peer.port())
                    .openInbound(SmppTestAccount.wiring(patient))
                    .orElseThrow();

            assertThat(answered.await(2 * SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(statuses).isEqualTo(Map.of(0, burst));
            assertThat(patient.mostWaiting).hasValueLessThanOrEqualTo(2_000);
        }
    }

    @Test
    void while_the_sink_stands_still_the_smsc_is_asked_to_come_again_and_not_to_slow_down() throws Exception {
        Map<Integer, Integer> refused = new HashMap<>();
        CountDownLatch answered = new CountDownLatch(1);
        sink.hold();
        open(
                link -> {
                    link.acceptBind();
                    link.write(receipts(15));
                    refused.putAll(statuses(link, 5));
                    answered.countDown();
                    link.readOn();
                },
                "max-unconfirmed: 10");

        assertThat(answered.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(refused).isEqualTo(Map.of(0x64, 5));
        sink.release();
    }

    @Test
    void a_probe_is_answered_while_the_sink_takes_its_time() throws Exception {
        CountDownLatch probed = new CountDownLatch(1);
        sink.hold();
        open(link -> {
            link.acceptBind();
            link.write(receipts(10));
            link.write(Pdus.header(CommandId.ENQUIRE_LINK, 0, 77));
            assertThat(link.read(CommandId.ENQUIRE_LINK_RESP).sequence()).isEqualTo(77);
            probed.countDown();
            link.readOn();
        });

        assertThat(probed.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(peer.received(CommandId.DELIVER_SM_RESP)).isEmpty();
        sink.release();
    }

    @Test
    void answers_name_the_delivery_they_are_for_in_whatever_order_the_sink_is_done() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        open(link -> {
            link.acceptBind();
            link.write(receipt(7));
            link.write(receipt(9));
            RawPdu first = link.read(CommandId.DELIVER_SM_RESP);
            RawPdu second = link.read(CommandId.DELIVER_SM_RESP);
            assertThat(List.of(first.sequence(), second.sequence())).containsExactlyInAnyOrder(7, 9);
            assertThat(first.body()).containsExactly(0);
            answered.countDown();
            link.readOn();
        });

        assertThat(answered.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void what_cannot_be_read_is_published_raw_and_answered_like_anything_else() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        open(link -> {
            link.acceptBind();
            link.write(new RawPdu(CommandId.DELIVER_SM, 0, 3, new byte[] {1, 2, 3}).octets());
            assertThat(link.read(CommandId.DELIVER_SM_RESP).status()).isZero();
            link.write(receipt(4));
            assertThat(link.read(CommandId.DELIVER_SM_RESP).status()).isZero();
            answered.countDown();
            link.readOn();
        });

        assertThat(answered.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(sink.parts()).hasSize(1).allMatch(part -> !part.getUnderstood());
        assertThat(sink.receipts()).hasSize(1);
    }

    @Test
    void a_data_sm_is_answered_as_one() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        open(link -> {
            link.acceptBind();
            byte[] body = new OctetWriter(64)
                    .cString("")
                    .u8(1)
                    .u8(1)
                    .cString("447700900123")
                    .u8(0)
                    .u8(1)
                    .cString("12345")
                    .u8(0)
                    .u8(0)
                    .u8(0)
                    .u16(0x0424)
                    .u16(2)
                    .octets(new byte[] {'H', 'i'})
                    .toByteArray();
            link.write(new RawPdu(CommandId.DATA_SM, 0, 5, body).octets());
            assertThat(link.read(CommandId.DATA_SM | CommandId.RESPONSE).status())
                    .isZero();
            answered.countDown();
            link.readOn();
        });

        assertThat(answered.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(sink.parts().get(0).getText()).isEqualTo("Hi");
    }

    @Test
    void a_receiver_binds_as_receiver() throws Exception {
        open(link -> {
            link.acceptBind();
            link.readOn();
        });

        await().atMost(SOON).until(() -> source.availability().up());
        assertThat(peer.received(CommandId.BIND_RECEIVER)).hasSize(1);
    }

    @Test
    void closing_waits_for_what_was_taken_and_says_goodbye_after_answering() throws Exception {
        sink.hold();
        open(link -> {
            link.acceptBind();
            link.write(receipt(1));
            link.readOn();
        });
        await().atMost(SOON).until(() -> sink.holding() == 1);

        Thread closing = new Thread(source::close);
        closing.start();
        await().atMost(SOON).until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        sink.release();
        closing.join(SOON.toMillis());

        List<Integer> commands = peer.received().stream().map(RawPdu::commandId).toList();
        assertThat(commands).containsSubsequence(CommandId.DELIVER_SM_RESP, CommandId.UNBIND);
    }
}
