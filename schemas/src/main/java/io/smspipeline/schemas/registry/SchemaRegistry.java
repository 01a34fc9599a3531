package io.smspipeline.schemas.registry;

import org.apache.avro.Schema;

/**
 * Schema ids, as a Confluent-compatible registry hands them out. Safe for use by many threads. Both calls may block for a
 * network round trip the first time a schema or id is met and answer from memory afterwards.
 */
public interface SchemaRegistry {
    /**
     * The id under which {@code schema} is registered for {@code subject}, registering it when that is allowed.
     *
     * @throws SchemaRegistryException when the registry refuses the schema, does not know it, or cannot be reached
     */
    int idOf(String subject, Schema schema);

    /**
     * The schema behind an id.
     *
     * @throws SchemaRegistryException when nobody knows the id, or the registry cannot be reached
     */
    Schema byId(int id);
}
