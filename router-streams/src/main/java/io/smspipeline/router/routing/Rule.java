package io.smspipeline.router.routing;

import io.smspipeline.record.OutgoingMessage;
import java.util.List;

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
        /** Candidates, best first. */
        record Carry(Candidates candidates) implements Then {}

        /** Nobody shall carry it. */
        record Reject(String reason) implements Then {}
    }

    /** Whether every condition holds. */
    public boolean matches(OutgoingMessage message) {
        for (Condition condition : when) {
            if (!condition.holds(message)) {
                return false;
            }
        }
        return true;
    }

    /** Why it matches or does not: the first condition that fails, or all that hold. */
    String why(OutgoingMessage message) {
        if (when.isEmpty()) {
            return "matches every message";
        }
        return when.stream()
                .filter(condition -> !condition.holds(message))
                .findFirst()
                .map(failing -> failing.why(message))
                .orElseGet(() -> String.join(
                        ", ", when.stream().map(holding -> holding.why(message)).toList()));
    }
}
