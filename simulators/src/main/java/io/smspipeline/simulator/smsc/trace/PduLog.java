package io.smspipeline.simulator.smsc.trace;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes every PDU as a line of JSON. The link hands over octets and goes on; a thread of this log's own reads and writes them.
 * When it cannot keep up, at most {@value #MOST_WAITING} readings of a socket wait and then the link does: no line is left out.
 * Safe for use by many threads.
 */
public final class PduLog implements AutoCloseable {
    /** Names stdout in place of a file. */
    public static final Path STDOUT = Path.of("-");

    private static final Logger LOG = LoggerFactory.getLogger(PduLog.class);
    private static final int MOST_WAITING = 256;
    private static final long CLOSING_SECONDS = 10;

    /** PDUs one behind another, as they were read or written together; no octets at all end the log. */
    private record Chunk(Instant at, int session, @Nullable String systemId, Direction direction, byte[] octets) {}

    /** Seen from the SMSC. */
    public enum Direction {
        /** From the ESME. */
        IN("in"),
        /** To the ESME: handed to the link, which may be lost before it arrives. */
        OUT("out");

        final String word;

        Direction(String word) {
            this.word = word;
        }
    }

    private final BlockingQueue<Chunk> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Clock clock;
    private final OutputStream out;
    private final boolean ours;
    private final Thread writer;
    private volatile boolean closed;

    private PduLog(OutputStream out, boolean ours, Clock clock) {
        this.out = new BufferedOutputStream(out, 1 << 16);
        this.ours = ours;
        this.clock = clock;
        this.writer = new Thread(this::writeAll, "smsc-pdu-log");
        writer.setDaemon(true);
        writer.start();
    }

    /**
     * Goes on behind what the file has.
     *
     * @param file made when there is none; {@link #STDOUT} for stdout
     * @throws IOException when it cannot be written
     */
    public static PduLog to(Path file, Clock clock) throws IOException {
        return file.equals(STDOUT)
                ? new PduLog(System.out, false, clock)
                : new PduLog(
                        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), true, clock);
    }

    /**
     * Takes PDUs that stand one behind another in {@code octets[0..end)}; copies them.
     *
     * @param systemId null as long as nobody is bound
     */
    public void add(int session, @Nullable String systemId, Direction direction, byte[] octets, int end) {
        if (closed || end == 0) {
            return;
        }
        try {
            waiting.put(new Chunk(clock.instant(), session, systemId, direction, Arrays.copyOf(octets, end)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAll() {
        try (PduLines lines = new PduLines(out)) {
            boolean broken = false;
            for (Chunk chunk = waiting.take(); chunk.octets().length > 0; chunk = waiting.take()) {
                // A link must not wait for a log that cannot be written: what comes then is taken and thrown away.
                broken = broken || !written(lines, chunk);
            }
            lines.flush();
            if (ours) {
                out.close();
            }
        } catch (IOException e) {
            LOG.warn("the log of PDUs could not be ended: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return false when nothing more can be written */
    private boolean written(PduLines lines, Chunk chunk) {
        try {
            lines.write(
                    chunk.at().toString(), chunk.session(), chunk.systemId(), chunk.direction().word, chunk.octets());
            if (waiting.isEmpty()) {
                lines.flush();
            }
            return true;
        } catch (IOException e) {
            LOG.error("no more PDUs are logged: {}. Make room, and start the SMSC anew.", e.toString());
            return false;
        }
    }

    /** Writes what waits, for ten seconds at most. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            waiting.put(new Chunk(Instant.EPOCH, 0, null, Direction.IN, new byte[0]));
            writer.join(TimeUnit.SECONDS.toMillis(CLOSING_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
