package io.smspipeline.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Renders a kustomization without kubectl, which most machines that build this do not have. Knows what this tree uses and
 * refuses the rest; generated names get no hash. {@link KustomizeAgreesTest} compares it with the real one where there is one.
 */
final class Kustomization {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Set<String> KNOWN =
            Set.of("apiVersion", "kind", "resources", "components", "configMapGenerator", "patches", "images");

    private final List<ObjectNode> resources = new ArrayList<>();

    private Kustomization() {}

    /**
     * Everything the kustomization in this directory comes to.
     *
     * @throws UncheckedIOException when a file it names is not there
     */
    static List<ObjectNode> rendered(Path directory) {
        Kustomization kustomization = new Kustomization();
        kustomization.add(directory);
        return kustomization.resources;
    }

    private void add(Path directory) {
        JsonNode file = documents(directory.resolve("kustomization.yaml")).get(0);
        file.fieldNames().forEachRemaining(field -> {
            if (!KNOWN.contains(field)) {
                throw new UnsupportedOperationException(directory + ": " + field + " is more than is known here");
            }
        });
        for (JsonNode resource : file.path("resources")) {
            Path path = directory.resolve(resource.asText());
            if (Files.isDirectory(path)) {
                resources.addAll(rendered(path));
            } else {
                resources.addAll(documents(path));
            }
        }
        file.path("components").forEach(component -> add(directory.resolve(component.asText())));
        file.path("configMapGenerator").forEach(generator -> generate(directory, generator));
        for (JsonNode patch : file.path("patches")) {
            List<ObjectNode> patches =
                    documents(directory.resolve(patch.path("path").asText()));
            patches.forEach(each -> patch(each, patch.path("target")));
        }
        file.path("images").forEach(this::rename);
    }

    private void generate(Path directory, JsonNode generator) {
        String name = generator.path("name").asText();
        boolean replace = generator.path("behavior").asText("create").equals("replace");
        boolean removed = resources.removeIf(each -> is(each, "ConfigMap", name));
        if (removed != replace) {
            throw new IllegalStateException("configMapGenerator " + name + " in " + directory
                    + (replace ? " replaces what is not there" : " makes what is there already"));
        }
        ObjectNode map =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata").put("name", name);
        ObjectNode data = map.putObject("data");
        for (JsonNode file : generator.path("files")) {
            try {
                data.put(file.asText(), Files.readString(directory.resolve(file.asText())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        resources.add(map);
    }

    private void patch(ObjectNode patch, JsonNode target) {
        String kind = target.path("kind").asText(patch.path("kind").asText());
        List<ObjectNode> meant = resources.stream()
                .filter(each -> target.isMissingNode()
                        ? is(each, kind, patch.at("/metadata/name").asText())
                        : each.path("kind").asText().equals(kind))
                .toList();
        if (meant.isEmpty()) {
            throw new IllegalStateException("nothing to patch: " + patch.at("/metadata"));
        }
        ObjectNode change = patch.deepCopy();
        change.remove(List.of("apiVersion", "kind", "metadata"));
        meant.forEach(each -> StrategicMerge.merge(each, change));
    }

    private void rename(JsonNode image) {
        String name = image.path("name").asText();
        for (ObjectNode resource : resources) {
            for (JsonNode container : resource.at("/spec/template/spec/containers")) {
                String[] nameAndTag = container.path("image").asText().split(":", 2);
                if (nameAndTag[0].equals(name)) {
                    ((ObjectNode) container)
                            .put(
                                    "image",
                                    image.path("newName").asText(name) + ":"
                                            + image.path("newTag").asText(nameAndTag[1]));
                }
            }
        }
    }

    static boolean is(JsonNode resource, String kind, String name) {
        return resource.path("kind").asText().equals(kind)
                && resource.at("/metadata/name").asText().equals(name);
    }

    /** The documents of a file of YAML. */
    static List<ObjectNode> documents(Path file) {
        try (MappingIterator<ObjectNode> all = YAML.readerFor(ObjectNode.class).readValues(file.toFile())) {
            return all.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }

    /** The documents of a text of YAML. */
    static List<ObjectNode> documents(String text) throws IOException {
        try (MappingIterator<ObjectNode> all = YAML.readerFor(ObjectNode.class).readValues(text)) {
            return all.readAll();
        }
    }

    /** What is rendered in tests, by name. */
    static Map<String, Path> all() {
        return Map.of(
                "base", Path.of("kubernetes/base"),
                "overlays/local", Path.of("kubernetes/overlays/local"),
                "base with kafka-sasl", Path.of("src/test/kustomize/with-sasl"));
    }
}
