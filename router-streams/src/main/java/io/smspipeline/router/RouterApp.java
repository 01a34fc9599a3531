package io.smspipeline.router;

import io.smspipeline.router.inbound.InboundTopology;
import io.smspipeline.router.routing.Flow;
import io.smspipeline.router.routing.RoutingTopology;
import io.smspipeline.router.status.StatusTopology;
import io.smspipeline.router.table.TableLog;
import io.smspipeline.router.wire.StreamSerdes;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.service.start.StartUpFault;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/**
 * The router: its four applications in one process. Started and closed once, by one thread; the rest is safe for use by many.
 */
public final class RouterApp implements AutoCloseable {
    /** Below this the stores of a busy process fail within minutes. */
    private static final long LEAST_SPACE = 64L * 1024 * 1024;

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

    private final Map<Application, KafkaStreams> streams = new EnumMap<>(Application.class);
    private final StoreMemory memory;
    private final File directory;

    /**
     * Puts the parts together; nothing is read before {@link #start}.
     *
     * @param data where state lies; what is lost of it comes back from the brokers
     * @param failed told when an application has failed for good, and why
     * @throws StartUpFault when the brokers cannot be reached, a topic is missing, or {@code data} cannot be written
     */
    public RouterApp(
            RouterSettings settings,
            ServiceSettings service,
            RecordSerdes serdes,
            Path data,
            Clock clock,
            BiConsumer<Application, Throwable> failed) {
        Topics topics = service.topics().topics();
        TopicCheck.Layout layout = TopicCheck.layout(
                service.kafka().admin("router"),
                topics,
                settings.routing().table().aliases());
        new FileTable(settings, new TableLog(service.kafka(), topics, serdes, clock)).seedOrCompare();
        this.directory = created(data).toFile();
        this.memory = new StoreMemory(settings.storeMemory());
        StreamsProperties properties = new StreamsProperties(settings, service, layout.replicas(), data, memory, clock);
        try {
            make(settings, topics, layout.partitions(), new StreamSerdes(serdes), properties, clock, failed);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void make(
            RouterSettings settings,
            Topics topics,
            int partitions,
            StreamSerdes serdes,
            StreamsProperties properties,
            Clock clock,
            BiConsumer<Application, Throwable> failed) {
        for (Application application : Application.values()) {
            Topology topology = switch (application) {
                case ROUTER_HIGH -> routing(Flow.HIGH, settings, topics, partitions, serdes);
                case ROUTER_BULK -> routing(Flow.BULK, settings, topics, partitions, serdes);
                case STATUS -> new StatusTopology(settings.status(), topics, partitions, serdes).build();
                case INBOUND -> new InboundTopology(settings.inbound(), topics, partitions, serdes).build();
            };
            KafkaStreams made = new KafkaStreams(topology, properties.of(application));
            made.setUncaughtExceptionHandler(
                    new FailurePolicy(application, clock, cause -> failed.accept(application, cause)));
            streams.put(application, made);
        }
    }

    private static Topology routing(
            Flow flow, RouterSettings settings, Topics topics, int partitions, StreamSerdes serdes) {
        return new RoutingTopology(flow, settings.routing(), topics, partitions, serdes).build();
    }

    private static Path created(Path data) {
        try {
            Path directory = Files.createDirectories(data);
            if (!Files.isWritable(directory)) {
                throw new StartUpFault("the data directory " + data + " cannot be written to by this user: change its"
                        + " rights, or give another one by --data.");
            }
            return directory;
        } catch (IOException e) {
            throw new StartUpFault(
                    "the data directory " + data + " cannot be created: " + e.getMessage()
                            + ". Give another one by --data.",
                    e);
        }
    }

    /** Begins. Partitions are assigned and state is restored behind it: see {@link #allRunning}. */
    public void start() {
        streams.values().forEach(KafkaStreams::start);
    }

    /** The applications as Kafka Streams knows them: for metrics and state listeners. */
    public Map<Application, KafkaStreams> streams() {
        return Map.copyOf(streams);
    }

    /** How each application is. */
    public Map<Application, KafkaStreams.State> states() {
        Map<Application, KafkaStreams.State> states = new EnumMap<>(Application.class);
        streams.forEach((application, one) -> states.put(application, one.state()));
        return states;
    }

    /** Whether every application has its partitions and its state. */
    public boolean allRunning() {
        return streams.values().stream().allMatch(one -> one.state() == KafkaStreams.State.RUNNING);
    }

    /** What keeps the router from working, in a few words; empty when nothing does. */
    public Optional<String> trouble() {
        List<String> troubles = new ArrayList<>();
        states().forEach((application, state) -> {
            if (state != KafkaStreams.State.RUNNING) {
                troubles.add(application.label() + " is " + state);
            }
        });
        long space = directory.getUsableSpace();
        if (space < LEAST_SPACE) {
            troubles.add("only " + space / 1024 / 1024 + " MiB are left for state at " + directory);
        }
        return troubles.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", troubles));
    }

    /** True when only a new process can help. */
    public boolean isBroken() {
        return streams.values().stream()
                .anyMatch(one ->
                        one.state() == KafkaStreams.State.ERROR || one.state() == KafkaStreams.State.PENDING_ERROR);
    }

    /** Commits what is done and leaves, all applications at once. */
    @Override
    public void close() {
        close(CLOSE_WITHIN);
    }

    /**
     * As {@link #close()}.
     *
     * @param within how long it may take
     * @return whether everything ended in that time
     */
    public boolean close(Duration within) {
        List<Thread> closing = new ArrayList<>();
        List<Application> left = Collections.synchronizedList(new ArrayList<>(streams.keySet()));
        streams.forEach((application, one) -> {
            Thread thread = new Thread(
                    () -> {
                        if (one.close(within)) {
                            left.remove(application);
                        }
                    },
                    "close-" + application.label());
            thread.start();
            closing.add(thread);
        });
        for (Thread thread : closing) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        if (left.isEmpty()) {
            // Not while a store may still use it: that would end the process in native code.
            memory.close();
        }
        return left.isEmpty();
    }
}
