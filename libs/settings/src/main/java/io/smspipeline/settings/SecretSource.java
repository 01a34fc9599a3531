package io.smspipeline.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A secret that may change while the process runs: one from a file is read anew each time, so that whoever rotates it need
 * not restart anything. Safe for use by many threads.
 */
public final class SecretSource {
    private final @Nullable Path file;
    private volatile Secret last;

    private SecretSource(@Nullable Path file, Secret first) {
        this.file = file;
        this.last = first;
    }

    /** One that never changes. */
    public static SecretSource fixed(Secret secret) {
        return new SecretSource(null, secret);
    }

    /** @param first what the file said at start */
    static SecretSource file(String file, Secret first) {
        return new SecretSource(Path.of(file), first);
    }

    /** What it is now. A file that cannot be read now, as in the midst of its replacement, still says what it said before. */
    public Secret now() {
        Path from = file;
        if (from == null) {
            return last;
        }
        String text = Environment.fileText(from.toString(), "it", (what, todo) -> {});
        if (text != null) {
            last = Secret.of(text);
        }
        return last;
    }

    @Override
    public String toString() {
        return Secret.MASK;
    }
}
