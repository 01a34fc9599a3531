package io.smspipeline.provider.loopback;

import io.smspipeline.provider.loopback.LoopbackNetwork.Sent;
import io.smspipeline.record.OutgoingMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a loopback accepted and what became of it, the latest messages only. Safe for use by many threads. */
final class LoopbackTraffic {
    private final int keep;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** @param keep messages remembered; older ones are forgotten, and delivered all the same */
    LoopbackTraffic(int keep) {
        this.keep = keep;
    }

    /** What may become of a message. */
    enum State {
        HELD,
        DELIVERED,
        CANCELLED
    }

    /** One message. Guarded by the traffic it is of. */
    static final class Entry {
        private Sent sent;
        private State state = State.HELD;

        private Entry(Sent sent) {
            this.sent = sent;
        }
    }

    /** A message and its state at one moment. */
    record Found(Sent sent, State state) {}

    synchronized Entry add(Sent sent) {
        Entry entry = new Entry(sent);
        if (entries.size() == keep) {
            entries.remove(entries.keySet().iterator().next());
        }
        entries.put(sent.id(), entry);
        return entry;
    }

    /** Oldest first. */
    synchronized List<Sent> all() {
        return entries.values().stream().map(entry -> entry.sent).toList();
    }

    /** Null when it never came, or is forgotten. */
    synchronized @Nullable Found find(String id) {
        Entry entry = entries.get(id);
        return entry == null ? null : new Found(entry.sent, entry.state);
    }

    /** Delivers it; null when it is not held any more. */
    synchronized @Nullable Sent deliver(Entry entry) {
        if (entry.state != State.HELD) {
            return null;
        }
        entry.state = State.DELIVERED;
        return entry.sent;
    }

    /** Withdraws it. False when it is not held any more, or not known. */
    synchronized boolean cancel(String id) {
        Entry entry = entries.get(id);
        if (entry == null || entry.state != State.HELD) {
            return false;
        }
        entry.state = State.CANCELLED;
        return true;
    }

    /** Exchanges it. False when it is not held any more, or not known. */
    synchronized boolean replace(String id, OutgoingMessage message) {
        Entry entry = entries.get(id);
        if (entry == null || entry.state != State.HELD) {
            return false;
        }
        entry.sent = new Sent(id, entry.sent.from(), message, entry.sent.at());
        return true;
    }
}
