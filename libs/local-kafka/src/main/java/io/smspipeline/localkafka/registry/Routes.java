package io.smspipeline.localkafka.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** What is answered to which request. Knows no HTTP beyond {@link Request}. Safe for use by many threads. */
final class Routes {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryState state;
    private final Registrar registrar;

    Routes(RegistryState state, Registrar registrar) {
        this.state = state;
        this.registrar = registrar;
    }

    /**
     * The body of the answer to a request that succeeds.
     *
     * @throws Refusal for every other
     */
    JsonNode answer(Request request) {
        List<String> path = request.path();
        String area = path.isEmpty() ? "" : path.get(0);
        @Nullable
        JsonNode answer = switch (area) {
            case "" -> NODES.objectNode();
            case "subjects" -> subjects(request);
            case "schemas" -> request.method().equals("GET") ? schemas(path) : null;
            case "config" -> path.size() <= 2 ? config(request) : null;
            case "mode" -> request.method().equals("GET") ? NODES.objectNode().put("mode", "READWRITE") : null;
            case "compatibility" -> request.method().equals("POST") ? compatibility(request) : null;
            default -> null;
        };
        if (answer == null) {
            throw Refusal.nothingHere(request.method(), "/" + String.join("/", path));
        }
        return answer;
    }

    private @Nullable JsonNode subjects(Request request) {
        List<String> path = request.path();
        if (path.size() == 1) {
            return request.method().equals("GET") ? array(state.subjects(request.flag("deleted"))) : null;
        }
        String subject = path.get(1);
        if (path.size() == 2) {
            return switch (request.method()) {
                case "POST" -> lookUp(subject, request);
                case "DELETE" -> array(registrar.delete(softly(request, subject)));
                default -> null;
            };
        }
        if (!path.get(2).equals("versions")) {
            return null;
        }
        if (path.size() == 3) {
            return switch (request.method()) {
                case "GET" ->
                    array(versions(subject, request.flag("deleted")).stream()
                            .map(SchemaVersion::version)
                            .toList());
                case "POST" -> NODES.objectNode().put("id", registrar.register(subject, request.schema()));
                default -> null;
            };
        }
        return version(request, subject);
    }

    private @Nullable JsonNode version(Request request, String subject) {
        List<String> path = request.path();
        SchemaVersion version = version(subject, path.get(3), request.flag("deleted"));
        if (path.size() == 5 && path.get(4).equals("schema") && request.method().equals("GET")) {
            return bare(version.schema());
        }
        if (path.size() != 4) {
            return null;
        }
        return switch (request.method()) {
            case "GET" -> described(version);
            case "DELETE" -> {
                softly(request, subject);
                registrar.delete(version);
                yield NODES.numberNode(version.version());
            }
            default -> null;
        };
    }

    private static String softly(Request request, String subject) {
        if (request.flag("permanent")) {
            throw Refusal.unsupported("permanent=true: schemas are needed for as long as records name their ids. It");
        }
        return subject;
    }

    private JsonNode lookUp(String subject, Request request) {
        boolean deletedToo = request.flag("deleted");
        Schema schema = request.schema();
        versions(subject, deletedToo);
        return described(registrar.find(subject, schema, deletedToo).orElseThrow(Refusal::schemaNotFound));
    }

    private @Nullable JsonNode schemas(List<String> path) {
        if (path.equals(List.of("schemas", "types"))) {
            return array(List.of("AVRO"));
        }
        if (path.size() < 3 || path.size() > 4 || !path.get(1).equals("ids")) {
            return null;
        }
        int id = number(path.get(2), () -> Refusal.schemaIdNotFound(path.get(2)));
        String schema = state.schema(id).orElseThrow(() -> Refusal.schemaIdNotFound(path.get(2)));
        return switch (path.size() == 3 ? "" : path.get(3)) {
            case "" -> NODES.objectNode().put("schema", schema);
            case "schema" -> bare(schema);
            case "subjects" ->
                array(state.uses(id).stream()
                        .map(SchemaVersion::subject)
                        .distinct()
                        .toList());
            case "versions" ->
                array(state.uses(id).stream()
                        .map(use ->
                                NODES.objectNode().put("subject", use.subject()).put("version", use.version()))
                        .toList());
            default -> null;
        };
    }

