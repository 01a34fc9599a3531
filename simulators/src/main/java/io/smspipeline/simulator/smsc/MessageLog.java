package io.smspipeline.simulator.smsc;

import io.smspipeline.text.DecodedText;
import io.smspipeline.text.Sar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The latest messages, and whether one was there before. Bounded memory. Safe for use by many threads. */
final class MessageLog {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final int size;
    private final Deque<ReceivedMessage> latest = new ArrayDeque<>();
    private final RecentHashes seen;

    MessageLog(int size, int duplicateMemory) {
        this.size = size;
        this.seen = new RecentHashes(duplicateMemory);
    }

    /** Keeps a message, and tells whether its destination and text (and part number) are new. */
    boolean add(ReceivedMessage message) {
        long hash = hash(message);
        synchronized (this) {
            if (latest.size() == size) {
                latest.removeFirst();
            }
            latest.addLast(message);
            return seen.add(hash);
        }
    }

    /** At most so many, the oldest of them first. */
    synchronized List<ReceivedMessage> latest(int most) {
        List<ReceivedMessage> all = new ArrayList<>(latest);
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    /** The reference of a part stays out: the same text sent anew as another message is a repeat to its reader. */
    private static long hash(ReceivedMessage message) {
        long hash = FNV_OFFSET;
        String destination = message.destination();
        for (int i = 0; i < destination.length(); i++) {
            hash = (hash ^ destination.charAt(i)) * FNV_PRIME;
        }
        byte[] body = message.octets();
        if (message.mayBePart()) {
            DecodedText decoded = message.decoded();
            body = decoded.body();
            Sar part = message.partOf(decoded);
            if (part != null) {
                hash = (hash ^ (part.number() << 8) ^ part.total()) * FNV_PRIME;
            }
        }
        for (byte octet : body) {
            hash = (hash ^ (octet & 0xFF)) * FNV_PRIME;
        }
        return hash;
    }
}
