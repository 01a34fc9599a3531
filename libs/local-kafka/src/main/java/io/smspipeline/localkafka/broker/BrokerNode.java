package io.smspipeline.localkafka.broker;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.loader.LoaderManifest;
import org.apache.kafka.image.loader.MetadataLoader;
import org.apache.kafka.image.publisher.MetadataPublisher;
import org.apache.kafka.metadata.BrokerRegistration;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.server.ServerSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * One Kafka node in this JVM: broker and controller over one metadata log (KRaft combined mode). Put together as Kafka's
 * own {@link KafkaRaftServer} does it, but so that broker and controller can be stopped one after the other: the last
 * brokers of a cluster can only leave in order while a majority of its controllers is still there. Not safe for use by
 * many threads.
 */
final class BrokerNode implements AutoCloseable {

    static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final String CLIENT_LISTENER = "PLAINTEXT";
    private static final Logger LOG = LoggerFactory.getLogger(BrokerNode.class);

    /** How long a broker waits for the controller to move its leaderships elsewhere. Without a majority, in vain. */
    private static final Duration HANDOVER = Duration.ofSeconds(10);

    /** Several times the session of a broker, see {@link LightweightBroker}. */
    private static final Duration FORMER_LIFE = Duration.ofSeconds(20);

    private final ControllerServer controller;
    private final BrokerServer broker;
    private final DataDirectory directory;

    private BrokerNode(ControllerServer controller, BrokerServer broker, DataDirectory directory) {
        this.controller = controller;
        this.broker = broker;
        this.directory = directory;
    }

    /**
     * Where a node stands in its cluster.
     *
     * @param nodeId from 1
     * @param port for clients, not 0
     * @param controllerPorts by node id, this node's own included
     */
    record Place(int nodeId, int port, SortedMap<Integer, Integer> controllerPorts) {

        int controllerPort() {
            return Objects.requireNonNull(controllerPorts.get(nodeId));
        }

        @SuppressWarnings("AddressSelection") // A literal address: nothing is looked up.
        Map<Integer, InetSocketAddress> controllers() {
            Map<Integer, InetSocketAddress> addresses = new HashMap<>();
            controllerPorts.forEach((id, port) -> addresses.put(id, new InetSocketAddress("127.0.0.1", port)));
            return addresses;
        }
    }

    /**
     * Starts the server and returns when it serves clients. Of a cluster, a majority must be starting at the same
     * time. Takes over {@code directory}, which must be formatted, and closes it with itself, also when it fails.
     *
     * @throws PortTakenException when somebody listens on one of its two ports
     * @throws LocalBrokerException when Kafka refuses to start for another reason
     */
    static BrokerNode start(DataDirectory directory, Place place, Map<String, String> overrides) {
        @Nullable BrokerNode node = null;
        try {
            node = assemble(directory, place, KafkaConfig.apply(properties(directory, place, overrides), false));
            // The controller first: the broker registers with it.
            node.controller.startup();
            if (directory.wasLeftInDisorder()) {
                node.awaitEndOfFormerLife(place.nodeId());
            }
            node.broker.startup();
            return node;
        } catch (RuntimeException e) {
            if (node == null) {
                directory.close();
            } else {
                node.close();
            }
            if (causedByTakenPort(e)) {
                throw new PortTakenException(place, e);
            }
            throw new LocalBrokerException(
                    "the broker with its data in " + directory.logs() + " did not start: " + e.getMessage(), e);
        }
    }

    private static BrokerNode assemble(DataDirectory directory, Place place, KafkaConfig config) {
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> stored =
                KafkaRaftServer.initializeLogDirs(config, LOG, "node " + config.nodeId() + " ");
        SharedServer shared = new SharedServer(
                config,
                stored._1(),
                Time.SYSTEM,
                Server.initializeMetrics(
                        config, Time.SYSTEM, stored._1().clusterId().orElseThrow()),
                CompletableFuture.completedFuture(place.controllers()),
                List.of(),
                new StandardFaultHandlerFactory(),
                ServerSocketFactory.INSTANCE);
        return new BrokerNode(
                new ControllerServer(shared, KafkaRaftServer.configSchema(), stored._2()),
                new BrokerServer(shared),
                directory);
    }

    private static Map<String, Object> properties(DataDirectory directory, Place place, Map<String, String> overrides) {
        Map<String, Object> properties = new HashMap<>();
        properties.putAll(LightweightBroker.behaviour(place.controllerPorts().size()));
        properties.putAll(LightweightBroker.footprint());
        properties.putAll(overrides);

        properties.put("process.roles", "broker,controller");
        properties.put("node.id", String.valueOf(place.nodeId()));
        properties.put("log.dirs", directory.logs().toString());
        properties.put(
                "listeners",
                CLIENT_LISTENER + "://127.0.0.1:" + place.port() + "," + CONTROLLER_LISTENER + "://127.0.0.1:"
                        + place.controllerPort());
        properties.put("advertised.listeners", CLIENT_LISTENER + "://127.0.0.1:" + place.port());
        properties.put("inter.broker.listener.name", CLIENT_LISTENER);
        properties.put("controller.listener.names", CONTROLLER_LISTENER);
        properties.put(
                "listener.security.protocol.map", CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        // Voters in the configuration, not in the metadata log: controller ports may then differ from start to start.
        properties.put(
                "controller.quorum.voters",
                place.controllerPorts().entrySet().stream()
                        .map(node -> node.getKey() + "@127.0.0.1:" + node.getValue())
                        .collect(Collectors.joining(",")));
        return properties;
    }

    /**
     * Waits until the controller has noticed that the killed broker of this number is gone. A broker that starts earlier
     * believes for a moment to lead its partitions still. Kafka then finishes the transactions that were being committed
     * without writing their markers, and their offsets can never be read again ("Couldn't find leader endpoint … while
     * trying to send transaction markers").
     */
    private void awaitEndOfFormerLife(int nodeId) {
        Obituary obituary = new Obituary(nodeId);
        MetadataLoader metadata = controller.sharedServer().loader();
        metadata.installPublishers(List.of(obituary)).join();
        try {
            obituary.gone.get(FORMER_LIFE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("broker {} starts although its former life is not known to be over", nodeId);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            metadata.removeAndClosePublisher(obituary).join();
        }
    }

    /** Tells when the controller holds a broker for gone. */
    private static final class Obituary implements MetadataPublisher {
        private final int nodeId;
        private final CompletableFuture<Boolean> gone = new CompletableFuture<>();

        Obituary(int nodeId) {
            this.nodeId = nodeId;
        }

        @Override
        public String name() {
            return "obituary of broker " + nodeId;
        }

        @Override
        public void onMetadataUpdate(MetadataDelta delta, MetadataImage image, LoaderManifest manifest) {
            @Nullable BrokerRegistration registration = image.cluster().broker(nodeId);
            if (registration == null || registration.fenced()) {
                gone.complete(true);
            }
        }

        @Override
        public void close() {
            gone.complete(true);
        }
    }

    private static boolean causedByTakenPort(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    /** Stops serving clients: hands leadership over, flushes the logs and marks them clean. Idempotent. */
    void stopBroker() {
        broker.shutdown(HANDOVER);
    }

    /** Stops serving clients and leaves the quorum of controllers. Idempotent. */
    @Override
    public void close() {
        try {
            stopBroker();
            controller.shutdown();
        } finally {
            directory.close();
        }
    }

    /** Somebody else listens on a port of ours. */
    static final class PortTakenException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        PortTakenException(Place place, Throwable cause) {
            super("port " + place.port() + " or " + place.controllerPort() + " on 127.0.0.1 is taken", cause);
        }
    }
}
