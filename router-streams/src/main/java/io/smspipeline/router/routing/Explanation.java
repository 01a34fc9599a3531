package io.smspipeline.router.routing;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one message, for people.
 *
 * @param provider alias of who carries it; null when nobody does
 * @param rule that decided, be it only when and how where the message names its provider; null when none matched
 * @param rejected why nobody carries it; null when somebody does
 * @param candidates all who could, best first
 * @param heldUntil when it is decided again: its own time, or the end of quiet hours; null when it does not wait
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

    /** Of a message no rule is ever asked about. */
    static Explanation refused(String reason) {
        return new Explanation(null, null, reason, List.of(), null, Map.of(), List.of());
    }

    /** The same, and yet nobody carries it. */
    Explanation rejectedFor(String reason) {
        return new Explanation(null, rule, reason, List.of(), null, Map.of(), rules);
    }

    /** The same, at a later time. */
    Explanation held(Instant until) {
        return new Explanation(provider, rule, rejected, candidates, until, set, rules);
    }

    /**
     * What one rule says.
     *
     * @param matches whether all its conditions hold; the first rule that matches decides
     */
    public record Verdict(String name, boolean matches, String why) {}
}
