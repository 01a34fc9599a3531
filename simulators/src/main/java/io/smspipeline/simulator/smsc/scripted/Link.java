package io.smspipeline.simulator.smsc.scripted;

import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.CommandStatus;
import io.smspipeline.simulator.smsc.wire.Pdus;
import io.smspipeline.simulator.smsc.wire.RawPdu;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One connection in the hands of a {@link Script}. For the script's thread only. */
public final class Link {
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final int number;
    private final List<RawPdu> received;

    Link(Socket socket, int number, List<RawPdu> received) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        this.number = number;
        this.received = received;
    }

    /** Which connection to the peer this is, from 1. */
    public int number() {
        return number;
    }

    /**
     * Waits for the next PDU, whatever it is.
     *
     * @throws IOException when the ESME has closed
     */
    public RawPdu read() throws IOException {
        int length = in.readInt();
        if (length < 16 || length > 1 << 20) {
            throw new IOException("the ESME sent command_length " + length);
        }
        int commandId = in.readInt();
        int status = in.readInt();
        int sequence = in.readInt();
        byte[] body = new byte[length - 16];
        in.readFully(body);
        RawPdu pdu = new RawPdu(commandId, status, sequence, body);
        received.add(pdu);
        return pdu;
    }

    /** Waits for a PDU of this kind; answers enquire_link meanwhile and passes over all else. */
    public RawPdu read(int commandId) throws IOException {
        while (true) {
            RawPdu pdu = read();
            if (pdu.commandId() == commandId) {
                return pdu;
            }
            if (pdu.commandId() == CommandId.ENQUIRE_LINK) {
                write(Pdus.header(CommandId.ENQUIRE_LINK_RESP, CommandStatus.OK, pdu.sequence()));
            }
        }
    }

    /** Waits for a bind of any kind and accepts it, with sc_interface_version 0x34. */
    public RawPdu acceptBind() throws IOException {
        return acceptBind(0x34);
    }

    /**
     * Waits for a bind of any kind and accepts it.
     *
     * @param interfaceVersion value of sc_interface_version, of whatever sense; negative leaves the TLV away
     */
    public RawPdu acceptBind(int interfaceVersion) throws IOException {
        while (true) {
            RawPdu pdu = read();
            if (isBind(pdu)) {
                write(Pdus.bindResp(pdu, "scripted", interfaceVersion));
                return pdu;
            }
        }
    }

    private static boolean isBind(RawPdu pdu) {
        return pdu.commandId() == CommandId.BIND_TRANSCEIVER
                || pdu.commandId() == CommandId.BIND_TRANSMITTER
                || pdu.commandId() == CommandId.BIND_RECEIVER;
    }

    /** Writes these octets, a PDU or not, in one call. */
    public void write(byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
    }

    /** Writes the first octets of a PDU, is silent for a while, and writes the rest. */
    public void writeWithPause(byte[] octets, int before, Duration pause) throws IOException, InterruptedException {
        write(Arrays.copyOf(octets, before));
        pause(pause);
        write(Arrays.copyOfRange(octets, before, octets.length));
    }

    /** Does nothing for a while; what the ESME sends waits in the socket. */
    public void pause(Duration pause) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    }

    /** Reads until the ESME closes: answers enquire_link and unbind, and nothing else. */
    public void readOn() throws IOException {
        while (true) {
            RawPdu pdu = read();
            if (pdu.commandId() == CommandId.ENQUIRE_LINK || pdu.commandId() == CommandId.UNBIND) {
                write(Pdus.header(pdu.commandId() | CommandId.RESPONSE, CommandStatus.OK, pdu.sequence()));
            }
        }
    }

    /** Reads until the ESME closes and never answers. */
    public void stayMute() throws IOException {
        while (true) {
            read();
        }
    }

    /** Closes with a reset: the ESME may lose what it has not read yet. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Closes as a process does that ends: what was written still arrives. */
    public void cut() throws IOException {
        socket.shutdownOutput();
        // Closing a socket with unread input resets it, which could overtake what was written.
        in.skipNBytes(in.available());
        socket.close();
    }
}
