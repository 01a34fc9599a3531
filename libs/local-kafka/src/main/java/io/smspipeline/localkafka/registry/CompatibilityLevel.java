package io.smspipeline.localkafka.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Which earlier versions of its subject a new schema must get along with, and in which direction. */
enum CompatibilityLevel {
    NONE(false, false, false),
    /** The new schema reads what the last version wrote. */
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    /** The last version reads what the new schema writes. */
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean newReadsOld;
    private final boolean oldReadsNew;
    private final boolean withEveryVersion;

    CompatibilityLevel(boolean newReadsOld, boolean oldReadsNew, boolean withEveryVersion) {
        this.newReadsOld = newReadsOld;
        this.oldReadsNew = oldReadsNew;
        this.withEveryVersion = withEveryVersion;
    }

    /** The level of that name, in any case; empty when there is none. */
    static Optional<CompatibilityLevel> named(String name) {
        for (CompatibilityLevel level : values()) {
            if (level.name().equals(name.toUpperCase(Locale.ROOT))) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }

    /**
     * Why {@code candidate} may not follow {@code earlier}, one sentence each; empty when it may.
     *
     * @param earlier versions of the subject, oldest first
     */
    List<String> faults(Schema candidate, List<SchemaVersion> earlier) {
        int compared = withEveryVersion ? earlier.size() : Math.min(1, earlier.size());
        List<String> faults = new ArrayList<>();
        for (SchemaVersion version : earlier.subList(earlier.size() - compared, earlier.size())) {
            Schema old = version.parsed();
            if (newReadsOld) {
                faults.addAll(faults(candidate, old, "the new schema cannot read version " + version.version()));
            }
            if (oldReadsNew) {
                faults.addAll(faults(old, candidate, "version " + version.version() + " cannot read the new schema"));
            }
        }
        return faults;
    }

    private static List<String> faults(Schema reader, Schema writer, String meaning) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(fault -> meaning + ": " + described(fault))
                .toList();
    }

    private static String described(Incompatibility fault) {
        return fault.getType() + " at " + fault.getLocation() + " (" + fault.getMessage() + ")";
    }
}
