package io.smspipeline.proving.ground;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A TCP line on 127.0.0.1 between those who connect to it and one port: it can be slow, and it can be cut. Two threads a
 * connection. Safe for use by many threads.
 */
public final class Line implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Duration delay = Duration.ZERO;

    /** Opens a free port that leads to {@code target}. */
    public Line(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        start(this::accept, "line-accept");
    }

    /** Where to connect to. */
    public int port() {
        return server.getLocalPort();
    }

    /** Every block of octets waits this long, in both directions; zero to be fast again. */
    public void slow(Duration newDelay) {
        delay = newDelay;
    }

    /** Cuts all connections; new ones are let through. */
    public void cut() {
        sockets.forEach(Line::close);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                connect(near);
            } catch (IOException e) {
                // Closed, or a caller who was gone at once.
            }
        }
    }

    private void connect(Socket near) {
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            sockets.add(near);
            sockets.add(far);
            start(() -> carry(near, far), "line-out");
            start(() -> carry(far, near), "line-in");
        } catch (IOException e) {
            close(near);
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] block = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                TimeUnit.NANOSECONDS.sleep(delay.toNanos());
                out.write(block, 0, read);
            }
        } catch (IOException e) {
            // Cut, by us or by one of the two ends: the other end sees it too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is to be gone, and it is.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
