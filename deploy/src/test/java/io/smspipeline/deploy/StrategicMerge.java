package io.smspipeline.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Kubernetes' strategic merge patch, as far as this tree uses it: maps are merged, lists of named things by their names, other
 * lists are replaced. Directives such as {@code $patch} are refused rather than passed over.
 */
final class StrategicMerge {
    private static final Map<String, String> MERGE_KEYS = Map.of(
            "containers", "name",
            "initContainers", "name",
            "volumes", "name",
            "env", "name",
            "volumeMounts", "mountPath",
            "ports", "containerPort");

    private StrategicMerge() {}

    /** Changes {@code target} as {@code patch} says. */
    static void merge(ObjectNode target, ObjectNode patch) {
        for (Map.Entry<String, JsonNode> each : patch.properties()) {
            String field = each.getKey();
            JsonNode wanted = each.getValue();
            JsonNode present = target.get(field);
            if (field.startsWith("$") || wanted.isNull()) {
                throw new UnsupportedOperationException(
                        field + ": " + wanted + " in a patch is more than is known here");
            }
            if (present instanceof ObjectNode map && wanted instanceof ObjectNode map2) {
                merge(map, map2);
            } else if (present instanceof ArrayNode list
                    && wanted instanceof ArrayNode list2
                    && MERGE_KEYS.containsKey(field)) {
                mergeNamed(list, list2, MERGE_KEYS.get(field));
            } else {
                target.set(field, wanted.deepCopy());
            }
        }
    }

    /** What the patch names comes first, in its order, as Kustomize has it. */
    private static void mergeNamed(ArrayNode target, ArrayNode patch, String key) {
        int place = 0;
        for (JsonNode wanted : patch) {
            int index = indexOf(target, key, wanted.path(key));
            if (index < 0) {
                target.insert(place++, wanted.deepCopy());
            } else {
                ObjectNode present = (ObjectNode) target.remove(index);
                merge(present, (ObjectNode) wanted);
                target.insert(place++, present);
            }
        }
    }

    private static int indexOf(ArrayNode list, String key, JsonNode name) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path(key).equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
