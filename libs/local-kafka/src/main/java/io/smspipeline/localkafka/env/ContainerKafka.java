package io.smspipeline.localkafka.env;

import io.smspipeline.localkafka.broker.LightweightBroker;
import java.time.Duration;
import java.util.Locale;
import org.apache.kafka.common.utils.AppInfoParser;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A broker in a container, of the same version as the client library and with the settings the embedded one has. The
 * only class that names Testcontainers' types: where they are not on the class path, using it is a
 * {@link NoClassDefFoundError} and everything else still works.
 */
final class ContainerKafka implements TestKafka {

    private static final Duration STARTS_WITHIN = Duration.ofMinutes(5);

    private final KafkaContainer container;

    private ContainerKafka(KafkaContainer container) {
        this.container = container;
    }

    static ContainerKafka start() {
        KafkaContainer container = new KafkaContainer(DockerImageName.parse(image()));
        LightweightBroker.behaviour(1).forEach((property, value) -> container.withEnv(variable(property), value));
        // Testcontainers gives up after a minute, which a broker may need on a busy machine.
        container.withStartupTimeout(STARTS_WITHIN).start();
        return new ContainerKafka(container);
    }

    private static String image() {
        return "apache/kafka:" + AppInfoParser.getVersion();
    }

    /** The image reads a broker property {@code a.b} from the environment variable {@code KAFKA_A_B}. */
    private static String variable(String property) {
        return "KAFKA_" + property.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    @Override
    public String bootstrapServers() {
        return container.getBootstrapServers();
    }

    @Override
    public String description() {
        return "container " + image();
    }

    @Override
    public void close() {
        container.stop();
    }
}
