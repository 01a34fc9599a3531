package io.smspipeline.router.routing;

import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.router.provider.ProviderView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules and those they speak of. Immutable; safe for use by many threads.
 *
 * @param version 0 for the configuration file
 * @param providers in configured order, at least one; the first carries what no rule matches
 * @param rules in order; the first that matches decides
 */
public record RouteTable(long version, List<ProviderRef> providers, List<Rule> rules) {
    public RouteTable {
        providers = List.copyOf(providers);
        rules = List.copyOf(rules);
        if (providers.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no provider: nobody could carry a message. Configure at least one under providers.");
        }
    }

    /** The aliases in configured order. */
    public List<String> aliases() {
        return providers.stream().map(ProviderRef::alias).toList();
    }

    /** Whether an alias is configured. */
    public boolean knows(String alias) {
        for (ProviderRef provider : providers) {
            if (provider.alias().equals(alias)) {
                return true;
            }
        }
        return false;
    }

    /** As {@link #choose(OutgoingMessage, List, ProviderView)}, as if every provider were ready. */
    public Choice choose(OutgoingMessage message, List<String> tried) {
        return choose(message, tried, ProviderView.UNWATCHED);
    }

    /**
     * Who carries a message: its own provider, else whom the first matching rule names, else the first configured one.
     *
     * @param message its recipient is normalised
     * @param tried aliases that gave it back, oldest first: they come after those as ready as they are, the one that had it
     *     longest ago before the others
     * @param view who can be fed: those who cannot come last, and have the message only when nobody else can either
     */
    public Choice choose(OutgoingMessage message, List<String> tried, ProviderView view) {
        String own = message.getProvider();
        if (own != null) {
            return knows(own)
                    ? new Choice.Carried(own, List.of(), null)
                    : new Choice.Uncarried(
                            noRoute("the message asks for provider '" + own
                                    + "', which is not configured: configured are " + String.join(", ", aliases())),
                            null);
        }
        Optional<Rule> decisive = decisive(message);
        if (decisive.isEmpty()) {
            return carried(List.of(providers.get(0).alias()), message, tried, view, null);
        }
        Rule rule = decisive.get();
        if (rule.then() instanceof Rule.Then.Carry carry) {
            return carried(carry.candidates().inOrder(message.getTo()), message, tried, view, rule.name());
        }
        String reason = ((Rule.Then.Reject) rule.then()).reason();
        return new Choice.Uncarried(noRoute("route '" + rule.name() + "' rejects it: " + reason), rule.name());
    }

    /** How {@link #choose} comes to its answer for a message that nobody tried yet. */
    public Explanation explain(OutgoingMessage message) {
        Optional<Rule> decisive = message.getProvider() == null ? decisive(message) : Optional.empty();
        List<Explanation.Verdict> verdicts = new ArrayList<>();
        for (Rule rule : rules) {
            boolean matches = rule.matches(message);
            String why = rule.why(message);
            if (matches && message.getProvider() != null) {
                why += "; not asked, since the message names its provider";
            } else if (matches && decisive.isPresent() && decisive.get() != rule) {
                why += "; not asked, since '" + decisive.get().name() + "' matches first";
            }
            verdicts.add(new Explanation.Verdict(rule.name(), matches, why));
        }
        Choice choice = choose(message, List.of());
        if (choice instanceof Choice.Carried carried) {
            List<String> candidates = new ArrayList<>(List.of(carried.provider()));
            candidates.addAll(carried.alternatives());
            return new Explanation(carried.provider(), carried.rule(), null, candidates, verdicts);
        }
        Choice.Uncarried uncarried = (Choice.Uncarried) choice;
        return new Explanation(null, uncarried.rule(), uncarried.failure().getReason(), List.of(), verdicts);
    }

    private Optional<Rule> decisive(OutgoingMessage message) {
        for (Rule rule : rules) {
            if (rule.matches(message)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    private static Choice carried(
            List<String> candidates,
            OutgoingMessage message,
            List<String> tried,
            ProviderView view,
            @Nullable String rule) {
        List<String> order = new ArrayList<>(candidates);
        if (order.size() > 1) {
            order.sort(Comparator.comparing((String alias) -> view.readiness(alias, message.getTo()))
                    .thenComparingInt(tried::lastIndexOf));
        }
        return new Choice.Carried(order.get(0), List.copyOf(order.subList(1, order.size())), rule);
    }

    private static Failure noRoute(String reason) {
        return new Failure(FailureCode.NO_ROUTE, reason, null, null, true);
    }
}
