package io.smspipeline.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes what the settings resolved to, defaults and environment included and secrets masked, as YAML. */
final class EffectiveYaml {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            // A sender "12345" must come back as written, not as a number another reader would reformat.
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build());

    private EffectiveYaml() {}

    static String of(Opened root) {
        try {
            Map<String, Object> tree = tree(root);
            return tree.isEmpty() ? "" : YAML.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and texts can always be written as YAML", e);
        }
    }

    private static Map<String, Object> tree(Opened place) {
        Map<String, Object> tree = new LinkedHashMap<>();
        Set<String> keys = new LinkedHashSet<>(place.yaml.entries().keySet());
        keys.addAll(place.effective.keySet());
        keys.addAll(place.sections.keySet());
        for (String key : keys) {
            Object shown = shown(place, key);
            if (shown != null && !(shown instanceof Map<?, ?> map && map.isEmpty())) {
                tree.put(key, shown);
            }
        }
        return tree;
    }

    private static @Nullable Object shown(Opened place, String key) {
        Object effective = place.effective.get(key);
        Opened section = place.sections.get(key);
        List<Opened> list = place.lists.get(key);
        if (effective != null) {
            // A secret kept in a file is shown by that file alone, else what is printed would name it twice.
            return effective.equals(Secret.MASK) && place.effective.containsKey(key + "-file") ? null : effective;
        }
        if (section != null) {
            return tree(section);
        }
        if (list != null) {
            return list.stream().map(EffectiveYaml::tree).toList();
        }
        return unread(key, place.yaml.entries().getOrDefault(key, new Node.Absent()));
    }

    /** What nobody read: from the file, masked by name as nobody said which keys are secret. */
    private static @Nullable Object unread(String key, Node node) {
        if (node instanceof Node.Scalar scalar) {
            return SecretKeys.shown(key, scalar.text());
        }
        if (node instanceof Node.Sequence sequence) {
            List<Object> items = new ArrayList<>();
            for (Node item : sequence.items()) {
                Object shown = unread(key, item);
                if (shown != null) {
                    items.add(shown);
                }
            }
            return items;
        }
        if (node instanceof Node.Mapping mapping) {
            Map<String, Object> tree = new LinkedHashMap<>();
            mapping.entries().forEach((name, value) -> {
                Object shown = unread(name, value);
                if (shown != null) {
                    tree.put(name, shown);
                }
            });
            return tree;
        }
        return null;
    }
}
