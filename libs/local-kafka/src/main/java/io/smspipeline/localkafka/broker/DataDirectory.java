package io.smspipeline.localkafka.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one broker, held exclusively from {@link #open} to {@link #close}: two brokers on one folder would
 * ruin it. The operating system lets go of it when the process dies, however it dies.
 */
final class DataDirectory implements AutoCloseable {

    /** Kafka's own mark of a shutdown in order; taken away when a broker starts. */
    private static final String CLEAN = ".kafka_cleanshutdown";

    private final Path root;
    private final FileChannel lockFile;
    private final boolean wasLeftInDisorder;

    private DataDirectory(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
        this.wasLeftInDisorder =
                Files.exists(logs().resolve("__cluster_metadata-0")) && !Files.exists(logs().resolve(CLEAN));
    }

    static DataDirectory open(Path root) {
        try {
            Files.createDirectories(root);
            FileChannel channel =
                    FileChannel.open(root.resolve("broker.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new LocalBrokerException(
                        "the data directory " + root + " is in use by another broker: two brokers on one directory"
                                + " would ruin it. Stop the other one, or choose another directory.",
                        null);
            }
            return new DataDirectory(root, channel);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the data directory " + root + " cannot be created or written: " + e.getMessage()
                            + ". Choose a directory this user may write to.",
                    e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisJvm) {
            return false;
        }
    }

    Path logs() {
        return root.resolve("kafka");
    }

    /** The cluster this folder belongs to; empty before it is formatted. */
    Optional<String> clusterId() {
        Path identity = logs().resolve("meta.properties");
        if (!Files.exists(identity)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(identity)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(identity + " cannot be read: " + e.getMessage(), e);
        }
        return Optional.ofNullable(properties.getProperty("cluster.id"));
    }

    /** Prepares an empty folder for node {@code nodeId} of the cluster; leaves a formatted one as it is. */
    void formatIfNew(String clusterId, int nodeId) {
        if (clusterId().isEmpty()) {
            format(clusterId, nodeId);
        }
    }

    private void format(String clusterId, int nodeId) {
        try {
            // An earlier format that was cut off leaves a folder without an identity, and nothing worth keeping.
            Files.createDirectories(logs());
            new Formatter()
                    .setClusterId(clusterId)
                    .setNodeId(nodeId)
                    .setControllerListenerName(BrokerNode.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(logs().toString())
                    .addDirectory(logs().toString())
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        } catch (Exception e) {
            close();
            throw new LocalBrokerException(
                    "the data directory " + root + " could not be prepared for a broker: " + e.getMessage()
                            + ". Empty it, or choose another directory.",
                    e);
        }
    }

    /** True when a broker was here before and was killed, rather than shut down in order. Asked before the next one starts. */
    boolean wasLeftInDisorder() {
        return wasLeftInDisorder;
    }

    static String newClusterId() {
        return Uuid.randomUuid().toString();
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the lock of " + root + " cannot be released: " + e.getMessage(), e);
        }
    }
}
