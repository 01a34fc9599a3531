package io.smspipeline.localkafka.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Finds ports on 127.0.0.1 that nobody listens on, below the range from which operating systems serve outgoing
 * connections. A port of that range may be taken by any connection while its broker is down, even by a client that
 * reconnects to that very broker and so reaches itself; the broker could then not come back under its address.
 */
final class FreePorts {

    private static final int LOWEST = 20_000;
    private static final int COUNT = 10_000;

    private FreePorts() {}

    /**
     * Different ports that were free a moment ago. Another process may still take one first: callers whose broker then
     * cannot listen try again with others.
     */
    static List<Integer> distinct(int count) {
        Set<Integer> ports = new LinkedHashSet<>();
        int start = RandomGenerator.getDefault().nextInt(COUNT);
        for (int step = 0; step < COUNT && ports.size() < count; step++) {
            int port = LOWEST + (start + step) % COUNT;
            if (isFree(port)) {
                ports.add(port);
            }
        }
        if (ports.size() < count) {
            throw new LocalBrokerException(
                    "fewer than " + count + " ports from " + LOWEST + " to " + (LOWEST + COUNT - 1)
                            + " are free on 127.0.0.1: a broker has nowhere to listen. End what listens there.",
                    null);
        }
        return List.copyOf(ports);
    }

    static int next() {
        return distinct(1).get(0);
    }

    static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
