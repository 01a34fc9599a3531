package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.OctetReader;
import io.smspipeline.simulator.smsc.wire.OctetWriter;
import io.smspipeline.simulator.smsc.wire.RawPdu;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** An ESME octet by octet, for what a library would not send. */
final class RawEsme implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final Deque<RawPdu> cameMeanwhile = new ArrayDeque<>();

    RawEsme(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    RawEsme(Socket connected) throws IOException {
        socket = connected;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    }

    static RawEsme bound(int port, int commandId) throws IOException {
        RawEsme esme = new RawEsme(port);
        esme.ask(bind(commandId, 1, 0x34));
        return esme;
    }

    static RawEsme boundAs(int commandId, String systemId, String password, int port) throws IOException {
        RawEsme esme = new RawEsme(port);
        esme.ask(bind(commandId, 1, 0x34, systemId, password));
        return esme;
    }

    static byte[] bind(int commandId, int sequence, int version) {
        return bind(commandId, sequence, version, "raw", "");
    }

    private static byte[] bind(int commandId, int sequence, int version, String systemId, String password) {
        OctetWriter out = new OctetWriter(64);
        int start = out.begin(commandId, 0, sequence);
        out.cString(systemId)
                .cString(password)
                .cString("")
                .u8(version)
                .u8(0)
                .u8(0)
                .cString("");
        out.end(start);
        return out.toByteArray();
    }

    static byte[] submit(int sequence, String text, int registeredDelivery) {
        OctetWriter out = new OctetWriter(256);
        appendSubmit(out, sequence, text, registeredDelivery);
        return out.toByteArray();
    }

    static void appendSubmit(OctetWriter out, int sequence, String text, int registeredDelivery) {
        int start = out.begin(CommandId.SUBMIT_SM, 0, sequence);
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        out.cString("")
                .u8(5)
                .u8(0)
                .cString("Shop")
                .u8(1)
                .u8(1)
                .cString("447700900123")
                .u8(0)
                .u8(0)
                .u8(0);
        out.cString("")
                .cString("")
                .u8(registeredDelivery)
                .u8(0)
                .u8(0)
                .u8(0)
                .u8(octets.length)
                .octets(octets);
        out.end(start);
    }

    /** A request whose body is written field by field. */
    static byte[] request(int commandId, int sequence, Consumer<OctetWriter> body) {
        OctetWriter out = new OctetWriter(256);
        int start = out.begin(commandId, 0, sequence);
        body.accept(out);
        out.end(start);
        return out.toByteArray();
    }

    /** Sends a request and waits for its answer; what else comes meanwhile is kept for {@link #read(int)}. */
    RawPdu ask(byte[] request) throws IOException {
        int sequence = new OctetReader(request, 12, 16).i32();
        write(request);
        while (true) {
            RawPdu pdu = read();
            if (pdu.commandId() < 0 && pdu.sequence() == sequence) {
                return pdu;
            }
            cameMeanwhile.add(pdu);
        }
    }

    /** The next PDU of this kind; others are passed over. */
    RawPdu read(int commandId) throws IOException {
        while (!cameMeanwhile.isEmpty()) {
            RawPdu pdu = cameMeanwhile.remove();
            if (pdu.commandId() == commandId) {
                return pdu;
            }
        }
        while (true) {
            RawPdu pdu = read();
            if (pdu.commandId() == commandId) {
                return pdu;
            }
        }
    }

    void write(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
    }

    RawPdu read() throws IOException {
        int length = in.readInt();
        RawPdu head = new RawPdu(in.readInt(), in.readInt(), in.readInt(), new byte[length - 16]);
        in.readFully(head.body());
        return head;
    }

    /** Waits until the peer closes, or sends something more. */
    boolean isClosedByPeer() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException e) {
            return true;
        }
    }

    int available() throws IOException {
        return in.available();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
