package io.smspipeline.localkafka.broker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Several real Kafka brokers in this JVM, so that a test can do without one of them. With three, topics have three
 * replicas of which two must have a record before it is acknowledged. Brokers are numbered from 1. Each listens on
 * 127.0.0.1 under the same port for as long as the cluster lives. Safe for use by many threads.
 */
public final class LocalCluster implements AutoCloseable {

    private final Path root;
    private final List<BrokerNode.Place> places;
    private final Map<String, String> overrides;
    private final SortedMap<Integer, BrokerNode> running = new TreeMap<>();

    private LocalCluster(Path root, List<BrokerNode.Place> places, Map<String, String> overrides) {
        this.root = root;
        this.places = places;
        this.overrides = overrides;
    }

    /** Starts {@code brokers} brokers, see {@link #start(int, Path, Map)}. */
    public static LocalCluster start(int brokers, Path dataDirectory) {
        return start(brokers, dataDirectory, Map.of());
    }

    /**
     * Starts {@code brokers} brokers and returns when all serve clients.
     *
     * @param brokers at least 1; three tolerate the loss of one
     * @param dataDirectory gets one folder a broker; a cluster started again on it continues with what it holds
     * @param overrides properties of every broker by their Kafka names; they win over {@link LightweightBroker}
     * @throws LocalBrokerException when one does not start; the others are then shut down again
     */
    public static LocalCluster start(int brokers, Path dataDirectory, Map<String, String> overrides) {
        if (brokers < 1) {
            throw new IllegalArgumentException("a cluster of " + brokers + " brokers serves nobody: ask for 1 or more");
        }
        List<Integer> ports = FreePorts.distinct(2 * brokers);
        SortedMap<Integer, Integer> controllerPorts = new TreeMap<>();
        IntStream.rangeClosed(1, brokers).forEach(id -> controllerPorts.put(id, ports.get(brokers + id - 1)));
        List<BrokerNode.Place> places = IntStream.rangeClosed(1, brokers)
                .mapToObj(id -> new BrokerNode.Place(id, ports.get(id - 1), controllerPorts))
                .toList();
        LocalCluster cluster = new LocalCluster(dataDirectory, places, Map.copyOf(overrides));
        try {
            cluster.startAll();
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    private synchronized void startAll() {
        String clusterId = knownClusterId().orElseGet(DataDirectory::newClusterId);
        // At once, because each waits for a majority of them to elect a controller.
        List<CompletableFuture<BrokerNode>> starting = new ArrayList<>();
        for (BrokerNode.Place place : places) {
            starting.add(inItsOwnThread("start-broker-" + place.nodeId(), () -> startNode(place, clusterId)));
        }
        @Nullable RuntimeException failure = null;
        for (int i = 0; i < places.size(); i++) {
            try {
                running.put(places.get(i).nodeId(), starting.get(i).join());
            } catch (CompletionException | CancellationException e) {
                failure = new LocalBrokerException(
                        "broker " + places.get(i).nodeId() + " of the cluster did not start: " + e.getMessage(), e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    static <T> CompletableFuture<T> inItsOwnThread(String name, Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(work.get());
                    } catch (RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                },
                name);
        thread.start();
        return result;
    }

    private BrokerNode startNode(BrokerNode.Place place, String clusterId) {
        DataDirectory directory = DataDirectory.open(folder(place.nodeId()));
        directory.formatIfNew(clusterId, place.nodeId());
        return BrokerNode.start(directory, place, overrides);
    }

    private Optional<String> knownClusterId() {
        for (BrokerNode.Place place : places) {
            try (DataDirectory directory = DataDirectory.open(folder(place.nodeId()))) {
                if (directory.clusterId().isPresent()) {
                    return directory.clusterId();
                }
            }
        }
        return Optional.empty();
    }

    private Path folder(int nodeId) {
        return root.resolve("broker-" + nodeId);
    }

    /** All brokers, the stopped ones included: {@code 127.0.0.1:port,127.0.0.1:port,…}. */
    public String bootstrapServers() {
        return places.stream().map(place -> "127.0.0.1:" + place.port()).collect(Collectors.joining(","));
    }

    /** Numbers of the brokers that run, in order. */
    public synchronized List<Integer> running() {
        return List.copyOf(running.keySet());
    }

    /**
     * Shuts one broker down in order; its data stays. Nothing happens when it is down already.
     *
     * @param nodeId from 1
     */
    public synchronized void stop(int nodeId) {
        place(nodeId);
        @Nullable BrokerNode node = running.remove(nodeId);
        if (node != null) {
            node.close();
        }
    }

    /**
     * Starts a stopped broker again, on its data and port, and returns when it serves clients. Nothing happens when it
     * runs. A majority of the brokers must be up, this one counted.
     *
     * @param nodeId from 1
     */
    public synchronized void start(int nodeId) {
        BrokerNode.Place place = place(nodeId);
        if (!running.containsKey(nodeId)) {
            running.put(nodeId, startNode(place, knownClusterIdOf(nodeId)));
        }
    }

    private String knownClusterIdOf(int nodeId) {
        try (DataDirectory directory = DataDirectory.open(folder(nodeId))) {
            return directory
                    .clusterId()
                    .orElseThrow(() -> new LocalBrokerException(
                            "the directory " + folder(nodeId) + " of broker " + nodeId
                                    + " was emptied: it cannot join its cluster again. Start a new cluster.",
                            null));
        }
    }

    private BrokerNode.Place place(int nodeId) {
        if (nodeId < 1 || nodeId > places.size()) {
            throw new IllegalArgumentException(
                    "there is no broker " + nodeId + ": this cluster has the brokers 1 to " + places.size());
        }
        return places.get(nodeId - 1);
    }

    /** Shuts all brokers down in order; their data stays. Idempotent. */
    @Override
    public synchronized void close() {
        // All brokers before the first controller: the last broker, too, needs a majority to hand over to.
        onEach("stop-broker-", BrokerNode::stopBroker);
        onEach("stop-controller-", BrokerNode::close);
        running.clear();
    }

    private void onEach(String name, Consumer<BrokerNode> work) {
        List<CompletableFuture<Boolean>> ends = new ArrayList<>();
        running.forEach((nodeId, node) -> ends.add(inItsOwnThread(name + nodeId, () -> {
            work.accept(node);
            return true;
        })));
        ends.forEach(CompletableFuture::join);
    }
}
