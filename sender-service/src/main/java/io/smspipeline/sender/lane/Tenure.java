package io.smspipeline.sender.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/**
 * Our time with one partition, from its assignment until it is somebody else's. It counts the messages that must be seen
 * through: those of which something may have been submitted and whose record is not finished. Once it is ending no further
 * message is begun, so that whoever waits for the last one waits for a number that only falls. Safe for use by many threads.
 */
public final class Tenure {
    private enum Phase {
        HELD,
        ENDING,
        OVER
    }

    private final TopicPartition partition;
    private final List<Runnable> untilOpen = new ArrayList<>();
    private volatile Phase phase = Phase.HELD;
    private int underWay;
    private long begun = -1;
    private boolean asked;
    private boolean open;

    /** It begins now. */
    public Tenure(TopicPartition partition) {
        this.partition = partition;
    }

    /** What is held. */
    public TopicPartition partition() {
        return partition;
    }

    /**
     * Does something once it is {@link #opened}: nothing is begun before it is on record that something may be.
     *
     * @return true the first time: somebody has to open it
     */
    public synchronized boolean whenOpen(Runnable then) {
        if (open) {
            then.run();
            return false;
        }
        untilOpen.add(then);
        boolean first = !asked;
        asked = true;
        return first;
    }

    /** It is on record that messages of it may be under way. */
    public synchronized void opened() {
        open = true;
        untilOpen.forEach(Runnable::run);
        untilOpen.clear();
    }

    /** Whether {@link #opened} was said. */
    public synchronized boolean isOpen() {
        return open;
    }

    /**
     * Takes on one message more to be seen through. False when the partition is being given up: then nothing of it may leave.
     *
     * @param offset of its record
     */
    public synchronized boolean take(long offset) {
        if (phase != Phase.HELD) {
            return false;
        }
        underWay++;
        begun = Math.max(begun, offset);
        return true;
    }

    /** The furthest record whose message was taken on; negative for none. */
    public synchronized long begun() {
        return begun;
    }

    /** One message taken on is seen through, or nothing of it ever left. */
    public synchronized void release() {
        underWay--;
        if (underWay == 0) {
            notifyAll();
        }
    }

    /** Messages taken on and not released. */
    public synchronized int underWay() {
        return underWay;
    }

    /** True until it is being given up. */
    public boolean isHeld() {
        return phase == Phase.HELD;
    }

    /** True when somebody else may have the partition: what is submitted now would be submitted twice. */
    public boolean isOver() {
        return phase == Phase.OVER;
    }

    /** From now on no message is begun; what was begun goes on. */
    synchronized void end() {
        if (phase == Phase.HELD) {
            phase = Phase.ENDING;
        }
    }

    /** From now on nothing at all is submitted. */
    synchronized void lose() {
        phase = Phase.OVER;
    }

    /**
     * Waits until nothing is under way.
     *
     * @param deadline of {@link System#nanoTime}
     * @return false when the deadline came first, or the waiting thread was interrupted
     */
    synchronized boolean awaitNone(long deadline) {
        while (underWay > 0) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                // Rounded up: a wait of 0 ms would be one without an end.
                wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
