package io.smspipeline.localkafka.broker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A cluster each broker of which is a process, so that it can be killed or frozen. With three, topics have three replicas of
 * which two must have a record before it is acknowledged. Safe for use by many threads.
 */
public final class ClusterProcesses implements AutoCloseable {
    private final List<BrokerProcess> brokers;

    private ClusterProcesses(List<BrokerProcess> brokers) {
        this.brokers = brokers;
    }

    /**
     * Starts {@code count} brokers at once and returns when all serve clients.
     *
     * @param count at least 1; three tolerate the loss of one
     * @param directory gets one folder a broker; must be new
     * @param overrides properties of every broker by their Kafka names
     * @throws LocalBrokerException when one does not start; the others are then ended again
     */
    public static ClusterProcesses start(int count, Path directory, Map<String, String> overrides) {
        return start(count, directory, overrides, List.of());
    }

    /**
     * As {@link #start(int, Path, Map)}, by way of another command.
     *
     * @param launcher is given the broker's command line as its arguments and becomes the broker, as {@code nice} does
     */
    public static ClusterProcesses start(
            int count, Path directory, Map<String, String> overrides, List<String> launcher) {
        List<Integer> ports = FreePorts.distinct(2 * count);
        SortedMap<Integer, Integer> controllers = new TreeMap<>();
        IntStream.rangeClosed(1, count).forEach(id -> controllers.put(id, ports.get(count + id - 1)));
        String clusterId = DataDirectory.newClusterId();
        // At once, because each waits for a majority of them to elect a controller.
        List<CompletableFuture<BrokerProcess>> starting = new ArrayList<>();
        for (int id = 1; id <= count; id++) {
            BrokerSettings settings = new BrokerSettings(
                    directory.resolve("broker-" + id),
                    ports.get(id - 1),
                    overrides,
                    new Membership(clusterId, id, controllers));
            starting.add(
                    LocalCluster.inItsOwnThread("start-broker-" + id, () -> BrokerProcess.start(settings, launcher)));
        }
        List<BrokerProcess> started = new ArrayList<>();
        @Nullable CompletionException failure = null;
        for (CompletableFuture<BrokerProcess> one : starting) {
            try {
                started.add(one.join());
            } catch (CompletionException e) {
                failure = e;
            }
        }
        ClusterProcesses cluster = new ClusterProcesses(List.copyOf(started));
        if (failure != null) {
            cluster.close();
            throw new LocalBrokerException("a broker of the cluster did not start: " + failure.getMessage(), failure);
        }
        return cluster;
    }

    /** All of them, in the order of their numbers; broker 1 is the first. */
    public List<BrokerProcess> brokers() {
        return brokers;
    }

    /** Addresses of all brokers, the ended ones included: {@code 127.0.0.1:port,127.0.0.1:port,…}. */
    public String bootstrapServers() {
        return brokers.stream().map(BrokerProcess::bootstrapServers).collect(Collectors.joining(","));
    }

    /** Ends all brokers at once, those that hang by force; their data stays. */
    @Override
    public void close() {
        List<CompletableFuture<Boolean>> ends = new ArrayList<>();
        for (BrokerProcess broker : brokers) {
            ends.add(LocalCluster.inItsOwnThread("stop-" + broker.pid(), () -> {
                broker.close();
                return true;
            }));
        }
        ends.forEach(CompletableFuture::join);
    }
}