    private @Nullable JsonNode config(Request request) {
        @Nullable String subject = request.path().size() == 2 ? request.path().get(1) : null;
        return switch (request.method()) {
            case "GET" ->
                NODES.objectNode()
                        .put(
                                "compatibilityLevel",
                                level(subject, request.flag("defaultToGlobal")).name());
            case "PUT" -> {
                CompatibilityLevel level = request.level();
                registrar.setLevel(subject, level);
                yield NODES.objectNode().put("compatibility", level.name());
            }
            case "DELETE" -> {
                CompatibilityLevel former = level(subject, false);
                registrar.setLevel(subject, null);
                yield NODES.objectNode().put("compatibility", former.name());
            }
            default -> null;
        };
    }

    private CompatibilityLevel level(@Nullable String subject, boolean orGlobal) {
        if (subject == null) {
            return state.globalLevel();
        }
        return orGlobal
                ? state.effectiveLevel(subject)
                : state.ownLevel(subject).orElseThrow(() -> Refusal.noLevelOfItsOwn(subject));
    }

    /** {@code /compatibility/subjects/S/versions} compares as registering would, with a version with that one alone. */
    private @Nullable JsonNode compatibility(Request request) {
        List<String> path = request.path();
        if (path.size() < 4
                || path.size() > 5
                || !path.get(1).equals("subjects")
                || !path.get(3).equals("versions")) {
            return null;
        }
        String subject = path.get(2);
        Schema candidate = request.schema();
        List<SchemaVersion> earlier = state.versions(subject, false);
        // "Is it compatible with the latest" is asked before the first registration too, and then nothing opposes it.
        if (path.size() == 5 && !(earlier.isEmpty() && isLatest(path.get(4)))) {
            earlier = List.of(version(subject, path.get(4), false));
        }
        List<String> faults = state.effectiveLevel(subject).faults(candidate, earlier);
        ObjectNode answer = NODES.objectNode().put("is_compatible", faults.isEmpty());
        if (request.flag("verbose")) {
            answer.set("messages", array(faults));
        }
        return answer;
    }

    private List<SchemaVersion> versions(String subject, boolean deletedToo) {
        List<SchemaVersion> versions = state.versions(subject, deletedToo);
        if (versions.isEmpty()) {
            throw Refusal.subjectNotFound(subject);
        }
        return versions;
    }

    private SchemaVersion version(String subject, String wanted, boolean deletedToo) {
        int number = isLatest(wanted) ? -1 : number(wanted, () -> Refusal.invalidVersion(wanted));
        List<SchemaVersion> versions = versions(subject, deletedToo);
        return isLatest(wanted)
                ? versions.get(versions.size() - 1)
                : versions.stream()
                        .filter(version -> version.version() == number)
                        .findAny()
                        .orElseThrow(() -> Refusal.versionNotFound(wanted));
    }

    private static boolean isLatest(String version) {
        return version.equals("latest") || version.equals("-1");
    }

    private static int number(String text, java.util.function.Supplier<Refusal> otherwise) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like numbers below one.
        }
        throw otherwise.get();
    }

    private static JsonNode described(SchemaVersion version) {
        return NODES.objectNode()
                .put("subject", version.subject())
                .put("version", version.version())
                .put("id", version.id())
                .put("schema", version.schema());
    }

    /** The schema itself rather than an object around it. */
    private static JsonNode bare(String schema) {
        try {
            return JSON.readTree(schema);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return TextNode.valueOf(schema);
        }
    }

    private static JsonNode array(Collection<?> values) {
        return JSON.valueToTree(values);
    }
}
