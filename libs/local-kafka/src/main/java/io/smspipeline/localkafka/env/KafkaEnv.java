package io.smspipeline.localkafka.env;

import io.smspipeline.localkafka.registry.LocalRegistry;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Kafka and a schema registry for tests. Which Kafka is the system property {@code sms.kafka}, see {@link KafkaChoice};
 * one line on stderr says what it came to. The registry is always {@link LocalRegistry}. Topics are never created
 * by merely naming them. Safe for use by many threads.
 *
 * <p>Starting one takes seconds, so test classes share one: {@link KafkaEnvExtension}.
 */
public final class KafkaEnv implements AutoCloseable {

    private final TestKafka kafka;
    private final LocalRegistry registry;

    private KafkaEnv(TestKafka kafka, LocalRegistry registry) {
        this.kafka = kafka;
        this.registry = registry;
    }

    /** Starts what the system property says and returns when both serve. */
    public static KafkaEnv start() {
        return start(KafkaChoice.fromSystemProperty());
    }

    /**
     * Starts {@code choice} and returns when broker and registry serve.
     *
     * @throws IllegalStateException when a container was asked for and cannot be had
     */
    public static KafkaEnv start(KafkaChoice choice) {
        return start(choice, System.err);
    }

    static KafkaEnv start(KafkaChoice choice, PrintStream announcements) {
        Started started = startKafka(choice);
        TestKafka kafka = started.kafka();
        try {
            KafkaEnv env = new KafkaEnv(kafka, LocalRegistry.start(kafka.bootstrapServers(), 0));
            announcements.println(KafkaChoice.PROPERTY + "=" + choice + ": tests use the " + kafka.description()
                    + " at " + kafka.bootstrapServers() + " (" + started.why() + ")");
            return env;
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    private record Started(TestKafka kafka, String why) {}

    private static Started startKafka(KafkaChoice choice) {
        if (choice == KafkaChoice.EMBEDDED) {
            return new Started(EmbeddedKafka.start(), "as asked");
        }
        if (choice == KafkaChoice.DOCKER) {
            return new Started(containerOrFailure(), "as asked");
        }
        Optional<String> engine = ContainerEngine.find();
        if (engine.isEmpty()) {
            return new Started(EmbeddedKafka.start(), "no container engine answers");
        }
        try {
            return new Started(ContainerKafka.start(), "a container engine answers at " + engine.get());
        } catch (NoClassDefFoundError e) {
            return new Started(
                    EmbeddedKafka.start(),
                    "a container engine answers at " + engine.get()
                            + ", but org.testcontainers:testcontainers-kafka is not on the class path");
        } catch (RuntimeException e) {
            return new Started(
                    EmbeddedKafka.start(),
                    "a container engine answers at " + engine.get() + ", but the container did not start: "
                            + e.getMessage());
        }
    }

    private static TestKafka containerOrFailure() {
        String asked = KafkaChoice.PROPERTY + "=" + KafkaChoice.DOCKER + " asks for Kafka in a container, but ";
        try {
            return ContainerKafka.start();
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    asked + "org.testcontainers:testcontainers-kafka is not on the class path. Add it in test scope.",
                    e);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    asked + "it did not start: " + e.getMessage() + ". Check that a container engine runs, that"
                            + " DOCKER_HOST names it unless it listens at its default address, and that the image"
                            + " can be had. Or run with -D" + KafkaChoice.PROPERTY + "=" + KafkaChoice.EMBEDDED + ".",
                    e);
        }
    }

    /** For {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** For {@code schema.registry.url}. */
    public String registryUrl() {
        return registry.url();
    }

    /** Which Kafka this is, in words: "embedded broker, Kafka 4.3.1". */
    public String description() {
        return kafka.description();
    }

    /** Creates a topic, see {@link #createTopic(String, int, Map)}. */
    public void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /**
     * Creates a topic and returns when the broker has it.
     *
     * @param configs topic properties by their Kafka names, for example {@code cleanup.policy}
     * @throws IllegalStateException when the broker refuses, for instance because it exists
     */
    public void createTopic(String name, int partitions, Map<String, String> configs) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(Set.of(new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the topic " + name + " was not created: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating the topic " + name, e);
        }
    }

    /** Ends registry and broker and deletes what they stored. */
    @Override
    public void close() {
        registry.close();
        kafka.close();
    }
}
