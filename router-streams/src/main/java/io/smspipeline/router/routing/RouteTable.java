package io.smspipeline.router.routing;

import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.settings.Section;
import io.smspipeline.settings.Settings;
import io.smspipeline.settings.SettingsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules and those they speak of. Immutable; safe for use by many threads.
 *
 * @param version 0 for the configuration file
 * @param providers in configured order, at least one; the first carries what no rule matches
 * @param rules in order; the first that matches decides
 * @param senderIds which countries take which senders
 * @param policy has the last word but for sender ids
 */
public record RouteTable(
        long version, List<ProviderRef> providers, List<Rule> rules, SenderIds senderIds, RoutingPolicy policy) {
    /** The sections of a configuration that make a table; what a file with rules may hold. */
    public static final List<String> SECTIONS = List.of("routes", "sender-ids", "prices");

    public RouteTable {
        providers = List.copyOf(providers);
        rules = List.copyOf(rules);
        if (providers.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no provider: nobody could carry a message. Configure at least one under providers.");
        }
    }

    /** Rules alone. */
    public RouteTable(long version, List<ProviderRef> providers, List<Rule> rules) {
        this(version, providers, rules, SenderIds.ANY, RoutingPolicy.NONE);
    }

    /**
     * Reads {@link #SECTIONS}. Faults are recorded in the settings; what comes back then must not be used.
     *
     * @param providers at least one
     */
    public static RouteTable read(Section root, long version, List<ProviderRef> providers, RoutingPolicy policy) {
        return new RouteTableReader(version, providers, policy).read(root);
    }

    /**
     * Reads a version as it was published.
     *
     * @param content as {@link Section#document} gives it
     * @throws SettingsException with every fault
     */
    public static RouteTable parse(long version, String content, List<ProviderRef> providers, RoutingPolicy policy) {
        Settings settings = Settings.parse(content, Map.of(), Set.copyOf(SECTIONS));
        RouteTable table = read(settings.root(), version, providers, policy);
        settings.faults().throwIfAny();
        return table;
    }

    /** Whether it decides every message as the other does. */
    public boolean decidesLike(RouteTable other) {
        return rules.equals(other.rules) && senderIds.equals(other.senderIds);
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

    /**
     * Who carries a message: its own provider, else whom the first matching rule names, else the first configured one. A rule that
     * rejects, holds or changes what matches it does so whoever is to carry it.
     *
     * @param message its recipient is normalised
     */
    public Choice choose(OutgoingMessage message, Circumstances circumstances) {
        MessageFacts facts = new MessageFacts(message, circumstances.now());
        return choose(facts, ruled(facts), circumstances);
    }

    private Choice choose(MessageFacts facts, Optional<Rule> decisive, Circumstances circumstances) {
        Choice choice = policy.decide(facts.message(), facts.now(), byRules(facts, decisive, circumstances), aliases());
        if (choice instanceof Choice.Carried carried) {
            return senderIds.applied(carried, facts);
        }
        if (choice instanceof Choice.Quiet quiet) {
            Choice then = senderIds.applied(quiet.otherwise(), facts);
            return then instanceof Choice.Carried carried ? new Choice.Quiet(quiet.until(), carried) : then;
        }
        return choice;
    }

    private Choice byRules(MessageFacts facts, Optional<Rule> decisive, Circumstances circumstances) {
        String own = facts.message().getProvider();
        if (own != null && !knows(own)) {
            return noRoute(
                    "the message asks for provider '" + own + "', which is not configured: configured are "
                            + String.join(", ", aliases()),
                    null);
        }
        if (decisive.isEmpty()) {
            return new Choice.Carried(own != null ? own : providers.get(0).alias(), List.of(), null);
        }
        Rule rule = decisive.get();
        if (!(rule.then() instanceof Rule.Then.Carry carry)) {
            String reason = ((Rule.Then.Reject) rule.then()).reason();
            return noRoute("route '" + rule.name() + "' rejects it: " + reason, rule.name());
        }
        List<String> order = own != null
                ? List.of(own)
                : circumstances.order(
                        carry.candidates().inOrder(facts, circumstances.measured()),
                        facts.message().getTo());
        Choice.Carried carried =
                new Choice.Carried(order.get(0), order.subList(1, order.size()), rule.name(), carry.set());
        TimeWindow quiet = carry.quiet();
        Optional<Instant> until = quiet == null ? Optional.empty() : quiet.closes(facts.now());
        return until.isPresent() ? new Choice.Quiet(until.get(), carried) : carried;
    }

    /** How {@link #choose} comes to its answer, by the same steps. */
    public Explanation explain(OutgoingMessage message, Circumstances circumstances) {
        MessageFacts facts = new MessageFacts(message, circumstances.now());
        Optional<Rule> decisive = ruled(facts);
        List<Explanation.Verdict> verdicts = new ArrayList<>();
        for (Rule rule : rules) {
            boolean matches = rule.matches(facts);
            String why = rule.why(facts);
            if (matches && decisive.isPresent() && decisive.get() != rule) {
                why += "; not asked, since '" + decisive.get().name() + "' matches first";
            } else if (matches && message.getProvider() != null) {
                why += "; not asked who carries it, since the message names its provider";
            }
            verdicts.add(new Explanation.Verdict(rule.name(), matches, why));
        }
        Choice choice = choose(facts, decisive, circumstances);
        if (choice instanceof Choice.Uncarried uncarried) {
            return new Explanation(
                    null, uncarried.rule(), uncarried.failure().getReason(), List.of(), null, Map.of(), verdicts);
        }
        Instant until = choice instanceof Choice.Quiet quiet ? quiet.until() : null;
        Choice.Carried carried = choice instanceof Choice.Quiet quiet ? quiet.otherwise() : (Choice.Carried) choice;
        return new Explanation(
                carried.provider(),
                carried.rule(),
                null,
                carried.candidates(),
                until,
                carried.set().described(),
                verdicts);
    }

    private Optional<Rule> ruled(MessageFacts facts) {
        for (Rule rule : rules) {
            if (rule.matches(facts)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    private static Choice noRoute(String reason, @Nullable String rule) {
        return Choice.refused(FailureCode.NO_ROUTE, reason, rule);
    }
}
