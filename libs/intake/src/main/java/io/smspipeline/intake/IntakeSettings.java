package io.smspipeline.intake;

import java.time.Duration;
import java.util.Set;

/**
 * What is read, and how much of it is held at once.
 *
 * @param topics read by one consumer; at least one
 * @param maxInHand records of one topic that are taken and not finished, at most; at that, all partitions of the topic pause
 *     until half of it is free. Topics do not take room from one another
 * @param maxInHandPerPartition the same for one partition, 1 to {@code maxInHand}: what is stuck in one leaves room for others
 * @param maxSpan offsets of a partition between its first unfinished record and the last one read, 1 to 20,000; at that, the
 *     partition pauses until the gap closes. It bounds the finished set that a commit carries
 * @param patience how long {@link Taker#revoking} may take. It must be shorter than {@code max.poll.interval.ms}, beyond which
 *     the group gives the partitions away regardless
 * @param whole those of the topics that are begun with their oldest record whatever {@code auto.offset.reset} says
 */
public record IntakeSettings(
        Set<String> topics,
        int maxInHand,
        int maxInHandPerPartition,
        int maxSpan,
        Duration patience,
        Set<String> whole) {
    /** Offsets a partition may be ahead of its first unfinished one, unless set otherwise. */
    public static final int DEFAULT_SPAN = 16_000;

    private static final int WIDEST_SPAN = 20_000;

    /** Checks the ranges. */
    public IntakeSettings {
        topics = Set.copyOf(topics);
        whole = Set.copyOf(whole);
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("an intake has no topics: name at least one.");
        }
        if (maxInHand < 1 || maxInHandPerPartition < 1 || maxInHandPerPartition > maxInHand) {
            throw new IllegalArgumentException("an intake holds at most " + maxInHand + " records of a topic and "
                    + maxInHandPerPartition + " of a partition: both must be at least 1,"
                    + " and the second no more than the first.");
        }
        if (maxSpan < 1 || maxSpan > WIDEST_SPAN) {
            throw new IllegalArgumentException("an intake's span is " + maxSpan + " offsets: set 1 to " + WIDEST_SPAN
                    + ", since the finished ones among them must fit a commit's metadata.");
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("an intake's patience is " + patience + ": it cannot be negative.");
        }
    }

    /** With every topic begun as {@code auto.offset.reset} says. */
    public IntakeSettings(
            Set<String> topics, int maxInHand, int maxInHandPerPartition, int maxSpan, Duration patience) {
        this(topics, maxInHand, maxInHandPerPartition, maxSpan, patience, Set.of());
    }

    /** 2,000 records in hand a topic, the default span, 30 s of patience. */
    public static IntakeSettings of(Set<String> topics) {
        return new IntakeSettings(topics, 2_000, 2_000, DEFAULT_SPAN, Duration.ofSeconds(30));
    }

    /** The same with other limits on the records in hand. */
    public IntakeSettings inHand(int ofTopic, int ofPartition) {
        return new IntakeSettings(topics, ofTopic, ofPartition, maxSpan, patience, whole);
    }

    /** The same with another span. */
    public IntakeSettings span(int offsets) {
        return new IntakeSettings(topics, maxInHand, maxInHandPerPartition, offsets, patience, whole);
    }

    /** The same with another patience. */
    public IntakeSettings patience(Duration atRevocation) {
        return new IntakeSettings(topics, maxInHand, maxInHandPerPartition, maxSpan, atRevocation, whole);
    }

    /** The same with these topics read from their oldest record on. */
    public IntakeSettings whole(Set<String> fromTheOldest) {
        return new IntakeSettings(topics, maxInHand, maxInHandPerPartition, maxSpan, patience, fromTheOldest);
    }
}
