package io.smspipeline.sender.lane;

import java.util.BitSet;

/**
 * What became of a message where its record was in hand before.
 *
 * @param done its submissions, counted from 0, that need not be made again; not to be changed
 * @param suspicions how often others may have been made without our knowing
 */
public record Past(BitSet done, int suspicions) {
    /** It was nowhere before, or nothing of it was begun. */
    public static final Past NONE = new Past(new BitSet(), 0);
}
