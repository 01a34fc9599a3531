package io.smspipeline.simulator.aggregator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The messages taken, and what tells repeats. Safe for use by many threads. */
final class Inbox {
    private static final long SECOND = 1_000_000_000;

    private final List<Sms> taken = new ArrayList<>();
    private final Set<String> texts = new HashSet<>();
    private final Map<String, Sms> byKey = new HashMap<>();
    private final Deque<Long> lastSecond = new ArrayDeque<>();

    /** Null when the key is new. */
    synchronized @Nullable Sms known(@Nullable String repeatKey) {
        return repeatKey == null ? null : byKey.get(repeatKey);
    }

    /** True when recipient and text were taken before. */
    synchronized boolean add(Sms sms, @Nullable String repeatKey) {
        taken.add(sms);
        if (repeatKey != null) {
            byKey.put(repeatKey, sms);
        }
        return !texts.add(sms.to() + '\n' + sms.text());
    }

    /** Oldest first. */
    synchronized List<Sms> all() {
        return List.copyOf(taken);
    }

    synchronized List<Sms> latestFirst() {
        List<Sms> latest = new ArrayList<>(taken);
        Collections.reverse(latest);
        return latest;
    }

    /** The last message to this handset; null when there was none. */
    synchronized @Nullable Sms lastTo(String handset) {
        for (int i = taken.size() - 1; i >= 0; i--) {
            if (taken.get(i).to().equals(handset)) {
                return taken.get(i);
            }
        }
        return null;
    }

    /** Whether one more request is within so many a second. */
    synchronized boolean isWithin(int rate, long now) {
        while (!lastSecond.isEmpty() && now - lastSecond.peekFirst() >= SECOND) {
            lastSecond.pollFirst();
        }
        if (lastSecond.size() >= rate) {
            return false;
        }
        lastSecond.add(now);
        return true;
    }
}
