package io.smspipeline.simulator.smsc.scripted;

import io.smspipeline.simulator.smsc.wire.RawPdu;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on 127.0.0.1 and plays a {@link Script} on every connection. Safe for use by many threads.
 *
 * <pre>{@code
 * try (ScriptedPeer peer = ScriptedPeer.start(link -> {
 *     link.acceptBind();
 *     link.cut();
 * })) {
 *     connectTo(peer.port());
 * }
 * }</pre>
 */
public final class ScriptedPeer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScriptedPeer.class);

    private final ServerSocket server;
    private final Script script;
    private final List<RawPdu> received = Collections.synchronizedList(new ArrayList<>());
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean closed;

    private ScriptedPeer(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
    }

    /** Listens on a free port. */
    public static ScriptedPeer start(Script script) throws IOException {
        ScriptedPeer peer = new ScriptedPeer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
        daemon("scripted-peer-" + peer.port(), peer::accept);
        return peer;
    }

    /** Where it listens on 127.0.0.1. */
    public int port() {
        return server.getLocalPort();
    }

    /** How many connections were accepted so far. */
    public int connections() {
        return connections.get();
    }

    /** Every PDU read so far, on all connections. */
    public List<RawPdu> received() {
        synchronized (received) {
            return new ArrayList<>(received);
        }
    }

    /** PDUs of this kind read so far. */
    public List<RawPdu> received(int commandId) {
        return received().stream().filter(pdu -> pdu.commandId() == commandId).toList();
    }

    /** What scripts threw but for an {@link IOException}, which is the ESME's closing. A test may assert that it is empty. */
    public List<Throwable> faults() {
        return List.copyOf(faults);
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                Link link = new Link(socket, connections.incrementAndGet(), received);
                daemon("scripted-link-" + link.number(), () -> play(link, socket));
            } catch (IOException e) {
                if (!closed) {
                    faults.add(e);
                }
            }
        }
    }

    private void play(Link link, Socket socket) {
        try (socket) {
            script.play(link);
        } catch (IOException e) {
            LOG.debug("script ended link={} why={}", link.number(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            faults.add(e);
        } finally {
            sockets.remove(socket);
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Stops listening and closes every connection. */
    @Override
    public void close() {
        closed = true;
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            LOG.debug("closing scripted peer: {}", e.toString());
        }
    }
}
