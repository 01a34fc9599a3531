package io.smspipeline.intake;

import java.time.Duration;
import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Who works on the records. Every method is called on the intake's poll thread and must return quickly, but for
 * {@link #revoking}. What a method throws is a fault of the program: the intake stops and says so.
 */
public interface Taker {
    /**
     * The record is in the taker's hands until it calls {@link Intake#finish}. Records of one partition come in order, and one
     * that was finished before the partition came here does not come again.
     */
    void take(ConsumerRecord<byte[], byte[]> record);

    /** These partitions are ours; their records follow. */
    default void assigned(Collection<TopicPartition> partitions) {}

    /**
     * These partitions go to another member, or the intake closes. Take up nothing more of them, and return when nothing of
     * them is in flight any more or {@code patience} is over; nobody else has them before that. Nothing is polled meanwhile,
     * so {@code patience} is shorter than {@code max.poll.interval.ms}. What is finished by then is committed; the rest comes
     * again where the partition goes.
     */
    default void revoking(Collection<TopicPartition> partitions, Duration patience) {}

    /** These partitions were taken away: another member may work on them already. Nothing can be committed for them. */
    default void lost(Collection<TopicPartition> partitions) {}

    /** The intake stopped for good and reads nothing more; {@link #lost} was called for what it had. */
    default void failed(Throwable cause) {}
}
