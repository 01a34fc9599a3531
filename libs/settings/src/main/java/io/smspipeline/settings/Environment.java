package io.smspipeline.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The variables that begin with {@code SMS_}, and which of them somebody asked for. Section and key are joined by two
 * underscores, upper case, with one underscore for a dot or a dash; {@code …_FILE} names a file that holds the value. An
 * empty variable counts as not set: compose files and charts hand those over for what nobody filled in.
 */
final class Environment {
    static final String PREFIX = "SMS_";
    private static final String FILE = "_FILE";
    /** A secret or a PEM chain is far below this; a wrong path to a huge file should not fill the heap. */
    private static final long MAX_FILE_BYTES = 1 << 20;

    private final Map<String, String> variables = new TreeMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    Environment(Map<String, String> all) {
        all.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !value.isEmpty()) {
                variables.put(name, value);
            }
        });
    }

    /** A value and the variable it came from. */
    record Found(String text, String source) {}

    static String form(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    boolean isSet(String name) {
        return variables.containsKey(name) || variables.containsKey(name + FILE);
    }

    boolean anyUnder(String prefix) {
        return variables.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    /** The value of the variable or of the file its {@code _FILE} twin names; null when neither is set or it is faulty. */
    @Nullable
    Found lookUp(String name, BiConsumer<String, String> fault) {
        asked.add(name);
        asked.add(name + FILE);
        String value = variables.get(name);
        String file = variables.get(name + FILE);
        if (value != null && file != null) {
            fault.accept(name + " and " + name + FILE + " are both set", "set one of them");
        }
        if (value != null) {
            return new Found(value, name);
        }
        if (file == null) {
            return null;
        }
        String text = fileText(file, name + FILE, fault);
        return text == null ? null : new Found(text, name + FILE);
    }

    /** The file that the variable's {@code _FILE} twin names; null when there is none. */
    @Nullable
    String file(String name) {
        return variables.get(name + FILE);
    }

    /** Every variable below a prefix, without it and without {@code _FILE}: what overrides a passed-through map. */
    Map<String, Found> lookUpUnder(String prefix, BiConsumer<String, String> fault) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : variables.keySet()) {
            if (name.startsWith(prefix) && name.length() > prefix.length()) {
                names.add(name.endsWith(FILE) ? name.substring(0, name.length() - FILE.length()) : name);
            }
        }
        Map<String, Found> found = new LinkedHashMap<>();
        for (String name : names) {
            Found value = lookUp(name, fault);
            if (value != null) {
                found.put(name.substring(prefix.length()), value);
            }
        }
        return found;
    }

    /** The variables with two underscores nobody asked for, and the names that were asked for. */
    Set<String> unasked() {
        Set<String> names = new LinkedHashSet<>();
        for (String name : variables.keySet()) {
            if (name.indexOf("__", PREFIX.length()) > 0 && !asked.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    Set<String> asked() {
        return asked;
    }

    /** A file's text without its trailing line ends (editors and {@code echo} add one); null after a fault. */
    static @Nullable String fileText(String file, String source, BiConsumer<String, String> fault) {
        String problem;
        try {
            Path path = Path.of(file);
            if (!Files.exists(path)) {
                problem = "does not exist";
            } else if (!Files.isRegularFile(path)) {
                problem = "is not a file";
            } else if (Files.size(path) > MAX_FILE_BYTES) {
                problem = "is larger than 1 MiB";
            } else {
                String text = Files.readString(path).replaceAll("[\\r\\n]+$", "");
                if (!text.isEmpty()) {
                    return text;
                }
                problem = "is empty";
            }
        } catch (CharacterCodingException e) {
            problem = "is not UTF-8";
        } catch (IOException | RuntimeException e) {
            problem = "cannot be read (" + e.getClass().getSimpleName() + ")";
        }
        fault.accept("the file " + file + " that " + source + " names " + problem, "write the value into it");
        return null;
    }
}
