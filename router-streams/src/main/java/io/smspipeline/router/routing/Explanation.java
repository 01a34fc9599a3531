package io.smspipeline.router.routing;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a route table decides one message, for people.
 *
 * @param provider alias of who carries it; null when nobody does
 * @param rule that decided; null when the message named its provider, or no rule matched
 * @param rejected why nobody carries it; null when somebody does
 * @param candidates all who could, best first
 * @param heldUntil the end of the quiet hours it waits for, then to be decided again; null when it does not wait
 * @param set what it is changed to, by the keys of {@code set}
 * @param rules each rule of the table in order
 */
public record Explanation(
        @Nullable String provider,
        @Nullable String rule,
        @Nullable String rejected,
        List<String> candidates,
        @Nullable Instant heldUntil,
        Map<String, String> set,
        List<Verdict> rules) {
    public Explanation {
        candidates = List.copyOf(candidates);
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
        rules = List.copyOf(rules);
    }

    /**
     * What one rule says.
     *
     * @param matches whether all its conditions hold; the first rule that matches decides
     */
    public record Verdict(String name, boolean matches, String why) {}
}
