package io.smspipeline.intake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Offsets that are done although an earlier one is not, as ascending runs. Immutable; safe for use by many threads. */
public final class FinishedSet {
    /** No offset at all. */
    public static final FinishedSet NONE = new FinishedSet(new long[0]);

    /** First and one-past-last offset of each run, ascending; runs neither touch nor overlap. */
    private final long[] bounds;

    private FinishedSet(long[] bounds) {
        this.bounds = bounds;
    }

    /** True when {@code offset} is in it. */
    public boolean contains(long offset) {
        int at = Arrays.binarySearch(bounds, offset);
        // Found: at the start of a run (even index) it is in, at its end (odd) it is not. Not found: in between
        // likewise.
        return at >= 0 ? at % 2 == 0 : -at % 2 == 0;
    }

    /** True when no offset is in it. */
    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /** How many offsets are in it. */
    public long size() {
        long size = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            size += bounds[i + 1] - bounds[i];
        }
        return size;
    }

    /** Its runs, lowest first. */
    public List<Run> runs() {
        List<Run> runs = new ArrayList<>(bounds.length / 2);
        for (int i = 0; i < bounds.length; i += 2) {
            runs.add(new Run(bounds[i], bounds[i + 1]));
        }
        return runs;
    }

    /** What of it lies at {@code from} or beyond. */
    public FinishedSet from(long from) {
        if (isEmpty() || from <= bounds[0]) {
            return this;
        }
        Builder rest = new Builder();
        for (Run run : runs()) {
            if (run.end() > from) {
                rest.add(Math.max(from, run.start()), run.end());
            }
        }
        return rest.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FinishedSet set && Arrays.equals(bounds, set.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return runs().toString();
    }

    /**
     * Consecutive offsets.
     *
     * @param start the first
     * @param end one past the last, greater than {@code start}
     */
    public record Run(long start, long end) {
        @Override
        public String toString() {
            return start + ".." + (end - 1);
        }
    }

    /** Makes a set of runs that are added in ascending order. For one thread. */
    public static final class Builder {
        private long[] bounds = new long[16];
        private int used;

        /**
         * Adds the offsets from {@code start} to {@code end}, exclusive; nothing when they are equal.
         *
         * @throws IllegalArgumentException when they lie before what was added, or end before they start
         */
        public Builder add(long start, long end) {
            if (end < start || start < 0 || (used > 0 && start < bounds[used - 1])) {
                throw new IllegalArgumentException("run " + start + ".." + end + " after "
                        + (used == 0 ? "nothing" : Long.toString(bounds[used - 1]))
                        + ": runs are added in ascending order");
            }
            if (start == end) {
                return this;
            }
            if (used > 0 && bounds[used - 1] == start) {
                bounds[used - 1] = end;
                return this;
            }
            if (used == bounds.length) {
                bounds = Arrays.copyOf(bounds, used * 2);
            }
            bounds[used++] = start;
            bounds[used++] = end;
            return this;
        }

        /** The set of what was added. */
        public FinishedSet build() {
            return used == 0 ? NONE : new FinishedSet(Arrays.copyOf(bounds, used));
        }
    }
}
