package io.smspipeline.provider.generic;

import io.smspipeline.provider.http.Call;
import io.smspipeline.provider.http.HttpSettings;
import io.smspipeline.settings.Section;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What a request looks like. Immutable.
 *
 * @param method in upper case
 * @param path behind {@code base-url}, with the query
 * @param contentType of the body; empty when there is none
 */
record RequestRules(String method, Template path, String contentType, Map<String, Template> headers, Template body) {
    RequestRules {
        headers = Map.copyOf(headers);
    }

    /** Reads {@code method}, {@code path}, {@code content-type}, {@code headers} and {@code body}. */
    static RequestRules read(Section s, String usualMethod) {
        String method = s.text("method")
                .matching(text -> text.matches("(?i)get|post|put|patch"), "one of GET, POST, PUT, PATCH")
                .orElse(usualMethod)
                .toUpperCase(Locale.ROOT);
        Template path = template(
                s,
                "path",
                s.text("path")
                        .matching(text -> text.startsWith("/"), "a path that begins with a slash")
                        .required(),
                Escaping.URL);
        String body = s.text("body").orElse("");
        String type = body.isEmpty()
                ? s.text("content-type").orElse("")
                : s.text("content-type").orElse("application/json");
        Map<String, Template> headers = new LinkedHashMap<>();
        s.map("headers").forEach((name, text) -> headers.put(name, template(s, "headers", text, Escaping.HEADER)));
        return new RequestRules(method, path, type, headers, template(s, "body", body, Escaping.ofBody(type)));
    }

    private static Template template(Section s, String key, String text, Escaping escaping) {
        try {
            Template template = Template.parse(text, escaping);
            for (String name : template.names()) {
                if (!Values.isKnown(name)) {
                    s.fault(
                            key,
                            "names ${" + name + "}, which there is not",
                            "use one of " + new java.util.TreeSet<>(Values.NAMES) + ", param.NAME or label.NAME");
                }
            }
            return template;
        } catch (IllegalArgumentException e) {
            s.fault(key, String.valueOf(e.getMessage()), "");
            return Template.parse("", escaping);
        }
    }

    /** Every name in it. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(path.names());
        headers.values().forEach(header -> names.addAll(header.names()));
        names.addAll(body.names());
        return names;
    }

    Call filled(HttpSettings http, Function<String, String> values) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Accept", "application/json");
        if (!contentType.isEmpty()) {
            all.put("Content-Type", contentType);
        }
        headers.forEach((name, value) -> all.put(name, value.filled(values)));
        return new Call(
                method, http.at(path.filled(values)), all, body.filled(values).getBytes(StandardCharsets.UTF_8));
    }
}
