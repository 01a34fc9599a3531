package io.smspipeline.provider.smpp.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests by sequence_number until they are answered, and for a while those that were given up on: a late answer still says
 * what became of them. Safe for use by many threads.
 */
final class UnderWay {
    /** Sequence numbers are not used again on a connection, so old entries do no harm; memory is the only limit. */
    private static final int REMEMBERED = 10_000;

    private final Map<Integer, Entry> entries = new ConcurrentHashMap<>();
    private final Map<Integer, Request> givenUp = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Request> eldest) {
            return size() > REMEMBERED;
        }
    };
    private int settled;

    /** A request, since when it is under way, and where it begins in the output. */
    static final class Entry {
        private final Request request;
        private final long since = System.nanoTime();
        private volatile long offset;

        Entry(Request request) {
            this.request = request;
        }

        Request request() {
            return request;
        }

        void beginsAt(long newOffset) {
            offset = newOffset;
        }

        long offset() {
            return offset;
        }
    }

    Entry add(int sequence, Request request) {
        Entry entry = new Entry(request);
        entries.put(sequence, entry);
        return entry;
    }

    boolean remove(int sequence, Entry entry) {
        return entries.remove(sequence, entry);
    }

    /** What the request with this number is about; empty when there is none. For logs. */
    String about(int sequence) {
        Entry entry = entries.get(sequence);
        if (entry != null) {
            return entry.request.about();
        }
        synchronized (givenUp) {
            Request late = givenUp.get(sequence);
            return late == null ? "" : late.about();
        }
    }

    int size() {
        return entries.size();
    }

    /**
     * Hands an answer to its request. False when there is none. For the reading thread.
     *
     * @param read hears where in the output that request began
     */
    boolean answered(int sequence, boolean nack, int status, Octets body, LongConsumer read) {
        Entry entry = entries.remove(sequence);
        if (entry != null) {
            settled++;
            read.accept(entry.offset());
            entry.request.answered(nack, status, body);
            return true;
        }
        Request late = late(sequence);
        if (late != null) {
            late.answeredLate(nack, status, body);
        }
        return late != null;
    }

    /** Whether at least so many were answered since this was last true. For the reading thread. */
    boolean settled(int atLeast) {
        if (settled < atLeast) {
            return false;
        }
        settled = 0;
        return true;
    }

    private @Nullable Request late(int sequence) {
        synchronized (givenUp) {
            return givenUp.remove(sequence);
        }
    }

    /** Gives up on what has been under way since before this time, in {@link System#nanoTime}. */
    boolean giveUp(long before, Consumer<Entry> each) {
        List<Entry> overdue = new ArrayList<>();
        entries.forEach((sequence, entry) -> {
            if (entry.since - before < 0 && entries.remove(sequence, entry)) {
                synchronized (givenUp) {
                    givenUp.put(sequence, entry.request);
                }
                overdue.add(entry);
            }
        });
        overdue.forEach(each);
        return !overdue.isEmpty();
    }

    /** Takes out everything. What is added during the call may stay. */
    void removeAll(Consumer<Entry> each) {
        entries.forEach((sequence, entry) -> {
            if (entries.remove(sequence, entry)) {
                each.accept(entry);
            }
        });
    }
}
