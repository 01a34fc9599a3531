package io.smspipeline.provider.smpp.session;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jsmpp.PDUReader;
import org.jsmpp.bean.Command;

/**
 * Reads PDUs from the socket and hands each to the session on the reading thread. jSMPP asks it for the next PDU and never
 * gets one: no queue, no second thread, no hexadecimal dump, and nothing that was read is lost when the link breaks.
 *
 * <p>Octets of a PDU that is not whole yet stay here, so that a pause inside a PDU (even one that ends a read by a timeout)
 * does not bring the stream out of step. Used by the reading thread alone.
 */
final class PduInput implements PDUReader {
    static final int HEADER = 16;

    /** Above message_payload's 65,535 octets with all else; a length beyond it means the stream is out of step. */
    static final int LONGEST = 128 * 1024;

    private final AtomicReference<Consumer> consumer = new AtomicReference<>();
    private byte[] buffer = new byte[64 * 1024];
    private int from;
    private int to;
    private boolean fresh;

    /** Who hears what is read. */
    interface Consumer {
        /** A whole PDU. The body is only valid during the call. */
        void received(int commandId, int status, int sequence, Octets body);

        /**
         * At least one whole PDU came. Single octets of one say nothing: a peer that drips them for ever answers nobody.
         */
        void heard();

        /** All that was read together has been handed out; the next read may wait. */
        void burstRead();

        /** A length that no PDU can have: nothing after it can be read. */
        void outOfStep();

        /** There is nothing more to read. */
        void ended(String why);
    }

    /** Whom PDUs go to; told before the connection is there, as the session needs this object to be made. */
    void feed(Consumer newConsumer) {
        consumer.set(newConsumer);
    }

    /** Never returns: ends by an exception with the session. */
    @Override
    public Command readPDUHeader(DataInputStream in) throws IOException {
        Consumer session = Objects.requireNonNull(consumer.get());
        try {
            while (true) {
                await(in, HEADER, session);
                int length = i32(from);
                if (length < HEADER || length > LONGEST) {
                    session.outOfStep();
                    throw new IOException("the SMSC sent command_length " + Integer.toUnsignedString(length)
                            + ", which is no PDU: the stream is out of step");
                }
                await(in, length, session);
                if (fresh) {
                    fresh = false;
                    session.heard();
                }
                int begin = from;
                from += length;
                session.received(
                        i32(begin + 4),
                        i32(begin + 8),
                        i32(begin + 12),
                        new Octets(buffer, begin + HEADER, begin + length));
            }
        } catch (IOException e) {
            session.ended(
                    e instanceof EOFException ? "the SMSC closed the connection" : "link lost: " + e.getMessage());
            throw e;
        } catch (RuntimeException | Error fault) {
            // jSMPP would let the thread die and the session look bound: better gone, and bound anew.
            session.ended("a fault of ours while reading: " + fault);
            throw fault;
        }
    }

    private void await(DataInputStream in, int needed, Consumer session) throws IOException {
        if (to - from >= needed) {
            return;
        }
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (needed > buffer.length) {
            buffer = Arrays.copyOf(buffer, needed);
        }
        session.burstRead();
        while (to < needed) {
            try {
                int read = in.read(buffer, to, buffer.length - to);
                if (read < 0) {
                    throw new EOFException();
                }
                to += read;
                fresh = true;
            } catch (SocketTimeoutException e) {
                // Sessions set no read timeout; should one be set, what was read so far is kept.
                continue;
            }
        }
    }

    private int i32(int at) {
        return (buffer[at] & 0xFF) << 24
                | (buffer[at + 1] & 0xFF) << 16
                | (buffer[at + 2] & 0xFF) << 8
                | buffer[at + 3] & 0xFF;
    }

    @Override
    public byte[] readPDU(DataInputStream in, Command header) {
        throw new IllegalStateException("no PDU header was handed out, so there is no body to ask for");
    }

    @Override
    public byte[] readPDU(DataInputStream in, int length, int commandId, int status, int sequence) {
        throw new IllegalStateException("no PDU header was handed out, so there is no body to ask for");
    }
}
