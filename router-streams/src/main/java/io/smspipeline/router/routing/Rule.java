package io.smspipeline.router.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the route table.
 *
 * @param name unique in the table
 * @param when all must hold; empty matches every message
 * @param then what happens to a message that matches
 */
public record Rule(String name, List<Condition> when, Then then) {
    public Rule {
        when = List.copyOf(when);
    }

    /** What a rule decides. */
    public sealed interface Then {
        /**
         * Somebody carries it.
         *
         * @param candidates best first
         * @param quiet when it waits until the hours are over; null for never
         * @param set what the message is changed to
         */
        record Carry(Candidates candidates, @Nullable TimeWindow quiet, Overrides set) implements Then {
            /** At any hour, as the application asked. */
            public Carry(Candidates candidates) {
                this(candidates, null, Overrides.NONE);
            }
        }

        /** Nobody shall carry it. */
        record Reject(String reason) implements Then {}
    }

    /** Whether every condition holds. */
    boolean matches(MessageFacts facts) {
        for (Condition condition : when) {
            if (!condition.holds(facts)) {
                return false;
            }
        }
        return true;
    }

    /** Whether every message that matches the other matches this too. */
    boolean covers(Rule other) {
        return when.stream().allMatch(mine -> other.when.stream().anyMatch(mine::covers));
    }

    /** Why it matches or does not: the first condition that fails, or all that hold. */
    String why(MessageFacts facts) {
        if (when.isEmpty()) {
            return "matches every message";
        }
        return when.stream()
                .filter(condition -> !condition.holds(facts))
                .findFirst()
                .map(failing -> failing.why(facts))
                .orElseGet(() -> String.join(
                        ", ", when.stream().map(holding -> holding.why(facts)).toList()));
    }
}
