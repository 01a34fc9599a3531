package io.smspipeline.localkafka.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All the topic says, for questions. Changed by {@link #apply} alone, in the order of the topic. Safe for many threads. */
final class RegistryState {

    private final TreeMap<String, TreeMap<Integer, SchemaVersion>> subjects = new TreeMap<>();
    private final Map<Integer, String> schemaById = new HashMap<>();
    private final Map<String, Integer> idOfSchema = new HashMap<>();
    private final Map<String, CompatibilityLevel> levels = new HashMap<>();
    private CompatibilityLevel globalLevel = CompatibilityLevel.BACKWARD;
    private int highestId;

    synchronized void apply(RegistryRecord record) {
        if (record instanceof RegistryRecord.Registered registered) {
            SchemaVersion version = registered.version();
            subjects.computeIfAbsent(version.subject(), s -> new TreeMap<>()).put(version.version(), version);
            schemaById.put(version.id(), version.schema());
            idOfSchema.putIfAbsent(version.schema(), version.id());
            highestId = Math.max(highestId, version.id());
        } else if (record instanceof RegistryRecord.LevelSet set) {
            applyLevel(set.subject(), set.level());
        }
    }

    private void applyLevel(@Nullable String subject, @Nullable CompatibilityLevel level) {
        if (subject == null) {
            globalLevel = level == null ? CompatibilityLevel.BACKWARD : level;
        } else if (level == null) {
            levels.remove(subject);
        } else {
            levels.put(subject, level);
        }
    }

    /** Subjects in alphabetical order; those without a visible version only when {@code deletedToo}. */
    synchronized List<String> subjects(boolean deletedToo) {
        return subjects.keySet().stream()
                .filter(subject -> visible(subject, deletedToo).findAny().isPresent())
                .toList();
    }

    /** Versions of a subject, oldest first; empty for an unknown subject. */
    synchronized List<SchemaVersion> versions(String subject, boolean deletedToo) {
        return visible(subject, deletedToo).toList();
    }

    private Stream<SchemaVersion> visible(String subject, boolean deletedToo) {
        return subjects.getOrDefault(subject, new TreeMap<>()).values().stream()
                .filter(version -> deletedToo || !version.deleted());
    }

    synchronized Optional<String> schema(int id) {
        return Optional.ofNullable(schemaById.get(id));
    }

    /** Where a schema is in use, deleted versions left out. */
    synchronized List<SchemaVersion> uses(int id) {
        return subjects.keySet().stream()
                .flatMap(subject -> visible(subject, false))
                .filter(version -> version.id() == id)
                .toList();
    }

    /** The id of this schema, which is a new one when no subject ever had it. */
    synchronized int idFor(String schema) {
        return idOfSchema.getOrDefault(schema, highestId + 1);
    }

    /** The number the next version of a subject gets. Those of deleted versions are not used again. */
    synchronized int nextVersion(String subject) {
        @Nullable TreeMap<Integer, SchemaVersion> versions = subjects.get(subject);
        return versions == null ? 1 : versions.lastKey() + 1;
    }

    synchronized CompatibilityLevel globalLevel() {
        return globalLevel;
    }

    synchronized Optional<CompatibilityLevel> ownLevel(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }

    synchronized CompatibilityLevel effectiveLevel(String subject) {
        return levels.getOrDefault(subject, globalLevel);
    }
}
