package io.smspipeline.simulator.smsc.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.Pdus;
import io.smspipeline.simulator.smsc.wire.RawPdu;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScriptedPeerTest {
    private static final byte[] BIND = new RawPdu(CommandId.BIND_TRANSCEIVER, 0, 1, new byte[7]).octets();

    private static Socket connected(ScriptedPeer peer) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), peer.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static RawPdu read(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int length = in.readInt();
        RawPdu pdu = new RawPdu(in.readInt(), in.readInt(), in.readInt(), new byte[length - 16]);
        in.readFully(pdu.body());
        return pdu;
    }

    @Test
    void it_can_cut_right_after_bind_resp_and_the_answer_still_arrives() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(link -> {
                    link.acceptBind(0x40);
                    link.cut();
                });
                Socket socket = connected(peer)) {
            socket.getOutputStream().write(BIND);

            RawPdu answer = read(socket);

            assertThat(answer.status()).isZero();
            assertThat(answer.body()).endsWith(0x02, 0x10, 0, 1, 0x40);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void it_can_pause_inside_a_pdu() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(link -> {
                    link.read();
                    link.writeWithPause(Pdus.submitSmResp(7, "abc"), 9, Duration.ofMillis(100));
                    link.readOn();
                });
                Socket socket = connected(peer)) {
            long began = System.nanoTime();
            socket.getOutputStream().write(Pdus.header(CommandId.SUBMIT_SM, 0, 7));

            RawPdu answer = read(socket);

            assertThat(answer.sequence()).isEqualTo(7);
            assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(100_000_000L);
        }
    }

    @Test
    void it_waits_for_one_command_and_answers_enquire_link_meanwhile() throws Exception {
        CountDownLatch submitted = new CountDownLatch(1);
        try (ScriptedPeer peer = ScriptedPeer.start(link -> {
                    link.read(CommandId.SUBMIT_SM);
                    submitted.countDown();
                    link.stayMute();
                });
                Socket socket = connected(peer)) {
            socket.getOutputStream().write(Pdus.header(CommandId.ENQUIRE_LINK, 0, 5));
            assertThat(read(socket).commandId()).isEqualTo(CommandId.ENQUIRE_LINK_RESP);
            socket.getOutputStream().write(Pdus.header(CommandId.SUBMIT_SM, 0, 6));

            assertThat(submitted.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(peer.received(CommandId.SUBMIT_SM)).hasSize(1);
            assertThat(peer.received()).hasSize(2);
        }
    }

    @Test
    void each_connection_plays_the_script_and_knows_its_number() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(link -> {
                    link.write(Pdus.header(CommandId.ENQUIRE_LINK, 0, link.number()));
                    link.readOn();
                });
                Socket first = connected(peer)) {
            assertThat(read(first).sequence()).isEqualTo(1);
            try (Socket second = connected(peer)) {
                assertThat(read(second).sequence()).isEqualTo(2);
            }
            assertThat(peer.connections()).isEqualTo(2);
        }
    }

    @Test
    void a_fault_in_the_script_can_be_asked_for_and_closing_is_none() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(link -> {
                    link.read();
                    throw new IllegalStateException("wrong PDU");
                });
                Socket socket = connected(peer)) {
            connected(peer).close();
            socket.getOutputStream().write(Pdus.header(CommandId.ENQUIRE_LINK, 0, 1));

            assertThatThrownBy(() -> read(socket)).isInstanceOf(EOFException.class);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(peer.faults()).singleElement().isInstanceOf(IllegalStateException.class));
        }
    }
}
