package io.smspipeline.schemas.serde;

import io.smspipeline.schemas.registry.SchemaRegistry;
import io.smspipeline.schemas.registry.SchemaRegistryException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** A registry in memory; may be told to be away. */
final class InMemoryRegistry implements SchemaRegistry {
    private final List<Schema> schemas = new ArrayList<>();
    final List<String> subjects = new ArrayList<>();
    boolean away;

    @Override
    public int idOf(String subject, Schema schema) {
        subjects.add(subject);
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        return schemas.indexOf(schema) + 1;
    }

    @Override
    public Schema byId(int id) {
        if (away) {
            throw SchemaRegistryException.unreachable("away", new IOException("away"));
        }
        if (id < 1 || id > schemas.size()) {
            throw SchemaRegistryException.refused("nobody knows schema id " + id);
        }
        return schemas.get(id - 1);
    }
}
