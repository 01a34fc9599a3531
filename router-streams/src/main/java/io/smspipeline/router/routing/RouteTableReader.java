package io.smspipeline.router.routing;

import io.smspipeline.record.Priority;
import io.smspipeline.settings.Entry;
import io.smspipeline.settings.Section;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code routes}, and reports every fault of it under its full key. For one thread, at start. */
final class RouteTableReader {
    private static final Pattern PREFIX = Pattern.compile("\\+?[1-9][0-9]{0,14}");
    private static final String LABEL = "label.";

    private final List<ProviderRef> providers;
    private final Map<String, String> pathOfName = new HashMap<>();
    private @Nullable String matchesAll;

    RouteTableReader(List<ProviderRef> providers) {
        this.providers = providers;
    }

    List<Rule> read(List<Section> routes) {
        List<Rule> rules = new ArrayList<>();
        for (Section route : routes) {
            rules.add(rule(route));
        }
        return rules;
    }

    private Rule rule(Section route) {
        String name = route.text("name").orElse(route.path());
        String first = pathOfName.putIfAbsent(name, route.path());
        if (first != null) {
            route.fault("name", "'" + name + "' is already the name of " + first, "give each route a name of its own");
        }
        if (matchesAll != null) {
            route.fault(
                    "",
                    "is never reached: " + matchesAll + " before it matches every message",
                    "move it up or remove it");
        }
        List<Condition> when = conditions(route);
        if (!route.has("when")) {
            route.fault("when", "is missing", "say what the message must be like, or {} for every message");
        } else if (when.isEmpty() && route.section("when").keys().isEmpty() && matchesAll == null) {
            matchesAll = name;
        }
        return new Rule(name, when, then(route));
    }

    private static List<Condition> conditions(Section route) {
        Section when = route.section("when");
        List<Condition> conditions = new ArrayList<>();
        List<String> prefixes = when.list("to-prefix").orElse(List.of());
        for (String prefix : prefixes) {
            if (!PREFIX.matcher(prefix).matches()) {
                when.fault(
                        "to-prefix",
                        "'" + prefix + "' is not how a number in E.164 begins",
                        "write a plus sign and the first digits, such as \"+44\"");
            }
        }
        if (!prefixes.isEmpty()) {
            conditions.add(new Condition.ToPrefix(prefixes.stream()
                    .map(prefix -> prefix.startsWith("+") ? prefix : "+" + prefix)
                    .toList()));
        }
        List<String> senders = when.list("sender").orElse(List.of());
        if (!senders.isEmpty()) {
            conditions.add(new Condition.SenderIs(senders));
        }
        Set<Priority> priorities = priorities(when);
        if (!priorities.isEmpty()) {
            conditions.add(new Condition.PriorityIs(priorities));
        }
        for (String key : when.keys()) {
            if (key.startsWith(LABEL) && key.length() > LABEL.length()) {
                List<String> values = when.list(key).orElse(List.of());
                if (values.isEmpty()) {
                    when.fault(key, "has no value", "write the value that the label must have");
                }
                conditions.add(new Condition.LabelIs(key.substring(LABEL.length()), values));
            }
        }
        return conditions;
    }

    private static Set<Priority> priorities(Section when) {
        Set<Priority> priorities = EnumSet.noneOf(Priority.class);
        for (String name : when.list("priority").orElse(List.of())) {
            try {
                priorities.add(Priority.valueOf(name.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                when.fault("priority", "'" + name + "' is no priority", "write low, normal or high");
            }
        }
        return priorities;
    }

    private Rule.Then then(Section route) {
        String reject = route.text("reject").orNull();
        List<Entry> to = route.entries("to");
        if (reject != null) {
            if (!to.isEmpty()) {
                route.fault("reject", "stands beside to", "keep one of them");
            }
            return new Rule.Then.Reject(reject);
        }
        if (to.isEmpty()) {
            route.fault("to", "is missing", "name who carries it (to: " + known() + ") or reject it (reject: why)");
        }
        return new Rule.Then.Carry(candidates(route, to));
    }

    private Candidates candidates(Section route, List<Entry> to) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        int weighted = 0;
        for (int i = 0; i < to.size(); i++) {
            String alias = to.get(i).name();
            String key = "to[" + i + "]";
            if (providers.stream().noneMatch(provider -> provider.alias().equals(alias))) {
                route.fault(key, "unknown provider '" + alias + "'", "configured are: " + known());
            }
            String weight = to.get(i).value();
            weighted += weight == null ? 0 : 1;
            if (weights.put(alias, weight == null ? 0 : weight(route, key, weight)) != null) {
                route.fault(key, "'" + alias + "' is named twice", "keep one of them");
            }
        }
        if (weighted == 0) {
            return new Candidates.Ordered(List.copyOf(weights.keySet()));
        }
        if (weighted < to.size()) {
            route.fault("to", "gives some providers a weight and others none", "give a weight to all or to none");
        } else if (weights.values().stream().allMatch(weight -> weight == 0)) {
            route.fault("to", "has weights that sum to 0", "give at least one provider a weight above 0");
        }
        return new Candidates.Weighted(weights);
    }

    private static int weight(Section route, String key, String text) {
        try {
            int weight = Integer.parseInt(text.strip());
            if (weight >= 0 && weight <= 1_000_000) {
                return weight;
            }
        } catch (NumberFormatException e) {
            // Reported below like a number out of range.
        }
        route.fault(key, "'" + text + "' is no weight", "write a whole number from 0 to 1000000");
        return 1;
    }

    private String known() {
        return String.join(", ", providers.stream().map(ProviderRef::alias).toList());
    }
}
