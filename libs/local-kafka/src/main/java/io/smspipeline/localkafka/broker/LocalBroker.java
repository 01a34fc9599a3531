package io.smspipeline.localkafka.broker;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker in this JVM, listening on 127.0.0.1 only. Safe for use by many threads.
 *
 * <p>Its data directory outlives it: a broker started again on the same directory continues with the same topics,
 * records, offsets and transactions, also when the process was killed in between.
 */
public final class LocalBroker implements AutoCloseable {

    private static final int NODE_ID = 1;
    private static final int TRIES = 5;

    private final BrokerNode node;
    private final BrokerSettings settings;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalBroker(BrokerNode node, BrokerSettings settings) {
        this.node = node;
        this.settings = settings;
    }

    /**
     * Starts a broker and returns when it serves clients: after 2 to 4 s, or some seconds more when the broker before
     * it on this directory was killed.
     *
     * @throws LocalBrokerException when the directory is in use, the port is taken, or Kafka refuses to start
     */
    public static LocalBroker start(BrokerSettings settings) {
        boolean anyPort = settings.port() == BrokerSettings.FREE_PORT;
        if (!anyPort && !FreePorts.isFree(settings.port())) {
            throw portTaken(settings.port(), null);
        }
        for (int attempt = 1; ; attempt++) {
            List<Integer> free = FreePorts.distinct(2);
            BrokerSettings chosen = anyPort ? settings.withPort(free.get(0)) : settings;
            try {
                return new LocalBroker(startNode(chosen, free.get(1)), chosen);
            } catch (BrokerNode.PortTakenException e) {
                // Somebody was faster with a port that was free a moment ago.
                if (attempt == TRIES) {
                    throw portTaken(chosen.port(), e);
                }
            }
        }
    }

    private static BrokerNode startNode(BrokerSettings settings, int controllerPort) {
        DataDirectory directory = DataDirectory.open(settings.dataDirectory());
        Membership membership = settings.membership();
        if (membership != null) {
            directory.formatIfNew(membership.clusterId(), membership.nodeId());
            return BrokerNode.start(
                    directory,
                    new BrokerNode.Place(membership.nodeId(), settings.port(), membership.controllerPorts()),
                    settings.overrides());
        }
        directory.formatIfNew(DataDirectory.newClusterId(), NODE_ID);
        return BrokerNode.start(
                directory,
                new BrokerNode.Place(NODE_ID, settings.port(), new TreeMap<>(Map.of(NODE_ID, controllerPort))),
                settings.overrides());
    }

    private static LocalBrokerException portTaken(int port, @Nullable Throwable cause) {
        return new LocalBrokerException(
                "port " + port + " on 127.0.0.1 is taken by another process: the broker cannot listen there."
                        + " End that process, or choose another port (0 = any free one).",
                cause);
    }

    /** {@code 127.0.0.1:port}, for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + settings.port();
    }

    /** The port clients connect to, never 0. */
    public int port() {
        return settings.port();
    }

    /** What this broker was started with, the chosen port in place of 0: start with it again to continue. */
    public BrokerSettings settings() {
        return settings;
    }

    /** Shuts down in order and leaves the data directory in place. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            node.close();
        }
    }
}
