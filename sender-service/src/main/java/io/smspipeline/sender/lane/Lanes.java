package io.smspipeline.sender.lane;

import io.smspipeline.schemas.topic.Lane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be submitted, in the order it is to leave: HIGH first, then NORMAL and LOW in the proportion 4 to 1 so that
 * bulk moves on. Within a lane it is the order in which the messages were published, and within a message that of its
 * parts, also for what comes back to be tried again.
 *
 * <p>Safe for use by many threads, none of which holds the lock for more than a step; one thread alone asks for the
 * {@link #first} and removes it. Its size is bounded by who adds, which takes no more from Kafka than may be in hand.
 */
public final class Lanes {
    private static final int NORMAL_PER_LOW = 4;

    private static final Comparator<Attempt> PUBLISHED = Comparator.comparingLong(
                    (Attempt attempt) -> attempt.handover().order())
            .thenComparingInt(Attempt::index);

    /**
     * One lane.
     *
     * @param begun attempts at messages that were begun: they are to be seen through
     * @param fresh first attempts at messages of which nothing left yet
     * @param intended how many messages to a recipient wait for their intention to be durable: what was published to it
     *     after them stays behind them
     */
    private record Queue(NavigableSet<Attempt> begun, NavigableSet<Attempt> fresh, Map<String, Integer> intended) {
        Queue() {
            this(new TreeSet<>(PUBLISHED), new TreeSet<>(PUBLISHED), new HashMap<>());
        }

        void put(Attempt attempt) {
            (attempt.handover().isBegun() ? begun : fresh).add(attempt);
        }

        boolean remove(Attempt attempt) {
            return begun.remove(attempt) || fresh.remove(attempt);
        }

        /** The first that is alive and stands behind nobody; the dead before it are removed. */
        @Nullable
        Attempt first(NavigableSet<Attempt> among) {
            for (Iterator<Attempt> each = among.iterator(); each.hasNext(); ) {
                Attempt attempt = each.next();
                if (attempt.handover().giveUp()) {
                    each.remove();
                } else if (among == begun || !standsBehind(attempt.handover())) {
                    return attempt;
                }
            }
            return null;
        }

        /** Those whose intentions are recorded themselves come back in their order by themselves. */
        private boolean standsBehind(Handover handover) {
            return !intended.isEmpty() && !handover.holds() && intended.containsKey(recipient(handover));
        }

        void expect(Handover handover) {
            intended.merge(recipient(handover), 1, Integer::sum);
        }

        void arrived(Handover handover) {
            intended.computeIfPresent(recipient(handover), (to, count) -> count == 1 ? null : count - 1);
        }

        private static String recipient(Handover handover) {
            return handover.routed().getMessage().getTo();
        }
    }

    private record Delayed(Attempt attempt, long atNanos) {}

    private final Map<Lane, Queue> queues = new EnumMap<>(Lane.class);
    private final PriorityQueue<Delayed> delayed =
            new PriorityQueue<>((one, other) -> Long.signum(one.atNanos - other.atNanos));
    private int normalInARow;

    /** Adds a message. */
    public synchronized void add(Handover handover) {
        put(Attempt.first(handover));
    }

    /** Adds an attempt, which takes the place its message has. */
    public synchronized void put(Attempt attempt) {
        queue(attempt).put(attempt);
    }

    /** Keeps an attempt until {@code atNanos}; others go on meanwhile. */
    public synchronized void later(Attempt attempt, long atNanos) {
        delayed.add(new Delayed(attempt, atNanos));
    }

    /**
     * The next attempt to make, which stays where it is; null when there is none.
     *
     * @param room whether a message of so many submissions may be begun now. One for which there is no room keeps others
     *     from being begun before it, so that a large one gets its turn
     */
    public synchronized @Nullable Attempt first(long nowNanos, IntPredicate room) {
        for (Delayed due = delayed.peek(); due != null && due.atNanos - nowNanos <= 0; due = delayed.peek()) {
            delayed.remove();
            put(due.attempt);
        }
        boolean full = false;
        for (Lane lane : order()) {
            Queue queue = queue(lane);
            Attempt begun = queue.first(queue.begun);
            Attempt fresh = full ? null : queue.first(queue.fresh);
            if (fresh != null && !room.test(fresh.handover().remaining())) {
                full = true;
                fresh = null;
            }
            if (begun != null && (fresh == null || PUBLISHED.compare(begun, fresh) < 0)) {
                return begun;
            } else if (fresh != null) {
                return fresh;
            }
        }
        return null;
    }

    private List<Lane> order() {
        return normalInARow < NORMAL_PER_LOW
                ? List.of(Lane.HIGH, Lane.NORMAL, Lane.LOW)
                : List.of(Lane.HIGH, Lane.LOW, Lane.NORMAL);
    }

    /** Takes out what {@link #first} gave. It counts for the proportion of the lanes. */
    public synchronized void remove(Attempt attempt) {
        if (!queue(attempt).remove(attempt)) {
            return;
        }
        if (attempt.handover().lane() == Lane.NORMAL) {
            normalInARow++;
        } else if (attempt.handover().lane() == Lane.LOW) {
            normalInARow = 0;
        }
    }

    /** As {@link #remove}; nothing published later to its recipient goes before it comes back by {@link #arrived}. */
    public synchronized void expect(Attempt attempt) {
        remove(attempt);
        queue(attempt).expect(attempt.handover());
    }

    /** What was expected is here again. */
    public synchronized void arrived(Attempt attempt) {
        queue(attempt).arrived(attempt.handover());
        put(attempt);
    }

    /** Nanoseconds until the next delayed attempt is due; {@link Long#MAX_VALUE} when none is delayed. */
    public synchronized long untilNextDelayed(long nowNanos) {
        Delayed first = delayed.peek();
        return first == null ? Long.MAX_VALUE : Math.max(0, first.atNanos - nowNanos);
    }

    /** Forgets whatever need not be seen through of partitions that are being given up, or are somebody else's. */
    public void dropDead() {
        take(attempt -> attempt.handover().giveUp());
    }

    /** Takes out every attempt that {@code wanted} accepts, wherever it waits. */
    public synchronized List<Attempt> take(Predicate<Attempt> wanted) {
        List<Attempt> taken = new ArrayList<>();
        Predicate<Attempt> moved = attempt -> wanted.test(attempt) && taken.add(attempt);
        for (Queue queue : queues.values()) {
            queue.begun.removeIf(moved);
            queue.fresh.removeIf(moved);
        }
        delayed.removeIf(kept -> moved.test(kept.attempt));
        return taken;
    }

    /** Attempts waiting in all lanes, delayed ones included. */
    public synchronized int size() {
        int size = delayed.size();
        for (Queue queue : queues.values()) {
            size += queue.begun.size() + queue.fresh.size();
        }
        return size;
    }

    private Queue queue(Attempt attempt) {
        return queue(attempt.handover().lane());
    }

    private Queue queue(Lane lane) {
        return queues.computeIfAbsent(lane, key -> new Queue());
    }
}
