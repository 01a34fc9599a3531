package io.smspipeline.router.routing;

import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import java.time.Instant;
import java.util.List;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A say in routing, in Java: sees a message and what the rules make of it, and may decide otherwise. Found by
 * {@link ServiceLoader}: a jar on the class path of the router and of {@code ./sms} names its class in
 * {@code META-INF/services/io.smspipeline.router.routing.RoutingPolicy}. Several are asked one after the other, each seeing
 * what the one before made of it.
 *
 * <p>Called for every message by many threads, also to explain; so it is quick, changes neither the message nor anything
 * else, and answers alike what is alike. What it throws is logged, and the choice it was shown stands. The sender ids a
 * country takes are seen to afterwards.
 */
@FunctionalInterface
public interface RoutingPolicy {
    /** Leaves everything to the rules. */
    RoutingPolicy NONE = (message, now, choice, aliases) -> choice;

    /**
     * Decides, or returns {@code choice} as it is.
     *
     * @param message its recipient is normalised
     * @param now when it is decided
     * @param choice what was decided so far
     * @param aliases of the configured providers; to choose another refuses the message
     */
    Choice decide(OutgoingMessage message, Instant now, Choice choice, List<String> aliases);

    /** Those on the class path, as one. */
    static RoutingPolicy loaded() {
        List<RoutingPolicy> found = ServiceLoader.load(RoutingPolicy.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        RoutingPolicy all = NONE;
        for (RoutingPolicy each : found) {
            LoggerFactory.getLogger(RoutingPolicy.class)
                    .info("routing policy={}", each.getClass().getName());
            all = all.then(each);
        }
        return all;
    }

    /** Both, the other seeing what this one decided. */
    default RoutingPolicy then(RoutingPolicy next) {
        return (message, now, choice, aliases) -> {
            Choice before = decide(message, now, choice, aliases);
            return next.guarded(message, now, before, aliases);
        };
    }

    private Choice guarded(OutgoingMessage message, Instant now, Choice choice, List<String> aliases) {
        Choice decided;
        try {
            decided = decide(message, now, choice, aliases);
        } catch (RuntimeException e) {
            Logger log = LoggerFactory.getLogger(RoutingPolicy.class);
            log.error(
                    "routing policy={} messageId={} outcome=ignored", getClass().getName(), message.getId(), e);
            return choice;
        }
        if (decided instanceof Choice.Carried carried && !aliases.contains(carried.provider())) {
            return Choice.refused(
                    FailureCode.NO_ROUTE,
                    "policy " + getClass().getName() + " names provider '" + carried.provider()
                            + "', which is not configured: configured are " + String.join(", ", aliases),
                    carried.rule());
        }
        return decided;
    }
}
