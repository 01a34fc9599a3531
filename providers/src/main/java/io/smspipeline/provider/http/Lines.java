package io.smspipeline.provider.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line for each recipient. Requests over several connections overtake one another, and messages to one handset must not:
 * the next one leaves when the one before it has its answer. Safe for use by many threads.
 *
 * @param <T> what stands in line
 */
final class Lines<T> {
    private final Map<String, Deque<T>> waiting = new HashMap<>();

    /** Joins a line. True when nobody is before it. */
    synchronized boolean enter(String recipient, T one) {
        Deque<T> line = waiting.get(recipient);
        if (line == null) {
            waiting.put(recipient, new ArrayDeque<>(1));
            return true;
        }
        line.add(one);
        return false;
    }

    /** The first of a line is done. Answers who is first now; null when the line is empty. */
    synchronized @Nullable T leave(String recipient) {
        Deque<T> line = waiting.get(recipient);
        T next = line == null ? null : line.poll();
        if (next == null) {
            waiting.remove(recipient);
        }
        return next;
    }
}
