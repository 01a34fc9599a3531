package io.smspipeline.sender.pacing;

/** How many parts were accepted in the last second, or up to a twentieth of a second longer. For one thread at a time. */
final class Recent {
    private static final int SLICES = 21;
    private static final long SLICE = Spacing.SECOND / (SLICES - 1);

    private final int[] parts = new int[SLICES];
    private long slice;
    private int sum;

    Recent(long now) {
        slice = Math.floorDiv(now, SLICE);
    }

    void add(int accepted, long now) {
        forget(now);
        parts[at(slice)] += accepted;
        sum += accepted;
    }

    int inLastSecond(long now) {
        forget(now);
        return sum;
    }

    private void forget(long now) {
        long current = Math.floorDiv(now, SLICE);
        for (long passed = Math.max(slice + 1, current - SLICES + 1); passed <= current; passed++) {
            sum -= parts[at(passed)];
            parts[at(passed)] = 0;
        }
        slice = Math.max(slice, current);
    }

    private static int at(long slice) {
        return (int) Math.floorMod(slice, SLICES);
    }
}
