package io.smspipeline.router.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a route table decides one message, for people.
 *
 * @param provider alias of who carries it; null when nobody does
 * @param rule that decided; null when the message named its provider, or no rule matched
 * @param rejected why nobody carries it; null when somebody does
 * @param candidates all who could, best first
 * @param rules each rule of the table in order
 */
public record Explanation(
        @Nullable String provider,
        @Nullable String rule,
        @Nullable String rejected,
        List<String> candidates,
        List<Verdict> rules) {
    public Explanation {
        candidates = List.copyOf(candidates);
        rules = List.copyOf(rules);
    }

    /**
     * What one rule says.
     *
     * @param matches whether all its conditions hold; the first rule that matches decides
     */
    public record Verdict(String name, boolean matches, String why) {}
}
