package io.smspipeline.quickstart.pipeline;

import io.smspipeline.service.start.StartUpFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a local pipeline keeps what must outlive it; a temporary one is deleted at its end. For use by one thread. */
public final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final boolean temporary;

    private DataDirectory(Path path, boolean temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    /**
     * The directory a person named, created when absent, or a temporary one for null.
     *
     * @throws StartUpFault when it cannot be created
     */
    public static DataDirectory at(@Nullable Path named) {
        try {
            if (named == null) {
                return new DataDirectory(Files.createTempDirectory("sms-pipeline-"), true);
            }
            return new DataDirectory(
                    Files.createDirectories(named).toAbsolutePath().normalize(), false);
        } catch (IOException e) {
            throw new StartUpFault(
                    "--data " + named + " cannot be created: " + e.getMessage()
                            + ". Name a directory this user may write to.",
                    e);
        }
    }

    /** Its absolute path. */
    public Path path() {
        return path;
    }

    /** Deletes it when it is temporary. */
    @Override
    public void close() {
        if (!temporary) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary directory " + path + " could not be deleted", e);
        }
    }
}
