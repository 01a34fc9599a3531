package io.smspipeline.receiver.webhook;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The names of the last requests that became durable, so that one that comes again is answered and not written again. Kept in
 * memory alone: what another process or an earlier one wrote is recognised as a repeat by whoever reads the topics. Safe for
 * use by many threads.
 */
final class Remembered {
    private final Map<String, Boolean> names;

    /** @param most the oldest are forgotten beyond it */
    Remembered(int most) {
        names = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > most;
            }
        };
    }

    synchronized void add(String name) {
        names.put(name, Boolean.TRUE);
    }

    synchronized boolean has(String name) {
        return names.containsKey(name);
    }
}
