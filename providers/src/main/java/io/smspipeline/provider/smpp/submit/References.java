package io.smspipeline.provider.smpp.submit;

import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Concatenation references. A handset joins parts by sender, reference and total alone, so two long messages under way to it
 * from one sender must differ, and a part that is submitted again must carry the reference of its siblings.
 *
 * <p>A reference follows from the message's id, so that another process, or this one after a restart, gives a message the
 * one it had. Of two messages in 256 that alone would give the same 8 bits to both: the later one gets the next reference that
 * none of the messages remembered between the two addresses has. Only such a one could be given another reference by a
 * process that does not remember the earlier message. The low octet differs in 16-bit references too: SMSCs that make the
 * header themselves may shorten them.
 *
 * <p>The last {@value #REMEMBERED} long messages are remembered, far more than are under way. Safe for use by many threads.
 */
final class References {
    private static final int REMEMBERED = 16_384;
    private static final int OCTET = 0x100;

    private record Given(String between, int reference) {}

    private final Map<String, BitSet> taken = new HashMap<>();
    private final Map<String, Given> given = new LinkedHashMap<>();

    /** The reference that follows from the id alone, 0..0xFFFF. Spread over all bits (FNV-1a). */
    static int preferred(String id) {
        int hash = 0x811C9DC5;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x01000193;
        }
        return (hash ^ hash >>> 8 ^ hash >>> 16) & 0xFFFF;
    }

    /** The reference of a message, 0..0xFFFF: the same whenever this is asked. */
    synchronized int of(String id, String from, String to) {
        Given before = given.get(id);
        if (before != null) {
            return before.reference();
        }
        String between = from + '>' + to;
        BitSet octets = taken.computeIfAbsent(between, pair -> new BitSet(OCTET));
        if (octets.cardinality() == OCTET) {
            // All are taken: one more cannot be avoided, and the next round begins.
            octets.clear();
        }
        int preferred = preferred(id);
        int free = octets.nextClearBit(preferred % OCTET);
        int octet = free < OCTET ? free : octets.nextClearBit(0);
        octets.set(octet);
        int reference = preferred / OCTET * OCTET + octet;
        given.put(id, new Given(between, reference));
        if (given.size() > REMEMBERED) {
            forgetEldest();
        }
        return reference;
    }

    private void forgetEldest() {
        var eldest = given.entrySet().iterator();
        Given forgotten = eldest.next().getValue();
        eldest.remove();
        BitSet octets = taken.get(forgotten.between());
        if (octets != null) {
            octets.clear(forgotten.reference() % OCTET);
            if (octets.isEmpty()) {
                taken.remove(forgotten.between());
            }
        }
    }
}
