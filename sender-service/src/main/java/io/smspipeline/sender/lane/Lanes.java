package io.smspipeline.sender.lane;

import io.smspipeline.schemas.topic.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be submitted, in the order it is to leave: HIGH first, then NORMAL and LOW in the proportion 4 to 1 so that
 * bulk moves on. Within a lane the published order, but that attempts to be made again go before what was never tried.
 *
 * <p>Safe for use by many threads: one adds, one takes, one puts back, and none of them holds the lock for more than a step.
 * Its size is bounded by who adds, which takes no more from Kafka than may be in hand.
 */
public final class Lanes {
    private static final int NORMAL_PER_LOW = 4;

    private record Delayed(Attempt attempt, long atNanos) {}

    private final Map<Lane, Deque<Attempt>> waiting = new EnumMap<>(Lane.class);
    private final PriorityQueue<Delayed> delayed = new PriorityQueue<>(Comparator.comparingLong(Delayed::atNanos));
    private int normalInARow;

    /** Empty lanes. */
    public Lanes() {
        for (Lane lane : Lane.values()) {
            waiting.put(lane, new ArrayDeque<>());
        }
    }

    /** Adds a message behind the others of its lane. */
    public synchronized void add(Handover handover) {
        queue(handover).addLast(Attempt.first(handover));
    }

    /** Puts an attempt before everything else in its lane. */
    public synchronized void putBack(Attempt attempt) {
        queue(attempt.handover()).addFirst(attempt);
    }

    /** Keeps an attempt until {@code atNanos}; others go on meanwhile. */
    public synchronized void later(Attempt attempt, long atNanos) {
        delayed.add(new Delayed(attempt, atNanos));
    }

    /** The next attempt to make; null when there is none. What was dropped or ended is passed over. */
    public synchronized @Nullable Attempt next(long nowNanos) {
        for (Delayed due = delayed.peek(); due != null && due.atNanos - nowNanos <= 0; due = delayed.peek()) {
            delayed.remove();
            putBack(due.attempt);
        }
        Attempt high = poll(Lane.HIGH);
        if (high != null) {
            return high;
        }
        boolean lowFirst = normalInARow >= NORMAL_PER_LOW;
        Attempt attempt = lowFirst ? poll(Lane.LOW) : poll(Lane.NORMAL);
        if (attempt == null) {
            attempt = lowFirst ? poll(Lane.NORMAL) : poll(Lane.LOW);
        }
        if (attempt != null) {
            normalInARow = attempt.handover().lane() == Lane.LOW ? 0 : normalInARow + 1;
        }
        return attempt;
    }

    /** Nanoseconds until the next delayed attempt is due; {@link Long#MAX_VALUE} when none is delayed. */
    public synchronized long untilNextDelayed(long nowNanos) {
        Delayed first = delayed.peek();
        return first == null ? Long.MAX_VALUE : Math.max(0, first.atNanos - nowNanos);
    }

    /** Forgets what was never begun of these partitions: somebody else will read it again. */
    public synchronized void drop(Collection<TopicPartition> partitions) {
        take(attempt -> partitions.contains(attempt.handover().partition())
                && attempt.handover().drop());
    }

    /** Takes out every attempt that {@code wanted} accepts, wherever it waits. */
    public synchronized List<Attempt> take(Predicate<Attempt> wanted) {
        List<Attempt> taken = new ArrayList<>();
        Predicate<Attempt> moved = attempt -> wanted.test(attempt) && taken.add(attempt);
        waiting.values().forEach(queue -> queue.removeIf(moved));
        delayed.removeIf(kept -> moved.test(kept.attempt));
        return taken;
    }

    /** Attempts waiting in all lanes, delayed ones included. */
    public synchronized int size() {
        return waiting.values().stream().mapToInt(Deque::size).sum() + delayed.size();
    }

    private @Nullable Attempt poll(Lane lane) {
        Deque<Attempt> queue = waiting.getOrDefault(lane, new ArrayDeque<>());
        for (Attempt attempt = queue.pollFirst(); attempt != null; attempt = queue.pollFirst()) {
            if (!attempt.handover().ended()) {
                return attempt;
            }
        }
        return null;
    }

    private Deque<Attempt> queue(Handover handover) {
        return waiting.computeIfAbsent(handover.lane(), lane -> new ArrayDeque<>());
    }
}
