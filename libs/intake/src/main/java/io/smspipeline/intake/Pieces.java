package io.smspipeline.intake;

import java.io.ByteArrayOutputStream;
import java.util.BitSet;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which pieces of unfinished records are done, by offset; a record of which no piece is done is absent. Immutable; safe for use
 * by many threads.
 */
public final class Pieces {
    /** No piece of any record. */
    public static final Pieces NONE = new Pieces(new TreeMap<>());

    private final SortedMap<Long, BitSet> done;

    private Pieces(SortedMap<Long, BitSet> done) {
        this.done = done;
    }

    /** Copies what is not empty. */
    static Pieces of(Map<Long, BitSet> done) {
        SortedMap<Long, BitSet> copy = new TreeMap<>();
        done.forEach((offset, pieces) -> {
            if (!pieces.isEmpty()) {
                copy.put(offset, (BitSet) pieces.clone());
            }
        });
        return copy.isEmpty() ? NONE : new Pieces(copy);
    }

    /** The pieces of one record that are done, from 0; empty when none is. A copy. */
    public BitSet of(long offset) {
        BitSet pieces = done.get(offset);
        return pieces == null ? new BitSet() : (BitSet) pieces.clone();
    }

    /** True when there is none. */
    public boolean isEmpty() {
        return done.isEmpty();
    }

    /** The offsets concerned, as a copy that can be changed. */
    Map<Long, BitSet> asMap() {
        Map<Long, BitSet> copy = new TreeMap<>();
        done.forEach((offset, pieces) -> copy.put(offset, (BitSet) pieces.clone()));
        return copy;
    }

    /**
     * For each record, in order, three things: how far its offset lies from the one before (the first: from {@code committed}),
     * how many octets follow, and these, in which bit i, lowest of the first octet first, is piece i. Numbers are LEB128.
     *
     * @param most octets; what does not fit is left out, the furthest first
     */
    byte[] octets(long committed, int most) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long last = committed;
        for (Map.Entry<Long, BitSet> each : done.entrySet()) {
            byte[] bits = each.getValue().toByteArray();
            ByteArrayOutputStream next = new ByteArrayOutputStream();
            Leb128.write(next, each.getKey() - last);
            Leb128.write(next, bits.length);
            next.writeBytes(bits);
            if (out.size() + next.size() > most) {
                break;
            }
            out.writeBytes(next.toByteArray());
            last = each.getKey();
        }
        return out.toByteArray();
    }

    /** @throws IllegalArgumentException or {@link ArithmeticException} when the octets are damaged */
    static Pieces read(long committed, byte[] octets) {
        Map<Long, BitSet> done = new TreeMap<>();
        Leb128 in = new Leb128(octets);
        long offset = committed;
        while (in.hasMore()) {
            offset = Math.addExact(offset, in.number());
            done.put(offset, BitSet.valueOf(in.octets(in.number())));
        }
        return of(done);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pieces pieces && done.equals(pieces.done);
    }

    @Override
    public int hashCode() {
        return done.hashCode();
    }

    @Override
    public String toString() {
        return done.toString();
    }
}
