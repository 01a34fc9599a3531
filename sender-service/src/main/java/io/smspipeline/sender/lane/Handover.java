package io.smspipeline.sender.lane;

import io.smspipeline.provider.Submission;
import io.smspipeline.record.OnUncertain;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.schemas.topic.Lane;
import java.util.BitSet;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One message in hand, from the moment its record was read until its record is finished.
 *
 * <p>Each of its submissions waits in a lane, or is claimed: in the hands of the provider or of the recorder. It is begun with
 * its first claim, if its partition is still held then, and from there on must be seen through. Safe for use by many threads.
 */
public final class Handover {
    private final Tenure tenure;
    private final Unrecorded unrecorded;
    private final long offset;
    private final long order;
    private final byte @Nullable [] traceparent;
    private final RoutedMessage routed;
    private final Lane lane;
    private final List<Submission> submissions;

    private final BitSet done;
    private final int remaining;
    private final int suspicions;
    private final BitSet taken = new BitSet();
    private int claims;
    private int open;
    private boolean begun;
    private boolean counted;
    private boolean leftUs;
    private boolean onRecord;
    private boolean ended;

    /**
     * @param tenure of the partition its record lies in
     * @param unrecorded counts it while it could be repeated
     * @param order where it stands among all messages of this process: what was read earlier has a lower number
     * @param traceparent the record's W3C trace header, handed on to everything written because of it
     * @param submissions all of the message, in order; at least one
     * @param past what became of it where its record was in hand before
     */
    public Handover(
            Tenure tenure,
            Unrecorded unrecorded,
            long offset,
            long order,
            byte @Nullable [] traceparent,
            RoutedMessage routed,
            Lane lane,
            List<Submission> submissions,
            Past past) {
        this.tenure = tenure;
        this.unrecorded = unrecorded;
        this.offset = offset;
        this.order = order;
        this.traceparent = traceparent;
        this.routed = routed;
        this.lane = lane;
        this.submissions = submissions;
        this.done = past.done().get(0, submissions.size());
        this.remaining = submissions.size() - this.done.cardinality();
        this.open = remaining;
        this.suspicions = holds() ? 0 : past.suspicions();
        this.leftUs = suspicions > 0 || !done.isEmpty();
    }

    /** Where its record lies. */
    public TopicPartition partition() {
        return tenure.partition();
    }

    /** Where its record lies. */
    public long offset() {
        return offset;
    }

    /** Where it stands among all messages of this process. */
    public long order() {
        return order;
    }

    /** Trace header of its record; null when it had none. */
    public byte @Nullable [] traceparent() {
        return traceparent;
    }

    /** What routing decided. */
    public RoutedMessage routed() {
        return routed;
    }

    /** Id of the message. */
    public String messageId() {
        return routed.getMessage().getId();
    }

    /** Which queue it came by. */
    public Lane lane() {
        return lane;
    }

    /** The number of the first attempt here: more by each time that it may have been submitted before. */
    int firstAttempt() {
        return routed.getAttempt() + suspicions;
    }

    /**
     * Whether what is submitted first may have been submitted before. One that must never be submitted twice is finished before
     * it is submitted, so it never was when its record is read again.
     */
    boolean mayBeRepeat() {
        return suspicions > 0 || routed.getPossibleRepeat();
    }

    /** How many of its submissions were to be made when its record was read. */
    public int remaining() {
        return remaining;
    }

    /** The first submission at {@code index} or beyond that was to be made when its record was read; past the last for none. */
    int nextFrom(int index) {
        return Math.min(done.nextClearBit(index), submissions.size());
    }

    /** All of the message, in order. */
    public List<Submission> submissions() {
        return submissions;
    }

    /** Whether it must never be submitted twice, so that the intention is put on record first. */
    public boolean holds() {
        return routed.getMessage().getOnUncertain() == OnUncertain.HOLD;
    }

    /** Claims one attempt at it. False when nothing of it may leave: it ended, or its partition was given up. */
    public synchronized boolean claim() {
        if (!isLive()) {
            return false;
        }
        if (!begun) {
            begun = tenure.take(offset);
        }
        if (begun) {
            claims++;
        }
        return begun;
    }

    /**
     * Claims it as a whole, to give it to somebody else: true when nothing of it left us, and then nothing ever will.
     */
    public synchronized boolean claimWhole() {
        return claims == 0 && !leftUs && claim() && withdraw();
    }

    /** It counts as unrecorded from now on. Before it is submitted, or its intention told. */
    public synchronized void count() {
        if (!counted) {
            counted = true;
            unrecorded.add(remaining);
        }
    }

    /** It waits, for long perhaps, and must not keep others from being begun meanwhile. */
    public synchronized void pause() {
        if (counted && claims == 0) {
            counted = false;
            unrecorded.remove(remaining);
        }
    }

    /** Whether it was begun and must be seen through. */
    synchronized boolean isBegun() {
        return begun;
    }

    /** Whether an attempt at it may still leave us. */
    public synchronized boolean isLive() {
        return !ended && (begun ? onRecord || !tenure.isOver() : tenure.isHeld());
    }

    /** Whether its partition is being given up: what can wait is left to who has it next. */
    public boolean isLeaving() {
        return !tenure.isHeld();
    }

    /** Remembers that something of it was accepted, or may have been: from then on no other provider may have it. */
    public synchronized void noteLeftUs() {
        leftUs = true;
    }

    /** Remembers that the provider took this submission, whichever attempt at it that was. */
    public synchronized void noteTaken(int index) {
        leftUs = true;
        taken.set(index);
    }

    /** Whether {@link #noteTaken} was said of this submission: it need not be repeated. */
    public synchronized boolean isTaken(int index) {
        return taken.get(index);
    }

    /**
     * Ends it so that somebody else may have it. For who holds its only claim.
     *
     * @return false when something of it left us, or may just be leaving
     */
    public synchronized boolean withdraw() {
        boolean whole = claims <= 1 && !leftUs && !ended;
        ended |= whole;
        return whole;
    }

    /**
     * Ends it: what was not submitted stays here.
     *
     * @return false when it had ended before
     */
    public synchronized boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    /** The intention to submit it is durable, and so is the end of its record: nobody else will ever read it. */
    public synchronized void putOnRecord() {
        onRecord = !tenure.isOver();
    }

    /** Whether {@link #putOnRecord} was said. */
    public synchronized boolean isOnRecord() {
        return onRecord;
    }

    /**
     * Gives a claim back.
     *
     * @param done whether this submission needs nothing further
     * @return true when the message needs nothing further and nothing of it is under way: its record is finished
     */
    public synchronized boolean settle(boolean done) {
        claims--;
        if (done) {
            open--;
        }
        boolean finished = claims == 0 && (ended || open <= 0);
        if (!finished) {
            forgetIfDead();
        }
        return finished;
    }

    /** Its record is finished, and Kafka knows. */
    public synchronized void seenThrough() {
        ended = true;
        forget();
    }

    /**
     * Gives it up if its partition is being given up and nothing of it left us: who has the partition next begins it anew.
     *
     * @return true when nothing of it will leave any more
     */
    public synchronized boolean giveUp() {
        if (!tenure.isHeld() && claims == 0 && !leftUs && !onRecord && !ended) {
            forget();
        }
        forgetIfDead();
        return !isLive();
    }

    private void forgetIfDead() {
        // One that ended is for the recorder to see through: it may not be durable yet.
        if (claims == 0 && !ended && !isLive()) {
            forget();
        }
    }

    private void forget() {
        pause();
        if (begun) {
            begun = false;
            tenure.release();
        }
    }
}
