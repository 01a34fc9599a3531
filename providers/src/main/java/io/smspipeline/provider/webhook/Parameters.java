package io.smspipeline.provider.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Named values in the order they came, names as often as they came. Immutable. */
public final class Parameters {
    /** None at all. */
    public static final Parameters NONE = new Parameters(List.of());

    private final List<Parameter> all;

    private Parameters(List<Parameter> all) {
        this.all = List.copyOf(all);
    }

    /** A name and what stands behind it, both decoded. */
    public record Parameter(String name, String value) {}

    /**
     * Of a form or a query string, in UTF-8.
     *
     * @throws IllegalArgumentException when an escape is broken
     */
    public static Parameters ofForm(String text) {
        List<Parameter> all = new ArrayList<>();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                all.add(new Parameter(decoded(name), decoded(value)));
            }
        }
        return new Parameters(all);
    }

    /** Of the top level of an object; what is no text is told as JSON writes it. Nothing of anything else. */
    public static Parameters ofJson(JsonNode object) {
        List<Parameter> all = new ArrayList<>();
        object.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (!value.isNull()) {
                all.add(new Parameter(field.getKey(), value.isValueNode() ? value.asText() : value.toString()));
            }
        });
        return new Parameters(all);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    public List<Parameter> all() {
        return all;
    }

    /** The first value with this name; null when there is none or it is empty. */
    public @Nullable String get(String name) {
        for (Parameter parameter : all) {
            if (parameter.name.equals(name) && !parameter.value.isEmpty()) {
                return parameter.value;
            }
        }
        return null;
    }

    /** As {@link #get}, under the first of these names that has a value, without regard to case. */
    public @Nullable String getAny(String... names) {
        for (String name : names) {
            for (Parameter parameter : all) {
                if (parameter.name.equalsIgnoreCase(name) && !parameter.value.isEmpty()) {
                    return parameter.value;
                }
            }
        }
        return null;
    }

    /** As {@link #get}; empty when there is none. */
    public String orEmpty(String name) {
        String value = get(name);
        return value == null ? "" : value;
    }

    /** Without those of this name. */
    public Parameters without(String name) {
        return new Parameters(
                all.stream().filter(parameter -> !parameter.name.equals(name)).toList());
    }
}
