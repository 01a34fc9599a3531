package io.smspipeline.router.routing;

import io.smspipeline.settings.Section;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What providers ask for a part, in whatever currency all of them are written. Immutable.
 *
 * @param prices by alias, then by how the recipient begins; {@code +} is everywhere else
 */
public record PriceList(Map<String, Map<String, Double>> prices) {
    public PriceList {
        prices = Map.copyOf(prices);
    }

    /** The price of the longest prefix that fits; empty when none does. */
    OptionalDouble price(String alias, String to) {
        Map<String, Double> ofAlias = prices.getOrDefault(alias, Map.of());
        for (int length = to.length(); length > 0; length--) {
            Double price = ofAlias.get(to.substring(0, length));
            if (price != null) {
                return OptionalDouble.of(price);
            }
        }
        return OptionalDouble.empty();
    }

    boolean knows(String alias) {
        return prices.containsKey(alias);
    }

    /** Reads the section {@code prices}. */
    static PriceList read(Section root, List<String> aliases) {
        Map<String, Map<String, Double>> prices = new HashMap<>();
        if (root.has("prices")) {
            Section section = root.section("prices");
            for (String alias : section.keys()) {
                if (!aliases.contains(alias)) {
                    section.fault(alias, "is no configured provider", "configured are: " + String.join(", ", aliases));
                }
                prices.put(alias, ofProvider(section.section(alias)));
            }
        }
        return new PriceList(prices);
    }

    private static Map<String, Double> ofProvider(Section section) {
        Map<String, Double> prices = new HashMap<>();
        for (String prefix : section.keys()) {
            String begins = prefix.startsWith("+") ? prefix : "+" + prefix;
            if (!begins.equals("+")) {
                ConditionReader.checkPrefix(section, prefix, prefix);
            }
            double price = section.decimal(prefix).between(0.0, 1_000_000.0).required();
            if (prices.put(begins, price) != null) {
                section.fault(prefix, "is there twice, with and without a plus sign", "keep one of them");
            }
        }
        return prices;
    }
}
