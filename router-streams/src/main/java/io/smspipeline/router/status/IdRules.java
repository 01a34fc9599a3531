package io.smspipeline.router.status;

import io.smspipeline.schemas.providerid.IdRule;
import io.smspipeline.schemas.providerid.ProviderIds;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which rule the receipts of each provider were seen to follow, where that is not configured. Known to this process alone: a
 * few receipts teach it again. Safe for use by many threads.
 */
final class IdRules {
    /** More providers than this are none: their names are somebody's mistake. */
    private static final int MOST = 1_000;

    /** What was seen counts half after so many more, so that a provider may change its ways. */
    private static final int HALVED_AFTER = 1_000;

    private final Map<String, Seen> providers = new ConcurrentHashMap<>();

    private static final class Seen {
        private final int[] times = new int[IdRule.values().length];
        private final boolean[] told = new boolean[IdRule.values().length];
        private int total;
        private volatile @Nullable IdRule usual;

        private synchronized boolean isNew(IdRule rule) {
            times[rule.ordinal()]++;
            if (++total >= HALVED_AFTER) {
                total /= 2;
                for (int i = 0; i < times.length; i++) {
                    times[i] /= 2;
                }
            }
            IdRule before = usual;
            if (before == null || times[rule.ordinal()] > times[before.ordinal()]) {
                usual = rule;
            }
            boolean first = !told[rule.ordinal()];
            told[rule.ordinal()] = true;
            return first;
        }
    }

    /** Its acceptances lie under several forms of their ids: the rule is to be found out. */
    void isOpenFor(String provider) {
        if (!providers.containsKey(provider) && providers.size() < MOST) {
            providers.putIfAbsent(provider, new Seen());
        }
    }

    /** What its receipts mostly follow; null when that is configured, or not known yet. */
    @Nullable
    IdRule usual(String provider) {
        Seen seen = providers.get(provider);
        return seen == null ? null : seen.usual;
    }

    /**
     * What was observed.
     *
     * @param isNew whether for the first time
     */
    record Observed(IdRule rule, boolean isNew) {}

    /** A receipt belongs to a submission. Empty when the rule is configured, or when these two ids fit several. */
    Optional<Observed> observe(String provider, String submitId, String receiptId) {
        Seen seen = providers.get(provider);
        return seen == null
                ? Optional.empty()
                : ProviderIds.observed(submitId, receiptId).map(rule -> new Observed(rule, seen.isNew(rule)));
    }
}
