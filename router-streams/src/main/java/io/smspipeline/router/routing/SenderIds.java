package io.smspipeline.router.routing;

import io.smspipeline.record.FailureCode;
import io.smspipeline.settings.Section;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What may stand as sender in which country: many do not take names, and either drop such a message or deliver it from a
 * number nobody knows. Immutable.
 *
 * @param policies by country in ISO 3166-1 alpha-2; a country that is not named takes every sender
 */
public record SenderIds(Map<String, Policy> policies) {
    /** Every country takes every sender. */
    public static final SenderIds ANY = new SenderIds(Map.of());

    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]+");

    public SenderIds {
        policies = Map.copyOf(policies);
    }

    /**
     * One country's.
     *
     * @param alphanumeric whether it takes names
     * @param instead shown where a name is not taken; null for the provider's default sender
     * @param reject why a message with a name is refused there; null when it is sent from {@code instead}
     */
    public record Policy(
            boolean alphanumeric,
            @Nullable String instead,
            @Nullable String reject) {}

    /** The choice for a sender that the recipient's country takes. */
    Choice applied(Choice.Carried carried, MessageFacts facts) {
        String from = carried.set().senderOf(facts.message());
        if (policies.isEmpty() || from == null || NUMBER.matcher(from).matches()) {
            return carried;
        }
        String country = facts.destination().country();
        Policy policy = policies.get(country);
        if (policy == null || policy.alphanumeric()) {
            return carried;
        }
        if (policy.reject() != null) {
            return Choice.refused(
                    FailureCode.INVALID_SENDER,
                    "from: " + country + " takes no sender of letters such as '" + from + "': " + policy.reject(),
                    carried.rule());
        }
        return carried.with(carried.set().withSender(new Overrides.Sender(policy.instead())));
    }

    /** Reads the section {@code sender-ids}. */
    static SenderIds read(Section root) {
        Map<String, Policy> policies = new HashMap<>();
        Map<String, String> pathOf = new HashMap<>();
        for (Section each : root.sections("sender-ids")) {
            Policy policy = policy(each);
            List<String> countries = each.list("country").required();
            for (String text : countries) {
                String country = text.strip().toUpperCase(Locale.ROOT);
                ConditionReader.checkCountry(each, "country", country);
                String first = pathOf.putIfAbsent(country, each.path());
                if (first != null) {
                    each.fault("country", country + " is named in " + first + " too", "keep one of them");
                }
                policies.put(country, policy);
            }
        }
        return new SenderIds(policies);
    }

    private static Policy policy(Section each) {
        boolean alphanumeric = each.flag("alphanumeric").required();
        String instead = each.text("instead").orNull();
        String reject = each.text("reject").orNull();
        if (alphanumeric && (instead != null || reject != null)) {
            each.fault("alphanumeric", "is true, so nothing is done instead", "set it to false, or remove the rest");
        }
        if (instead != null && reject != null) {
            each.fault("reject", "stands beside instead", "keep one of them");
        }
        if (instead != null) {
            OverridesReader.checkSender(each, "instead", instead);
        }
        return new Policy(alphanumeric, instead, reject);
    }
}
