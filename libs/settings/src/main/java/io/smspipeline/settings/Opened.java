package io.smspipeline.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered about one place of the tree while it is read: the keys asked for and what they resolved to. Two readers
 * of the same section share it, so a key counts as known when any of them knows it.
 */
final class Opened {
    final String path;
    /** How the names of variables below this place begin; null where a variable cannot reach. */
    final @Nullable String variables;

    final Node.Mapping yaml;
    final Set<String> known = new LinkedHashSet<>();
    /** What each key resolved to, as it may be shown. */
    final Map<String, Object> effective = new LinkedHashMap<>();

    final Map<String, Opened> sections = new LinkedHashMap<>();
    final Map<String, List<Opened>> lists = new LinkedHashMap<>();
    final List<String> mapVariables = new ArrayList<>();
    private int readers;
    private int partialReaders;

    Opened(String path, @Nullable String variables, Node.Mapping yaml) {
        this.path = path;
        this.variables = variables;
        this.yaml = yaml;
    }

    String full(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    @Nullable
    String variable(String key) {
        return variables == null ? null : variables + Environment.form(key);
    }

    void readerCame() {
        readers++;
    }

    void readerIsPartial() {
        partialReaders++;
    }

    /** Whether some reader claims to know every key that may stand here. */
    boolean complete() {
        return readers > partialReaders;
    }
}
