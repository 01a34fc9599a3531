package io.smspipeline.provider.smpp.session;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Gathers PDUs and writes them together: one system call for a burst. Appending never blocks. Of several threads that flush
 * one writes, and takes along what the others appended meanwhile. Safe for use by many threads.
 *
 * <p>It counts what was appended and what was handed to the socket, so that of each PDU it is known whether it can have left.
 */
final class BurstOutput extends OutputStream {
    /** Some fourteen submit_sm: with a window of fifty both sides then work at the same time rather than in turns. */
    private static final int LARGE = 2048;

    private final OutputStream socket;
    private final int room;
    private byte[] filling = new byte[8192];
    private byte[] spare = new byte[8192];
    private int filled;
    private long appended;
    private long attempted;
    private boolean writing;
    private boolean closed;
    private volatile long writingSince;
    private volatile long proved;

    /**
     * @param room octets that the kernel surely has room for beyond those the peer is known to have read; a write of no more
     *     does not block
     */
    BurstOutput(OutputStream socket, int room) {
        this.socket = socket;
        this.room = room;
    }

    /** The peer answered the PDU that begins there, so it has read all before it. For the reading thread alone. */
    void proved(long offset) {
        if (offset > proved) {
            proved = offset;
        }
    }

    /** Whether a flush now cannot block, however long the peer reads nothing. */
    synchronized boolean fits() {
        return appended - proved <= room;
    }

    /**
     * Takes a whole PDU.
     *
     * @return where it begins in everything ever appended; -1 when nothing is taken any more
     */
    synchronized long append(byte[] pdu) {
        if (closed) {
            return -1;
        }
        if (filled + pdu.length > filling.length) {
            byte[] larger = new byte[Math.max(2 * filling.length, filled + pdu.length)];
            System.arraycopy(filling, 0, larger, 0, filled);
            filling = larger;
        }
        System.arraycopy(pdu, 0, filling, filled, pdu.length);
        filled += pdu.length;
        long offset = appended;
        appended += pdu.length;
        return offset;
    }

    /** Whether the PDU that begins there was handed to the socket, in part or whole. */
    synchronized boolean left(long offset) {
        return offset < attempted;
    }

    /** Whether anything waits to be flushed. */
    synchronized boolean holds() {
        return filled > 0 && !closed;
    }

    /** Whether so much waits that it should leave, so that the peer can begin while more is made. */
    synchronized boolean isLarge() {
        return filled >= LARGE && !writing;
    }

    /** Since when the write call that goes on now has been going on, in {@link System#nanoTime}; 0 when there is none. */
    long writingSince() {
        return writingSince;
    }

    /** Takes nothing more and hands nothing more to the socket. */
    synchronized void shut() {
        closed = true;
    }

    /** For jSMPP, should it write anything: a PDU of another thread goes out at once. */
    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
        byte[] pdu = new byte[length];
        System.arraycopy(octets, from, pdu, 0, length);
        if (append(pdu) < 0) {
            throw new IOException("the session has ended");
        }
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    /** Writes what was appended. Returns at once when another thread is writing: that one goes on with it. */
    @Override
    public void flush() throws IOException {
        while (true) {
            byte[] burst;
            int length;
            synchronized (this) {
                if (writing || closed || filled == 0) {
                    return;
                }
                writing = true;
                burst = filling;
                length = filled;
                filling = spare;
                filled = 0;
                attempted = appended;
            }
            boolean written = false;
            writingSince = System.nanoTime() | 1;
            try {
                socket.write(burst, 0, length);
                written = true;
            } finally {
                writingSince = 0;
                synchronized (this) {
                    writing = false;
                    spare = burst;
                    closed |= !written;
                }
            }
        }
    }
}
