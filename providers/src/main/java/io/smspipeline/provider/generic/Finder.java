package io.smspipeline.provider.generic;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.smspipeline.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Where something stands in an answer: at a JSON pointer (RFC 6901), or in the first group of a regular expression over its
 * text; of several places at the first where there is something. Immutable.
 */
final class Finder {
    private final List<Place> places;

    private Finder(List<Place> places) {
        this.places = List.copyOf(places);
    }

    private sealed interface Place {
        String in(JsonNode json, Supplier<String> text);
    }

    private record At(JsonPointer pointer) implements Place {
        @Override
        public String in(JsonNode json, Supplier<String> text) {
            JsonNode found = json.at(pointer);
            if (found.isNull() || found.isMissingNode()) {
                return "";
            }
            return found.isValueNode() ? found.asText() : found.toString();
        }
    }

    private record Matching(Pattern pattern) implements Place {
        @Override
        public String in(JsonNode json, Supplier<String> text) {
            Matcher matcher = pattern.matcher(text.get());
            return matcher.find() && matcher.group(1) != null ? matcher.group(1) : "";
        }
    }

    /** Reads {@code /messages/0/id}, {@code ID: (\\w+)}, or a list of such; nowhere when the key is absent. */
    static Finder read(Section s, String key) {
        List<Place> places = new ArrayList<>();
        for (String text : s.list(key).orElse(List.of())) {
            if (text.startsWith("/")) {
                places.add(new At(JsonPointer.compile(text)));
            } else {
                expression(s, key, text, places);
            }
        }
        return new Finder(places);
    }

    private static void expression(Section s, String key, String text, List<Place> places) {
        try {
            Pattern pattern = Pattern.compile(text);
            if (pattern.matcher("").groupCount() < 1) {
                s.fault(
                        key,
                        text + " is neither a JSON pointer nor an expression with a group",
                        "write /messages/0/id, or ID: (\\w+)");
            } else {
                places.add(new Matching(pattern));
            }
        } catch (PatternSyntaxException e) {
            s.fault(
                    key,
                    text + " is no regular expression: " + e.getDescription(),
                    "correct it, or write a JSON pointer");
        }
    }

    boolean isNowhere() {
        return places.isEmpty();
    }

    /** What stands there; empty when nothing does. */
    String in(JsonNode json, Supplier<String> text) {
        for (Place place : places) {
            String found = place.in(json, text);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return "";
    }
}
