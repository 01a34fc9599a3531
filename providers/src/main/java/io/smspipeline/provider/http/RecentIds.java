package io.smspipeline.provider.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The provider's ids of the latest messages, and whose they are: two messages of ours never have the same. Safe for use by
 * many threads.
 */
public final class RecentIds {
    private final int most;
    private final Map<String, String> owners = new LinkedHashMap<>();

    /** @param most ids remembered */
    public RecentIds(int most) {
        this.most = most;
    }

    /**
     * Notes that an id belongs to a message.
     *
     * @return false when it belongs to another one
     */
    public synchronized boolean claim(String id, String messageId) {
        String owner = owners.putIfAbsent(id, messageId);
        if (owners.size() > most) {
            owners.remove(owners.keySet().iterator().next());
        }
        return owner == null || owner.equals(messageId);
    }

    /** Whose it is; null when nobody's as far as is remembered. */
    public synchronized @Nullable String owner(String id) {
        return owners.get(id);
    }
}
