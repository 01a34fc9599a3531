package io.smspipeline.localkafka.registry;

import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * One schema as one subject knows it.
 *
 * @param version from 1, per subject
 * @param id global: equal schemas have the same one in every subject
 * @param schema Avro JSON as {@link Schema#toString()} writes it, so that equal schemas are equal strings
 * @param deleted soft: no longer found by subject, still found by id
 */
record SchemaVersion(String subject, int version, int id, String schema, boolean deleted) {

    Schema parsed() {
        return new Schema.Parser().parse(schema);
    }

    SchemaVersion asDeleted() {
        return new SchemaVersion(subject, version, id, schema, true);
    }

    /** Reads a schema a client sent. */
    static Schema parse(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (SchemaParseException e) {
            throw Refusal.invalidSchema(String.valueOf(e.getMessage()));
        }
    }
}
