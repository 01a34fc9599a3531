package io.smspipeline.sender.lane;

import io.smspipeline.provider.Submission;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.schemas.topic.Lane;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One message in hand, from the moment its record was read until its record is finished.
 *
 * <p>Whose is what: {@link #begin} and {@link #drop} compete and exactly one of them wins, from whatever threads. What is
 * still open is counted by the recorder's thread alone. Everything else never changes, but the mark that the message ended
 * early, which any thread may read.
 */
public final class Handover {
    private enum Stage {
        WAITING,
        UNDER_WAY,
        DROPPED
    }

    private final TopicPartition partition;
    private final long offset;
    private final byte @Nullable [] traceparent;
    private final RoutedMessage routed;
    private final Lane lane;
    private final List<Submission> submissions;
    private final UnderWay underWay;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    private volatile boolean ended;
    private int open;
    private volatile boolean leftUs;
    private final AtomicInteger unanswered = new AtomicInteger();

    /**
     * @param traceparent the record's W3C trace header, handed on to everything written because of it
     * @param submissions what has to be submitted, at least one
     * @param underWay counts the messages that are being seen through
     */
    public Handover(
            TopicPartition partition,
            long offset,
            byte @Nullable [] traceparent,
            RoutedMessage routed,
            Lane lane,
            List<Submission> submissions,
            UnderWay underWay) {
        this.partition = partition;
        this.offset = offset;
        this.traceparent = traceparent;
        this.routed = routed;
        this.lane = lane;
        this.submissions = submissions;
        this.underWay = underWay;
        this.open = submissions.size();
    }

    /** Where its record lies. */
    public TopicPartition partition() {
        return partition;
    }

    /** Where its record lies. */
    public long offset() {
        return offset;
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

    /** What has to be submitted, in order. */
    public List<Submission> submissions() {
        return submissions;
    }

    /** Claims it for submitting. False when its partition was given up first: then nothing of it may leave. */
    public boolean begin() {
        if (stage.get() == Stage.UNDER_WAY) {
            return true;
        }
        // Counted before it is claimed: who gives up the partition must not see zero in between.
        underWay.begun(partition);
        if (stage.compareAndSet(Stage.WAITING, Stage.UNDER_WAY)) {
            return true;
        }
        underWay.seenThrough(partition);
        return stage.get() == Stage.UNDER_WAY;
    }

    /** Its record is finished and Kafka knows. Once, after {@link #begin}. */
    public void seenThrough() {
        underWay.seenThrough(partition);
    }

    /** Gives it up unsent. False when submitting had begun: then it is to be seen through. */
    public boolean drop() {
        return stage.compareAndSet(Stage.WAITING, Stage.DROPPED);
    }

    /** True once nothing more of it is to be submitted, although parts may be unsubmitted. */
    public boolean ended() {
        return ended;
    }

    /** Ends it: parts not submitted yet stay here. Recorder's thread. */
    public void end() {
        ended = true;
    }

    /**
     * One submission needs nothing further. Recorder's thread.
     *
     * @return true when it was the last
     */
    public boolean closeOne() {
        open--;
        return open == 0;
    }

    /** A submission of it goes out now. */
    public void submitted() {
        unanswered.incrementAndGet();
    }

    /** A submission of it was answered, or its answer given up. */
    public void answered() {
        unanswered.decrementAndGet();
    }

    /** Whether nothing of it can have reached the provider: nothing is unanswered, and nothing was taken. Any thread. */
    public boolean isUntouched() {
        return unanswered.get() == 0 && !leftUs;
    }

    /** Remembers that a part was accepted or may have been: from then on no other provider may have the message. */
    public void noteLeftUs() {
        leftUs = true;
    }
}
