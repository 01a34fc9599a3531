package io.smspipeline.simulator.smsc;

import io.smspipeline.text.Sar;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What handsets have read: parts of a longer text are put together, so that a question is answered when all of it is there.
 * Remembers a bounded number of unfinished texts. Safe for use by many threads.
 */
final class Handsets {
    private static final int UNFINISHED = 1000;

    private record Key(String source, String destination, int reference, int total) {}

    private final Map<Key, String[]> unfinished = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, String[]> eldest) {
            return size() > UNFINISHED;
        }
    };

    /** The question, when this message (or this part of a longer one) completes one; else null. */
    @Nullable
    String question(ReceivedMessage message) {
        Sar part = message.mayBePart() ? message.part() : null;
        if (part == null || part.number() < 1 || part.number() > part.total()) {
            byte[] octets = message.octets();
            // In every alphabet of SMPP a question mark ends in this octet; most texts need no decoding to be passed
            // by.
            return octets.length > 0 && octets[octets.length - 1] == '?' ? ifQuestion(message.text()) : null;
        }
        return ifQuestion(completed(message, part));
    }

    private synchronized @Nullable String completed(ReceivedMessage message, Sar part) {
        Key key = new Key(message.source(), message.destination(), part.reference(), part.total());
        @Nullable String[] texts = unfinished.computeIfAbsent(key, k -> new String[part.total()]);
        String text = message.text();
        texts[part.number() - 1] = text == null ? "" : text;
        StringBuilder whole = new StringBuilder();
        for (String each : texts) {
            if (each == null) {
                return null;
            }
            whole.append(each);
        }
        unfinished.remove(key);
        return whole.toString();
    }

    private static @Nullable String ifQuestion(@Nullable String text) {
        return text != null && text.endsWith("?") ? text : null;
    }
}
