package io.smspipeline.simulator.smsc;

import java.util.Arrays;

/**
 * Which 64-bit hashes were there before, among at least the latest {@code size} and at most twice as many. Two generations of
 * an open hash table: the older one is forgotten when the younger is full. For one thread at a time.
 */
final class RecentHashes {
    private static final int FIRST_TABLE = 1024;

    private final int size;
    private long[] young = new long[FIRST_TABLE];
    private long[] old = new long[FIRST_TABLE];
    private int inYoung;

    RecentHashes(int size) {
        this.size = size;
    }

    /** Remembers a hash, and tells whether it is new. */
    boolean add(long hash) {
        // 0 marks a free place.
        long stored = hash == 0 ? 1 : hash;
        if (young[place(young, stored)] == stored) {
            return false;
        }
        boolean known = old[place(old, stored)] == stored;
        insert(stored);
        return !known;
    }

    private void insert(long hash) {
        if (inYoung == size) {
            old = young;
            young = new long[FIRST_TABLE];
            inYoung = 0;
        } else if (inYoung * 2 >= young.length) {
            long[] larger = new long[young.length * 2];
            Arrays.stream(young).filter(each -> each != 0).forEach(each -> larger[place(larger, each)] = each);
            young = larger;
        }
        young[place(young, hash)] = hash;
        inYoung++;
    }

    /** Where the hash is, or would be. */
    private static int place(long[] table, long hash) {
        int mask = table.length - 1;
        int at = (int) (hash ^ (hash >>> 32)) & mask;
        while (table[at] != 0 && table[at] != hash) {
            at = (at + 1) & mask;
        }
        return at;
    }
}
