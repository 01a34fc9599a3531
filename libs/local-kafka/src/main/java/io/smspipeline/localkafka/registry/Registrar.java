package io.smspipeline.localkafka.registry;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Decides what enters the registry: ids, version numbers, compatibility. One change at a time, each applied before the
 * next is decided. Safe for use by many threads.
 */
final class Registrar {

    private final RegistryState state;
    private final Consumer<RegistryRecord> log;

    /** @param log writes a fact and returns once {@code state} has it */
    Registrar(RegistryState state, Consumer<RegistryRecord> log) {
        this.state = state;
        this.log = log;
    }

    /** The id of the schema in this subject, registered now unless it was before. */
    synchronized int register(String subject, Schema schema) {
        Optional<SchemaVersion> known = find(subject, schema, false);
        if (known.isPresent()) {
            return known.get().id();
        }
        CompatibilityLevel level = state.effectiveLevel(subject);
        List<String> faults = level.faults(schema, state.versions(subject, false));
        if (!faults.isEmpty()) {
            throw Refusal.incompatible(subject, level, faults);
        }
        String text = schema.toString();
        int id = state.idFor(text);
        log.accept(
                new RegistryRecord.Registered(new SchemaVersion(subject, state.nextVersion(subject), id, text, false)));
        return id;
    }

    /** The newest version of the subject with exactly this schema. */
    Optional<SchemaVersion> find(String subject, Schema schema, boolean deletedToo) {
        String text = schema.toString();
        return state.versions(subject, deletedToo).stream()
                .filter(version -> version.schema().equals(text))
                .reduce((older, newer) -> newer);
    }

    /** Hides all versions of a subject and says which they were. Their ids stay readable. */
    synchronized List<Integer> delete(String subject) {
        List<SchemaVersion> visible = state.versions(subject, false);
        if (visible.isEmpty()) {
            throw state.versions(subject, true).isEmpty()
                    ? Refusal.subjectNotFound(subject)
                    : Refusal.subjectDeleted(subject);
        }
        visible.forEach(version -> log.accept(new RegistryRecord.Registered(version.asDeleted())));
        return visible.stream().map(SchemaVersion::version).toList();
    }

    /** Hides one version. Its id stays readable. */
    synchronized void delete(SchemaVersion version) {
        log.accept(new RegistryRecord.Registered(version.asDeleted()));
    }

    /**
     * Sets or, with null, gives up a level.
     *
     * @param subject null for the global level
     */
    synchronized void setLevel(@Nullable String subject, @Nullable CompatibilityLevel level) {
        log.accept(new RegistryRecord.LevelSet(subject, level));
    }
}
