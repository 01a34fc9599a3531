package io.smspipeline.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns nested sections into one map: names joined by dots, lists by commas. */
final class Flattening {
    private final String path;
    private final Reading reading;
    private final Map<String, String> into;

    Flattening(String path, Reading reading, Map<String, String> into) {
        this.path = path;
        this.reading = reading;
        this.into = into;
    }

    void add(String prefix, Node.Mapping mapping) {
        mapping.entries().forEach((name, value) -> {
            String key = prefix.isEmpty() ? name : prefix + "." + name;
            if (value instanceof Node.Mapping nested) {
                add(key, nested);
            } else if (value instanceof Node.Sequence sequence) {
                into.put(key, joined(key, sequence));
            } else if (value instanceof Node.Scalar scalar) {
                into.put(key, scalar.text());
            }
        });
    }

    private String joined(String key, Node.Sequence sequence) {
        List<String> texts = new ArrayList<>();
        for (Node item : sequence.items()) {
            if (item instanceof Node.Scalar scalar) {
                texts.add(scalar.text());
            } else if (!(item instanceof Node.Absent)) {
                reading.fault(new Fault(
                        path + "." + key, "holds " + item.kind() + " in a list", "write single values in the list"));
            }
        }
        return String.join(",", texts);
    }
}
