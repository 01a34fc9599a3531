package io.smspipeline.simulator.smsc;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The connections there are, bound or not. Safe for use by many threads. */
final class Sessions {
    private final SmscCore smsc;
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();

    Sessions(SmscCore smsc) {
        this.smsc = smsc;
    }

    /** Begins a session on a connection, with a thread of its own. */
    Session begin(Socket socket, String threads) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        smsc.counters().connections.increment();
        Session session = new Session(smsc, socket, connections.incrementAndGet());
        sessions.add(session);
        Thread thread = new Thread(session, threads + session.number());
        thread.setDaemon(true);
        thread.start();
        return session;
    }

    void forEach(Consumer<Session> action) {
        sessions.forEach(action);
    }

    void ended(Session session) {
        sessions.remove(session);
        synchronized (sessions) {
            sessions.notifyAll();
        }
    }

    /** Waits until nobody is bound, so long at most. */
    void awaitNoneBound(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        synchronized (sessions) {
            try {
                for (long left = patience.toNanos();
                        smsc.counters().sessions.sum() > 0 && left > 0;
                        left = end - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(sessions, left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
