package io.smspipeline.router.routing;

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
    List<String> inOrder(String recipient);

    /** Always the same order: who comes later steps in for who comes before. */
    record Ordered(List<String> aliases) implements Candidates {
        public Ordered {
            aliases = List.copyOf(aliases);
        }

        @Override
        public List<String> inOrder(String recipient) {
            return aliases;
        }
    }

    /**
     * Shares of the recipients. One recipient keeps its provider, so that its messages stay in order and its replies find
     * one number; when a weight changes, only as many recipients move as must. An alias of weight 0 only steps in.
     *
     * @param weights none negative, not all 0
     */
    record Weighted(Map<String, Integer> weights) implements Candidates {
        public Weighted {
            weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        }

        /** Weighted rendezvous hashing: each alias draws -ln(u)/weight with u from the hash of recipient and alias. */
        @Override
        public List<String> inOrder(String recipient) {
            List<Drawn> drawn = new ArrayList<>(weights.size());
            weights.forEach((alias, weight) -> drawn.add(
                    new Drawn(alias, weight == 0 ? Double.MAX_VALUE : -Math.log(uniform(recipient, alias)) / weight)));
            drawn.sort(Comparator.comparingDouble(Drawn::lot).thenComparing(Drawn::alias));
            return drawn.stream().map(Drawn::alias).toList();
        }

        private record Drawn(String alias, double lot) {}

        /** FNV-1a, then the finaliser of MurmurHash3, as the bits of an FNV of similar texts are alike. In (0, 1). */
        private static double uniform(String recipient, String alias) {
            long hash = 0xcbf29ce484222325L;
            for (byte octet : (recipient + '|' + alias).getBytes(StandardCharsets.UTF_8)) {
                hash = (hash ^ (octet & 0xFF)) * 0x100000001b3L;
            }
            hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
            hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
            hash ^= hash >>> 33;
            return ((hash >>> 11) + 0.5) * 0x1.0p-53;
        }
    }
}
