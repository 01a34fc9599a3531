package io.smspipeline.settings;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what stands in the file or the environment and nobody asked for. */
final class UnknownKeys {
    private static final String REMOVE = "remove it or correct its name";

    private final Opened root;
    private final Reading reading;
    private final Set<String> topLevel;

    UnknownKeys(Opened root, Reading reading, Set<String> topLevel) {
        this.root = root;
        this.reading = reading;
        this.topLevel = new LinkedHashSet<>(topLevel);
        this.topLevel.addAll(root.known);
    }

    List<Fault> find() {
        List<Fault> faults = new ArrayList<>();
        check(root, topLevel, faults);
        for (Opened place : reading.opened()) {
            if (place.complete()) {
                check(place, place.known, faults);
            }
        }
        for (String variable : reading.environment().unasked()) {
            Fault fault = fault(variable);
            if (fault != null) {
                faults.add(fault);
            }
        }
        return faults;
    }

    private static void check(Opened place, Set<String> known, List<Fault> faults) {
        for (String key : place.yaml.entries().keySet()) {
            if (!known.contains(key)) {
                faults.add(new Fault(place.full(key), "is not a known key", advice(Suggestion.nearest(key, known))));
            }
        }
    }

    private @Nullable Fault fault(String variable) {
        String section = null;
        for (String name : topLevel) {
            if (variable.startsWith(Environment.PREFIX + Environment.form(name) + "__")) {
                section = name;
            }
        }
        if (section == null) {
            int end = variable.indexOf("__", Environment.PREFIX.length());
            Set<String> forms = new LinkedHashSet<>();
            topLevel.forEach(name -> forms.add(Environment.form(name)));
            String near = Suggestion.nearest(variable.substring(Environment.PREFIX.length(), end), forms);
            return new Fault(
                    variable,
                    "names no known section",
                    advice(near == null ? null : Environment.PREFIX + near + variable.substring(end)));
        }
        String claimed = null;
        boolean complete = false;
        for (Opened place : places()) {
            for (String prefix : place.mapVariables) {
                if (variable.startsWith(prefix)) {
                    return null;
                }
            }
            String prefix = place.variables;
            if (place != root
                    && prefix != null
                    && variable.startsWith(prefix)
                    && (claimed == null || prefix.length() >= claimed.length())) {
                complete = place.complete() || (prefix.equals(claimed) && complete);
                claimed = prefix;
            }
        }
        // A section this process did not open is another service's to judge.
        boolean unheard = claimed == null ? root.lists.containsKey(section) : complete;
        if (!unheard) {
            return null;
        }
        return new Fault(
                variable,
                claimed == null ? "names no alias in " + section : "is not a known key",
                advice(Suggestion.nearest(variable, reading.environment().asked())));
    }

    private List<Opened> places() {
        List<Opened> places = new ArrayList<>(reading.opened());
        places.add(root);
        return places;
    }

    private static String advice(@Nullable String near) {
        return near == null ? REMOVE : "did you mean " + near + "?";
    }
}
