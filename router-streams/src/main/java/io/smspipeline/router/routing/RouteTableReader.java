package io.smspipeline.router.routing;

import io.smspipeline.settings.Entry;
import io.smspipeline.settings.Section;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a route table, and reports every fault of it under its full key. For one thread and one table. */
final class RouteTableReader {
    /** How one of several candidates is preferred. */
    private enum Strategy {
        WEIGHTED,
        CHEAPEST,
        BEST_QUALITY
    }

    private final long version;
    private final List<ProviderRef> providers;
    private final RoutingPolicy policy;
    private final Map<String, String> pathOfName = new HashMap<>();
    private final List<Rule> reachable = new ArrayList<>();

    RouteTableReader(long version, List<ProviderRef> providers, RoutingPolicy policy) {
        this.version = version;
        this.providers = providers;
        this.policy = policy;
    }

    RouteTable read(Section root) {
        PriceList prices = PriceList.read(root, aliases());
        SenderIds senderIds = SenderIds.read(root);
        List<Rule> rules = new ArrayList<>();
        for (Section route : root.sections("routes")) {
            rules.add(rule(route, prices));
        }
        return new RouteTable(version, providers, rules, senderIds, policy);
    }

    private Rule rule(Section route, PriceList prices) {
        String name = route.text("name").orElse(route.path());
        String first = pathOfName.putIfAbsent(name, route.path());
        if (first != null) {
            route.fault("name", "'" + name + "' is already the name of " + first, "give each route a name of its own");
        }
        ConditionReader reader = new ConditionReader(route.section("when"));
        if (!route.has("when")) {
            route.fault("when", "is missing", "say what the message must be like, or {} for every message");
        }
        Rule rule = new Rule(name, reader.read(), then(route, prices));
        if (isReachable(route, rule) && reader.isSound() && route.has("when")) {
            reachable.add(rule);
        }
        return rule;
    }

    private boolean isReachable(Section route, Rule rule) {
        Optional<Rule> before =
                reachable.stream().filter(earlier -> earlier.covers(rule)).findFirst();
        if (before.isEmpty()) {
            return true;
        }
        route.fault(
                "",
                "is never reached: " + before.get().name() + " before it matches every message"
                        + (before.get().when().isEmpty() ? "" : " that it does"),
                "move it up or remove it");
        return false;
    }

    private Rule.Then then(Section route, PriceList prices) {
        String reject = route.text("reject").orNull();
        List<Entry> to = route.entries("to");
        if (reject != null) {
            for (String key : List.of("to", "strategy", "sticky", "set", "quiet-hours")) {
                if (route.has(key)) {
                    route.fault("reject", "stands beside " + key, "keep one of them");
                }
            }
            return new Rule.Then.Reject(reject);
        }
        if (to.isEmpty()) {
            route.fault("to", "is missing", "name who carries it (to: " + known() + ") or reject it (reject: why)");
        }
        return new Rule.Then.Carry(candidates(route, to, prices), quietHours(route), OverridesReader.read(route));
    }

    private @Nullable TimeWindow quietHours(Section route) {
        if (!route.has("quiet-hours")) {
            return null;
        }
        TimeWindowReader reader = new TimeWindowReader(route.section("quiet-hours"));
        TimeWindow quiet = reader.read();
        boolean isEver = quiet.contains(Instant.EPOCH);
        if (reader.isSound() && isEver && quiet.closes(Instant.EPOCH).isEmpty()) {
            route.fault("quiet-hours", "never end", "leave hours in which messages may be sent, or reject them");
        }
        return quiet;
    }

    private Candidates candidates(Section route, List<Entry> to, PriceList prices) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        int weighted = 0;
        for (int i = 0; i < to.size(); i++) {
            String alias = to.get(i).name();
            String key = "to[" + i + "]";
            if (!aliases().contains(alias)) {
                route.fault(key, "unknown provider '" + alias + "'", "configured are: " + known());
            }
            String weight = to.get(i).value();
            weighted += weight == null ? 0 : 1;
            if (weights.put(alias, weight == null ? 0 : weight(route, key, weight)) != null) {
                route.fault(key, "'" + alias + "' is named twice", "keep one of them");
            }
        }
        List<String> aliases = List.copyOf(weights.keySet());
        Strategy strategy = route.choice("strategy", Strategy.class).orNull();
        Boolean sticky = route.flag("sticky").orNull();
        if (sticky != null && weighted == 0) {
            route.fault("sticky", "is said of candidates without weights", "give each a weight, or remove it");
        }
        if (weighted > 0 && weighted < to.size()) {
            route.fault("to", "gives some providers a weight and others none", "give a weight to all or to none");
        } else if (weighted > 0 && weights.values().stream().allMatch(weight -> weight == 0)) {
            route.fault("to", "has weights that sum to 0", "give at least one provider a weight above 0");
        }
        if (strategy == null) {
            return weighted == 0
                    ? new Candidates.Ordered(aliases)
                    : new Candidates.Weighted(weights, !Boolean.FALSE.equals(sticky));
        }
        return switch (strategy) {
            case WEIGHTED -> {
                if (weighted == 0 && !to.isEmpty()) {
                    route.fault("strategy", "is weighted, and no weights are there", "write to: [{us: 90}, {eu: 10}]");
                }
                yield new Candidates.Weighted(weights, !Boolean.FALSE.equals(sticky));
            }
            case CHEAPEST -> {
                unweighted(route, weighted);
                aliases.stream()
                        .filter(alias -> !prices.knows(alias) && aliases().contains(alias))
                        .forEach(alias -> route.fault(
                                "strategy",
                                "is cheapest, and " + alias + " has no prices",
                                "write them under prices." + alias));
                yield new Candidates.Cheapest(aliases, prices);
            }
            case BEST_QUALITY -> {
                unweighted(route, weighted);
                yield new Candidates.BestQuality(aliases);
            }
        };
    }

    private static void unweighted(Section route, int weighted) {
        if (weighted > 0) {
            route.fault("strategy", "leaves no room for the weights in to", "remove the weights or the strategy");
        }
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

    private List<String> aliases() {
        return providers.stream().map(ProviderRef::alias).toList();
    }

    private String known() {
        return String.join(", ", aliases());
    }
}
