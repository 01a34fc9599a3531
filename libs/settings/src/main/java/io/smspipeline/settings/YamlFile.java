package io.smspipeline.settings;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads YAML into {@link Node}s from the parser's events, so that every duplicate key is reported, not only the first, and
 * scalars keep their spelling. Whatever cannot be read becomes a fault; nothing is thrown.
 */
final class YamlFile {
    private static final YAMLFactory YAML = new YAMLFactory();

    private final Consumer<Fault> faults;

    private YamlFile(Consumer<Fault> faults) {
        this.faults = faults;
    }

    static Node.Mapping read(Path file, Consumer<Fault> faults) {
        if (!Files.exists(file)) {
            faults.accept(new Fault("", "the configuration file " + file + " does not exist", "check its path"));
            return Node.Mapping.EMPTY;
        }
        if (Files.isDirectory(file)) {
            faults.accept(new Fault("", "the configuration file " + file + " is a folder", "name the file in it"));
            return Node.Mapping.EMPTY;
        }
        try {
            return parse(Files.readString(file), faults);
        } catch (CharacterCodingException e) {
            faults.accept(new Fault("", "the configuration file " + file + " is not UTF-8", "save it as UTF-8"));
        } catch (IOException e) {
            faults.accept(new Fault(
                    "",
                    "the configuration file " + file + " cannot be read ("
                            + e.getClass().getSimpleName() + ")",
                    "check its permissions"));
        }
        return Node.Mapping.EMPTY;
    }

    static Node.Mapping parse(String text, Consumer<Fault> faults) {
        return new YamlFile(faults).document(text);
    }

    private Node.Mapping document(String text) {
        try (YAMLParser parser = YAML.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null || first == JsonToken.VALUE_NULL) {
                return Node.Mapping.EMPTY;
            }
            Node root = node(parser, first, "");
            if (parser.nextToken() != null) {
                faults.accept(new Fault("", "the file holds more than one YAML document", "keep one"));
            }
            if (root instanceof Node.Mapping mapping) {
                return mapping;
            }
            faults.accept(new Fault(
                    "",
                    "the file holds " + root.kind() + ", not sections",
                    "write keys such as `kafka:` at the margin"));
        } catch (JsonProcessingException e) {
            faults.accept(malformed(e));
        } catch (IOException e) {
            faults.accept(
                    new Fault("", "the file cannot be read (" + e.getClass().getSimpleName() + ")", "check the file"));
        }
        return Node.Mapping.EMPTY;
    }

    private Node node(YAMLParser parser, JsonToken token, String path) throws IOException {
        if (parser.isCurrentAlias()) {
            faults.accept(
                    new Fault(path, "a YAML alias (*" + parser.getText() + ") is not supported", "repeat the value"));
            return new Node.Absent();
        }
        return switch (token) {
            case START_OBJECT -> mapping(parser, path);
            case START_ARRAY -> sequence(parser, path);
            case VALUE_NULL -> new Node.Absent();
            default -> new Node.Scalar(parser.getText());
        };
    }

    private Node.Mapping mapping(YAMLParser parser, String path) throws IOException {
        Map<String, Node> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            int line = parser.currentTokenLocation().getLineNr();
            String full = path.isEmpty() ? key : path + "." + key;
            Node value = node(parser, next(parser), full);
            if (entries.putIfAbsent(key, value) != null) {
                faults.accept(new Fault(full, "the key is there twice, again in line " + line, "keep one of them"));
            }
        }
        return new Node.Mapping(entries);
    }

    private Node.Sequence sequence(YAMLParser parser, String path) throws IOException {
        List<Node> items = new ArrayList<>();
        for (JsonToken token = next(parser); token != JsonToken.END_ARRAY; token = next(parser)) {
            items.add(node(parser, token, path + "[" + items.size() + "]"));
        }
        return new Node.Sequence(items);
    }

    private static JsonToken next(YAMLParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new IOException("the file ends too early");
        }
        return token;
    }

    /** Without the parser's own message: it quotes the lines around the fault, and those may hold a password. */
    private static Fault malformed(JsonProcessingException e) {
        JsonLocation where = e.getLocation();
        String place = where == null ? "" : " in line " + where.getLineNr() + ", column " + where.getColumnNr();
        String problem = problem(e);
        return new Fault(
                "",
                "the file is not well-formed YAML" + place + (problem == null ? "" : " (" + problem + ")"),
                "look at that line's indentation, quotes and colons");
    }

    private static @Nullable String problem(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYAMLException marked) {
                return marked.getProblem();
            }
        }
        return null;
    }
}
