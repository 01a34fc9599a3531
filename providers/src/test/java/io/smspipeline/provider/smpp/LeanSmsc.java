package io.smspipeline.provider.smpp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * The other side of a measurement: accepts everything and costs next to nothing, so that what is measured is the ESME. Answers what
 * came together together, each so long after it came; sends a receipt with each answer when told to. Takes one length of PDU at
 * its word and looks at nothing but headers.
 */
final class LeanSmsc implements AutoCloseable {
    private static final int HEADER = 16;
    private static final byte[] ID = "0123456789\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RECEIPT = ("\0\1\001447700900123\0\3\00012345\0\4\0\0\0\0\1\0\0\0\u007a"
                    + "id:0123456789 sub:001 dlvrd:001 submit date:2611210700 done date:2611210701 stat:DELIVRD err:000"
                    + " text:Your code is 123456..")
            .getBytes(StandardCharsets.ISO_8859_1);

    private static final long SPUN_NANOS = 200_000;

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final long latencyNanos;
    private final boolean receipts;
    private final LongAdder confirmed = new LongAdder();
    private final LongAdder bursts = new LongAdder();
    private final LongAdder lateNanos = new LongAdder();

    /** Answers to what was read at once, and when they are due. */
    private record Burst(byte[] octets, int length, long due) {}

    LeanSmsc(long latencyMillis, boolean receipts) throws IOException {
        this.latencyNanos = TimeUnit.MILLISECONDS.toNanos(latencyMillis);
        this.receipts = receipts;
        daemon("lean-accept", this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** How much later than meant answers left, on average: what a busy machine adds. */
    double meanLateMillis() {
        return bursts.sum() == 0 ? 0 : lateNanos.sum() / 1e6 / bursts.sum();
    }

    /** Receipts that were answered. */
    long confirmed() {
        return confirmed.sum();
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                BlockingQueue<Burst> answers = new LinkedBlockingQueue<>();
                daemon("lean-read", () -> read(socket, answers));
                if (latencyNanos > 0) {
                    daemon("lean-write", () -> write(socket, answers));
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void read(Socket socket, BlockingQueue<Burst> answers) {
        byte[] in = new byte[256 * 1024];
        ByteBuffer out = ByteBuffer.allocate(1024 * 1024);
        int filled = 0;
        int sequence = 0;
        try (socket) {
            InputStream from = socket.getInputStream();
            OutputStream to = socket.getOutputStream();
            while (true) {
                int read = from.read(in, filled, in.length - filled);
                if (read < 0) {
                    return;
                }
                filled += read;
                ByteBuffer pdus = ByteBuffer.wrap(in, 0, filled);
                out.clear();
                while (pdus.remaining() >= HEADER && pdus.remaining() >= pdus.getInt(pdus.position())) {
                    int begin = pdus.position();
                    int command = pdus.getInt(begin + 4);
                    if (command == 0x80000005) {
                        confirmed.increment();
                    } else if (command > 0) {
                        boolean submit = command == 0x04;
                        out.putInt(HEADER + (submit ? ID.length : command == 0x15 || command == 0x06 ? 0 : 1));
                        out.putInt(command | 0x80000000).putInt(0).putInt(pdus.getInt(begin + 12));
                        if (submit) {
                            out.put(ID);
                        } else if (command != 0x15 && command != 0x06) {
                            out.put((byte) 0);
                        }
                        if (submit && receipts) {
                            out.putInt(HEADER + RECEIPT.length)
                                    .putInt(0x05)
                                    .putInt(0)
                                    .putInt(++sequence);
                            out.put(RECEIPT);
                        }
                    }
                    pdus.position(begin + pdus.getInt(begin));
                }
                filled = pdus.remaining();
                System.arraycopy(in, pdus.position(), in, 0, filled);
                if (latencyNanos == 0) {
                    to.write(out.array(), 0, out.position());
                } else if (out.position() > 0) {
                    byte[] octets = new byte[out.position()];
                    System.arraycopy(out.array(), 0, octets, 0, octets.length);
                    answers.add(new Burst(octets, octets.length, System.nanoTime() + latencyNanos));
                }
            }
        } catch (IOException e) {
            // The ESME has gone.
        }
    }

    private void write(Socket socket, BlockingQueue<Burst> answers) {
        try {
            OutputStream to = socket.getOutputStream();
            while (!socket.isClosed()) {
                Burst burst = answers.poll(1, TimeUnit.SECONDS);
                if (burst != null) {
                    waitUntil(burst.due());
                    bursts.increment();
                    lateNanos.add(System.nanoTime() - burst.due());
                    to.write(burst.octets(), 0, burst.length());
                }
            }
        } catch (IOException e) {
            // The ESME has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sleeps for the most of it: a sleep ends too late by more than what is to be measured, so the rest is spun. */
    private static void waitUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (left > SPUN_NANOS) {
                LockSupport.parkNanos(left - SPUN_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
