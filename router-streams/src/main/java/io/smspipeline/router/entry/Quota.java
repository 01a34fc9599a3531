package io.smspipeline.router.entry;

import java.util.ArrayList;
import java.util.List;

/**
 * How many were let through lately, by slots of a sixtieth of the time, and how many wait for theirs. Whatever the slots, in
 * any time of that length no more than the allowed number is let through. Immutable.
 *
 * @param slots in order of time; no more than the last sixty are kept
 */
record Quota(List<Slot> slots) {
    static final Quota UNUSED = new Quota(List.of());

    private static final int SLOTS = 60;

    /** So many in one slot. */
    record Slot(long number, int count) {}

    /**
     * What becomes of one more.
     *
     * @param due when it may go, epoch milliseconds: now, or later
     * @param after the quota with it
     */
    record Admission(long due, Quota after) {}

    Quota {
        slots = List.copyOf(slots);
    }

    /** How long a slot is, in milliseconds. */
    static long slotMillis(long withinMillis) {
        return Math.max(1, (withinMillis + SLOTS - 1) / SLOTS);
    }

    /**
     * One more, at the first time that is left.
     *
     * @param now epoch milliseconds
     */
    Admission admit(long now, long withinMillis, int most) {
        long length = slotMillis(withinMillis);
        long current = now / length;
        long slot = slots.isEmpty() ? current : Math.max(current, slots.get(slots.size() - 1).number);
        while (countUpTo(slot) >= most) {
            slot = oldestUpTo(slot) + SLOTS + 1;
        }
        return new Admission(slot == current ? now : slot * length, with(slot));
    }

    /** All that could fall into one window with the slot: its own sixtieth and the sixty before it. */
    private int countUpTo(long slot) {
        int count = 0;
        for (Slot each : slots) {
            count += slot - each.number <= SLOTS ? each.count : 0;
        }
        return count;
    }

    private long oldestUpTo(long slot) {
        for (Slot each : slots) {
            if (slot - each.number <= SLOTS) {
                return each.number;
            }
        }
        return slot;
    }

    private Quota with(long number) {
        List<Slot> all = new ArrayList<>(slots.size() + 1);
        int here = 1;
        for (Slot each : slots) {
            if (each.number == number) {
                here += each.count;
            } else if (number - each.number <= SLOTS) {
                all.add(each);
            }
        }
        all.add(new Slot(number, here));
        return new Quota(all);
    }
}
