package io.smspipeline.proving.ground;

import io.smspipeline.localkafka.broker.BrokerProcess;
import io.smspipeline.localkafka.broker.ClusterProcesses;
import io.smspipeline.localkafka.registry.LocalRegistry;
import io.smspipeline.quickstart.Sms;
import io.smspipeline.receiver.ReceiverMain;
import io.smspipeline.router.RouterMain;
import io.smspipeline.sender.SenderMain;
import io.smspipeline.simulator.smsc.Behaviour;
import io.smspipeline.simulator.smsc.SimulatedSmsc;
import io.smspipeline.simulator.smsc.SmscSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Brokers and services as processes of their own, and in this process what judges them: the SMSC, whose word on what it took
 * is the truth, and the registry. For use by one thread.
 */
public final class Ground implements AutoCloseable {
    /** Submits each sender may have unanswered, where nobody wants more. */
    public static final int USUAL_WINDOW = 50;

    private static final int SENDERS = 2;

    private static final List<String> YIELDING = List.of("nice", "-n", "10");

    private final int window;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final SmscWitness witness;
    private final SimulatedSmsc smsc;
    private final Line line;
    private final ClusterProcesses brokers;
    private final LocalRegistry registry;
    private final List<ServiceJvm> senders = new ArrayList<>();
    private final ServiceJvm router;
    private final ServiceJvm receiver;

    /** As the other, with the usual window, where nobody yields. */
    public Ground(Path directory, int brokerCount, int partsPerSecond, Submits submits)
            throws IOException, InterruptedException {
        this(directory, brokerCount, USUAL_WINDOW, partsPerSecond, submits, false);
    }

    /**
     * Starts everything in {@code directory}, which must be new, and returns when it is ready.
     *
     * @param window submits each sender may have unanswered
     * @param partsPerSecond of the account's contract; 0: no limit
     * @param submits hears of what the SMSC takes
     * @param yielding whether everything that is started but the senders leaves the CPUs to them: it stands for CPUs of one's own,
     *     which a sender has where it does not share a machine with three brokers
     */
    public Ground(Path directory, int brokerCount, int window, int partsPerSecond, Submits submits, boolean yielding)
            throws IOException, InterruptedException {
        this.window = window;
        List<String> launcher = yielding ? YIELDING : List.of();
        boolean done = false;
        try {
            Files.createDirectories(directory);
            witness = new SmscWitness(submits);
            smsc = opened(SimulatedSmsc.start(SmscSettings.forTests()
                    .withAccount("demo", "secret")
                    .withBehaviour(Behaviour.prompt()
                            .with()
                            .latency(Duration.ofMillis(20))
                            .receiptDelay(Duration.ofMillis(200))
                            .replies(false)
                            .build())));
            smsc.addListener(witness);
            line = opened(new Line(smsc.port()));
            brokers = opened(ClusterProcesses.start(brokerCount, directory.resolve("kafka"), Map.of(), launcher));
            registry = opened(LocalRegistry.start(brokers.bootstrapServers(), 0));
            Path config = directory.resolve("sms.yaml");
            Files.writeString(config, configuration(partsPerSecond));
            applyTopics(config, directory);
            for (int i = 0; i < SENDERS; i++) {
                Map<String, String> replica = Map.of("SMS_SENDER__REPLICA", i + "/" + SENDERS);
                senders.add(service("sender-" + i, List.of(), SenderMain.class, config, replica, directory));
            }
            router = service("router", launcher, RouterMain.class, config, Map.of(), directory);
            receiver = service("receiver", launcher, ReceiverMain.class, config, Map.of(), directory);
            for (ServiceJvm service : services()) {
                service.awaitReady();
            }
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }

    private ServiceJvm service(
            String name,
            List<String> launcher,
            Class<?> main,
            Path config,
            Map<String, String> environment,
            Path directory)
            throws IOException {
        return opened(new ServiceJvm(name, launcher, main, config, environment, directory, freePort()));
    }

    private String configuration(int partsPerSecond) {
        return """
                kafka: {bootstrap.servers: "%s"}
                schema-registry: {url: "%s"}
                topics: {partitions: 3, submit-partitions: 2, replication-factor: %d, min-insync-replicas: %d}
                providers:
                  - {alias: primary, type: smpp, host: 127.0.0.1, port: %d, system-id: demo, password: secret,
                     from: "12345", binds: %d, window: %d, parts-per-second: %d}
                """.formatted(
                        brokers.bootstrapServers(),
                        registry.url(),
                        brokers.brokers().size(),
                        brokers.brokers().size() > 2 ? 2 : 1,
                        line.port(),
                        SENDERS,
                        window,
                        partsPerSecond);
    }

    private static void applyTopics(Path config, Path directory) throws IOException, InterruptedException {
        List<String> command = CommandLineJar.command(Sms.class, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        command.addAll(List.of("topics", "apply", "--config", config.toString()));
        Process apply = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("topics.log").toFile())
                .start();
        if (!apply.waitFor(2, TimeUnit.MINUTES) || apply.exitValue() != 0) {
            apply.destroyForcibly();
            throw new IllegalStateException("the topics were not created: see " + directory.resolve("topics.log"));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** For clients: brokers and registry. */
    public Map<String, Object> kafka() {
        Map<String, Object> kafka = new HashMap<>();
        kafka.put("bootstrap.servers", brokers.bootstrapServers());
        kafka.put("schema.registry.url", registry.url());
        return kafka;
    }

    /** Submits each sender may have unanswered. */
    public int window() {
        return window;
    }

    /** What a hard kill of one sender may make come twice: the default of one bind with this window. */
    public int maxUnrecorded() {
        return 2 * window;
    }

    /** In the order of their numbers. */
    public List<BrokerProcess> brokers() {
        return brokers.brokers();
    }

    /** Both. */
    public List<ServiceJvm> senders() {
        return senders;
    }

    public ServiceJvm router() {
        return router;
    }

    public ServiceJvm receiver() {
        return receiver;
    }

    private List<ServiceJvm> services() {
        List<ServiceJvm> all = new ArrayList<>(senders);
        all.add(router);
        all.add(receiver);
        return all;
    }

    /** Between the services and the SMSC. */
    public Line line() {
        return line;
    }

    /** To see what it saw, and to change how it behaves. */
    public SimulatedSmsc smsc() {
        return smsc;
    }

    /** Number of the SMSC's session that bound last; they count up. */
    public int newestSession() {
        return witness.newestSession();
    }

    /** Waits until somebody who bound after {@code session} has submitted; false when it takes longer than {@code most}. */
    public boolean awaitSubmitAfter(int session, Duration most) throws InterruptedException {
        return witness.awaitSubmitAfter(session, most.toNanos());
    }

    /** Ends services and brokers by force: what is to be seen has been seen. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a part of the ground does not close: " + e.getMessage(), e);
            }
        }
    }
}
