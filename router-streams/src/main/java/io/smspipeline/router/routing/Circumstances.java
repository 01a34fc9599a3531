package io.smspipeline.router.routing;

import io.smspipeline.router.provider.ProviderView;
import io.smspipeline.router.quality.Measured;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Under which a message is decided.
 *
 * @param now for rules that ask for the time
 * @param tried aliases that gave it back, oldest first
 * @param view who can be fed
 * @param measured how well providers delivered of late
 */
public record Circumstances(Instant now, List<String> tried, ProviderView view, Measured measured) {
    /** A provider that was refused for its rate has so many seconds of work in hand before others are preferred. */
    private static final double PATIENCE = 5;

    public Circumstances {
        tried = List.copyOf(tried);
    }

    /** Of a message that nobody tried yet, everybody being ready. */
    public static Circumstances fresh(Instant now) {
        return new Circumstances(now, List.of(), ProviderView.UNWATCHED, Measured.NOTHING);
    }

    /**
     * Who can be fed before who cannot, who did not have it yet before who had it, the one that had it longest ago first, and
     * who takes what it is given before who is throttled hard; what is equal in all that stays as it is.
     *
     * @param recipient the same one is decided the same way until something changes
     */
    List<String> order(List<String> candidates, String recipient) {
        if (candidates.size() < 2) {
            return candidates;
        }
        List<String> order = new ArrayList<>(candidates);
        order.sort(Comparator.comparing((String alias) -> view.readiness(alias, recipient))
                .thenComparingInt(tried::lastIndexOf)
                .thenComparing(this::isThrottledHard));
        return order;
    }

    private boolean isThrottledHard(String alias) {
        ProviderView.Standing standing = view.standing(alias);
        return standing.throttled() && standing.waiting() > PATIENCE * standing.rate();
    }
}
