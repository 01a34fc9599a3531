package io.smspipeline.simulator.smsc;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A journal in a file of one JSON object a line. Notes gather and are written together, before any answer that rests on them
 * leaves: it outlives the process however that ends, not the machine (nothing is forced to the disk). Safe for use by many
 * threads.
 */
final class FileJournal implements Journal {
    /** Over this a journal that owes nothing begins anew. */
    static final long LONG_FILE = 16L << 20;

    /** What one account was still owed when the file was opened. */
    record Debt(String systemId, List<Owed> owed) {
        /** What is owed now stands in for what was owed before with the same index. */
        private Debt with(Debt later) {
            List<Owed> all = new ArrayList<>(owed);
            for (Owed each : later.owed()) {
                all.removeIf(
                        earlier -> earlier.delivery().index() == each.delivery().index());
            }
            all.addAll(later.owed());
            return new Debt(systemId, all);
        }

        /** @return null when nothing is left */
        private @Nullable Debt without(int index) {
            List<Owed> left = owed.stream()
                    .filter(each -> each.delivery().index() != index)
                    .toList();
            return left.isEmpty() ? null : new Debt(systemId, left);
        }
    }

    private final FileChannel file;
    private final long longFile;
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(1 << 16);
    private final List<Debt> debts;
    private final long greatestAtStart;
    private long greatest;
    private long open;
    private @Nullable IOException failed;

    private FileJournal(FileChannel file, long longFile, Content content) {
        this.file = file;
        this.longFile = longFile;
        this.greatest = content.greatest;
        this.greatestAtStart = content.greatest;
        this.debts = List.copyOf(content.open.values());
        for (Debt debt : debts) {
            open += debt.owed().size();
        }
    }

    /**
     * Reads what is there, writes it anew without what is done, and goes on behind it.
     *
     * @throws IOException when the file cannot be read or written, or is no journal
     */
    static FileJournal open(Path path) throws IOException {
        return open(path, LONG_FILE);
    }

    static FileJournal open(Path path, long longFile) throws IOException {
        Content content = new Content();
        if (Files.exists(path)) {
            content.read(path);
        }
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        // Beside it and moved: a death meanwhile leaves the one or the other, never half of both.
        Path anew = path.resolveSibling(path.getFileName() + ".new");
        Files.write(anew, content.octets());
        Files.move(anew, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        return new FileJournal(file, longFile, content);
    }

    /** What was still owed when the file was opened, the oldest first. */
    List<Debt> debts() {
        return debts;
    }

    /** The greatest number used before the file was opened; 0 when there is none. */
    long greatestAtStart() {
        return greatestAtStart;
    }

    @Override
    public void owe(String systemId, List<Owed> owed) {
        long debt = owed.get(0).delivery().debt();
        byte[] octets = JournalLine.debt(debt, systemId, owed).octets();
        synchronized (this) {
            greatest = Math.max(greatest, debt);
            open += owed.size();
            gather(octets);
        }
    }

    @Override
    public void done(Delivery delivery) {
        byte[] octets = JournalLine.done(delivery.debt(), delivery.index()).octets();
        synchronized (this) {
            open--;
            gather(octets);
        }
    }

    private void gather(byte[] line) {
        gathered.writeBytes(line);
        gathered.write('\n');
    }

    @Override
    public synchronized void flush() throws IOException {
        if (failed != null) {
            throw new IOException("the journal failed before: " + failed.getMessage(), failed);
        }
        if (gathered.size() == 0) {
            return;
        }
        try {
            if (open == 0 && file.position() > longFile) {
                beginAnew();
            }
            for (ByteBuffer octets = ByteBuffer.wrap(gathered.toByteArray()); octets.hasRemaining(); ) {
                int unused = file.write(octets);
            }
            gathered.reset();
        } catch (IOException e) {
            // Perhaps half a line was written. Nothing more may come behind it.
            failed = e;
            throw e;
        }
    }

    private void beginAnew() throws IOException {
        gathered.reset();
        gather(JournalLine.greatest(greatest).octets());
        FileChannel unused = file.truncate(0);
    }

    @Override
    public synchronized void close() throws IOException {
        try (file) {
            if (failed == null) {
                flush();
                failed = new IOException("it is closed");
            }
        }
    }

    /** What a file says, read line by line. */
    private static final class Content {
        private final Map<Long, Debt> open = new LinkedHashMap<>();
        private long greatest;

        void read(Path path) throws IOException {
            List<String> lines = Files.readString(path).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                try {
                    add(JournalLine.read(lines.get(i)));
                } catch (JsonProcessingException e) {
                    // The process died while it wrote the last line, so no answer rests on it.
                    if (i < lines.size() - 1) {
                        throw new IOException(
                                "line " + (i + 1) + " of " + path + " is none of an SMSC's journal: "
                                        + e.getOriginalMessage() + ". Name another file, or move this one away.",
                                e);
                    }
                }
            }
        }

        private void add(JournalLine line) {
            if (line.greatest() != null) {
                greatest = Math.max(greatest, line.greatest());
            }
            Long number = line.debt();
            if (number == null) {
                return;
            }
            greatest = Math.max(greatest, number);
            if (line.account() != null && line.owed() != null) {
                List<Owed> owed =
                        line.owed().stream().map(entry -> entry.owedFor(number)).toList();
                open.merge(number, new Debt(line.account(), owed), Debt::with);
            } else if (line.done() != null) {
                int done = line.done();
                open.computeIfPresent(number, (same, debt) -> debt.without(done));
            }
        }

        byte[] octets() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            gather(JournalLine.greatest(greatest), out);
            open.forEach((number, debt) -> gather(JournalLine.debt(number, debt.systemId(), debt.owed()), out));
            return out.toByteArray();
        }

        private static void gather(JournalLine line, ByteArrayOutputStream out) {
            out.writeBytes(line.octets());
            out.write('\n');
        }
    }
}
