package io.smspipeline.router.routing;

import io.smspipeline.router.quality.Measured;
import io.smspipeline.router.quality.Quality;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who may carry a message. Immutable. */
public sealed interface Candidates {
    /** Aliases, best first, each once. */
    List<String> inOrder(MessageFacts facts, Measured measured);

    /** Always the same order: who comes later steps in for who comes before. */
    record Ordered(List<String> aliases) implements Candidates {
        public Ordered {
            aliases = List.copyOf(aliases);
        }

        @Override
        public List<String> inOrder(MessageFacts facts, Measured measured) {
            return aliases;
        }
    }

    /** The cheapest first, for this recipient; of equals the one that is named first. Who has no price comes last. */
    record Cheapest(List<String> aliases, PriceList prices) implements Candidates {
        public Cheapest {
            aliases = List.copyOf(aliases);
        }

        @Override
        public List<String> inOrder(MessageFacts facts, Measured measured) {
            String to = facts.message().getTo();
            return sorted(
                    aliases,
                    Comparator.comparingDouble(alias -> prices.price(alias, to).orElse(Double.MAX_VALUE)));
        }
    }

    /**
     * Whoever delivered the largest share to this country of late; of those whose shares are within a hundredth the one whose
     * receipts came sooner, and of equals the one that is named first.
     */
    record BestQuality(List<String> aliases) implements Candidates {
        public BestQuality {
            aliases = List.copyOf(aliases);
        }

        @Override
        public List<String> inOrder(MessageFacts facts, Measured measured) {
            String country = facts.destination().country();
            Map<String, Quality> quality = new LinkedHashMap<>();
            aliases.forEach(alias -> quality.put(alias, measured.of(alias, country)));
            return quality.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue(
                            Comparator.comparingLong((Quality one) -> -Math.round(100 * one.ratio()))
                                    .thenComparing(Quality::latency)))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private static List<String> sorted(List<String> aliases, Comparator<String> order) {
        List<String> sorted = new ArrayList<>(aliases);
        sorted.sort(order);
        return sorted;
    }

    /**
     * Shares of the recipients, or of the messages. One recipient keeps its provider, so that its messages stay in order and
     * its replies find one number; when a weight changes, only as many recipients move as must. An alias of weight 0 only
     * steps in.
     *
     * @param weights none negative, not all 0
     * @param sticky false where each message is drawn for itself, by its id
     */
    record Weighted(Map<String, Integer> weights, boolean sticky) implements Candidates {
        public Weighted {
            weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        }

        /** Shares of the recipients. */
        public Weighted(Map<String, Integer> weights) {
            this(weights, true);
        }

        @Override
        public List<String> inOrder(MessageFacts facts, Measured measured) {
            return drawn(sticky ? facts.message().getTo() : facts.message().getId());
        }

        /** Weighted rendezvous hashing: each alias draws -ln(u)/weight with u from the hash of what is drawn for and alias. */
        private List<String> drawn(String drawnFor) {
            List<Drawn> drawn = new ArrayList<>(weights.size());
            weights.forEach((alias, weight) -> drawn.add(
                    new Drawn(alias, weight == 0 ? Double.MAX_VALUE : -Math.log(uniform(drawnFor, alias)) / weight)));
            drawn.sort(Comparator.comparingDouble(Drawn::lot).thenComparing(Drawn::alias));
            return drawn.stream().map(Drawn::alias).toList();
        }

        private record Drawn(String alias, double lot) {}

        /** FNV-1a, then the finaliser of MurmurHash3, as the bits of an FNV of similar texts are alike. In (0, 1). */
        private static double uniform(String drawnFor, String alias) {
            long hash = 0xcbf29ce484222325L;
            for (byte octet : (drawnFor + '|' + alias).getBytes(StandardCharsets.UTF_8)) {
                hash = (hash ^ (octet & 0xFF)) * 0x100000001b3L;
            }
            hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
            hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
            hash ^= hash >>> 33;
            return ((hash >>> 11) + 0.5) * 0x1.0p-53;
        }
    }
}
