package io.smspipeline.localkafka.env;

import io.smspipeline.localkafka.broker.BrokerSettings;
import io.smspipeline.localkafka.broker.LocalBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;

/** A broker in this JVM with a temporary data directory. */
final class EmbeddedKafka implements TestKafka {

    private final LocalBroker broker;

    private EmbeddedKafka(LocalBroker broker) {
        this.broker = broker;
    }

    static EmbeddedKafka start() {
        try {
            return new EmbeddedKafka(
                    LocalBroker.start(BrokerSettings.in(Files.createTempDirectory("embedded-kafka-"))));
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory for the embedded broker: " + e.getMessage(), e);
        }
    }

    @Override
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public String description() {
        return "embedded broker, Kafka " + AppInfoParser.getVersion();
    }

    @Override
    public void close() {
        broker.close();
        delete(broker.settings().dataDirectory());
    }

    private static void delete(Path root) {
        try (Stream<Path> found = Files.walk(root)) {
            List<Path> childrenFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path path : childrenFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded broker's directory " + root + " was not deleted", e);
        }
    }
}
