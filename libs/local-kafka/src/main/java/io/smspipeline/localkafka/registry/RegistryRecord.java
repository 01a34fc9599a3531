package io.smspipeline.localkafka.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the registry's topic holds: one fact a record, JSON in key and value. A later record with the same key replaces
 * the earlier one, so the topic may be compacted.
 */
sealed interface RegistryRecord {

    ObjectMapper JSON = new ObjectMapper();

    /** The record's key. */
    String key();

    /** The record's value; null removes the fact. */
    @Nullable
    String value();

    /** A subject has, or no longer shows, this version. */
    record Registered(SchemaVersion version) implements RegistryRecord {
        @Override
        public String key() {
            return keyOf("SCHEMA")
                    .put("subject", version.subject())
                    .put("version", version.version())
                    .put("magic", 1)
                    .toString();
        }

        @Override
        public String value() {
            return JSON.createObjectNode()
                    .put("subject", version.subject())
                    .put("version", version.version())
                    .put("id", version.id())
                    .put("schema", version.schema())
                    .put("deleted", version.deleted())
                    .toString();
        }
    }

    /**
     * The compatibility level of a subject.
     *
     * @param subject null for the level of all subjects without their own
     * @param level null when the subject gives its own up
     */
    record LevelSet(@Nullable String subject, @Nullable CompatibilityLevel level) implements RegistryRecord {
        @Override
        public String key() {
            return keyOf("CONFIG").put("subject", subject).put("magic", 0).toString();
        }

        @Override
        public @Nullable String value() {
            return level == null
                    ? null
                    : JSON.createObjectNode()
                            .put("subject", subject)
                            .put("compatibilityLevel", level.name())
                            .toString();
        }
    }

    private static ObjectNode keyOf(String type) {
        return JSON.createObjectNode().put("keytype", type);
    }

    /**
     * Reads a record of the topic back.
     *
     * @return empty for kinds of facts this registry does not keep
     * @throws IllegalArgumentException when it is no record of a registry at all
     */
    static Optional<RegistryRecord> read(@Nullable String key, @Nullable String value) {
        if (key == null) {
            throw new IllegalArgumentException("it has no key");
        }
        try {
            JsonNode name = JSON.readTree(key);
            return switch (name.path("keytype").asText()) {
                case "SCHEMA" -> value == null ? Optional.empty() : Optional.of(registered(JSON.readTree(value)));
                case "CONFIG" -> Optional.of(levelSet(name, value));
                default -> Optional.empty();
            };
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static RegistryRecord registered(JsonNode value) {
        return new Registered(new SchemaVersion(
                value.path("subject").asText(),
                value.path("version").asInt(),
                value.path("id").asInt(),
                value.path("schema").asText(),
                value.path("deleted").asBoolean()));
    }

    private static RegistryRecord levelSet(JsonNode key, @Nullable String value) throws JsonProcessingException {
        JsonNode subject = key.path("subject");
        @Nullable CompatibilityLevel level = null;
        if (value != null) {
            String name = JSON.readTree(value).path("compatibilityLevel").asText();
            level = CompatibilityLevel.named(name)
                    .orElseThrow(
                            () -> new IllegalArgumentException("it names the unknown compatibility level " + name));
        }
        return new LevelSet(subject.isTextual() ? subject.asText() : null, level);
    }
}
