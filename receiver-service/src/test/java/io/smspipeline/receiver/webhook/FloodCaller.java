package io.smspipeline.receiver.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends requests made beforehand at a steady rate over connections that stay open, one request at a time on each, from one
 * thread: what the caller costs must not be what is measured. A request that finds no connection idle waits for one and its
 * answer time goes on counting from when it was due. For use by one thread.
 */
final class FloodCaller implements AutoCloseable {
    /** Told of each answer on the caller's thread. */
    @FunctionalInterface
    interface Answered {
        /** @param nanos from when the request was due to the last octet of its answer */
        void with(int request, int status, long nanos);
    }

    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int LARGEST_ANSWER = 8_192;

    private final Selector selector = Selector.open();
    private final List<SocketChannel> open = new ArrayList<>();
    private final Deque<Line> idle = new ArrayDeque<>();

    /** Opens its connections to this port of this machine. */
    FloodCaller(int port, int connections) throws IOException {
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            open.add(channel);
            Line line = new Line(channel);
            channel.register(selector, SelectionKey.OP_READ, line);
            idle.add(line);
        }
    }

    /** A connection and what it waits for. */
    private static final class Line {
        final SocketChannel channel;
        final ByteBuffer read = ByteBuffer.allocate(LARGEST_ANSWER);
        int request = -1;
        long due;

        Line(SocketChannel channel) {
            this.channel = channel;
        }

        void send(int number, byte[] octets, long dueAt) throws IOException {
            request = number;
            due = dueAt;
            ByteBuffer out = ByteBuffer.wrap(octets);
            while (out.hasRemaining()) {
                // One request fits into a socket's buffer that is empty, as there is one at a time.
                channel.write(out);
            }
        }

        /** The status of the answer when all of it is there, else 0. */
        int receive() throws IOException {
            if (channel.read(read) < 0) {
                throw new EOFException("the server closed a connection while request " + request + " was under way");
            }
            String so = new String(read.array(), 0, read.position(), ISO_8859_1);
            int head = so.indexOf("\r\n\r\n");
            if (head < 0) {
                return 0;
            }
            int status = Integer.parseInt(so.substring(9, 12));
            if (read.position() < head + 4 + length(so.substring(0, head), status)) {
                return 0;
            }
            read.clear();
            return status;
        }

        private static int length(String head, int status) {
            for (String header : head.split("\r\n")) {
                if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                    return Integer.parseInt(header.substring(15).strip());
                }
            }
            if (status == 204) {
                return 0;
            }
            throw new IllegalStateException("an answer without a length: " + head);
        }
    }

    /**
     * Sends all, and returns when all are answered.
     *
     * @param rate a second
     * @throws IllegalStateException when no answer at all comes for a minute
     */
    void call(List<byte[]> requests, int rate, Answered answered) throws IOException {
        long begun = System.nanoTime();
        long heard = begun;
        int next = 0;
        int done = 0;
        while (done < requests.size()) {
            long now = System.nanoTime();
            while (next < requests.size() && !idle.isEmpty() && now - due(begun, next, rate) >= 0) {
                idle.pop().send(next, requests.get(next), due(begun, next, rate));
                next++;
            }
            boolean mayWaitForLonger = next == requests.size() || idle.isEmpty();
            long wait = mayWaitForLonger ? 1_000 : TimeUnit.NANOSECONDS.toMillis(due(begun, next, rate) - now);
            // Late by less than a millisecond is on time: what is due meanwhile goes together.
            selector.select(Math.max(1, wait));
            for (SelectionKey key : selector.selectedKeys()) {
                Line line = (Line) key.attachment();
                int status = line.receive();
                if (status > 0) {
                    heard = System.nanoTime();
                    answered.with(line.request, status, heard - line.due);
                    idle.push(line);
                    done++;
                }
            }
            selector.selectedKeys().clear();
            if (System.nanoTime() - heard > SILENCE_NANOS && idle.size() < open.size()) {
                throw new IllegalStateException("no answer for a minute, " + done + " of " + requests.size() + " done");
            }
        }
    }

    private static long due(long begun, int number, int rate) {
        return begun + TimeUnit.SECONDS.toNanos(1) * number / rate;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : open) {
            channel.close();
        }
        selector.close();
    }
}
