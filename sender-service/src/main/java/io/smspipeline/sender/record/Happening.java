package io.smspipeline.sender.record;

import io.smspipeline.provider.SendOutcome;
import io.smspipeline.record.Failure;
import io.smspipeline.sender.dispatch.Output;
import io.smspipeline.sender.lane.Attempt;
import io.smspipeline.sender.lane.Tenure;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Something that must be written down before its record is finished. Its attempt is claimed, or its tenure taken. */
public sealed interface Happening {
    /** The provider answered, or its answer was given up. */
    record Answered(Attempt attempt, SendOutcome outcome) implements Happening {}

    /** Its validity ended in our hands. */
    record Expired(Attempt attempt) implements Happening {}

    /** The provider can never carry it. */
    record Unfit(Attempt attempt, Failure failure) implements Happening {}

    /** The provider is away for too long, and somebody else could carry it. The message is withdrawn already. */
    record ProviderDown(Attempt attempt, String why) implements Happening {}

    /** The provider answered after its answer had been given up, and that was recorded. Nothing is claimed any more. */
    record Late(Attempt attempt, SendOutcome outcome) implements Happening {}

    /** A late answer came before the repeat: there is nothing to repeat. */
    record Spared(Attempt attempt) implements Happening {}

    /** It must not be submitted any more: it may have been as often as it may be. */
    record Capped(Attempt attempt) implements Happening {}

    /** It was cancelled while it waited here. */
    record Withdrawn(Attempt attempt) implements Happening {}

    /** A command was carried out, or will not be. Its attempt stands for its record. */
    record Commanded(Attempt attempt, List<Output> outputs) implements Happening {}

    /** Messages of a partition are about to be begun, and who has it next must know that they may have been. */
    record Opening(Tenure tenure) implements Happening {}

    /**
     * Nothing of these partitions is under way any more.
     *
     * @param recorded completes when that is on record
     */
    record Concluded(Set<TopicPartition> partitions, CompletableFuture<Void> recorded) implements Happening {}

    /** It is about to be submitted, once, and that must be known first. */
    record Intended(Attempt attempt) implements Happening {}

    /** The record cannot be read, hence nothing is known of its message. */
    record Unreadable(ConsumerRecord<byte[], byte[]> record, Tenure tenure, String why) implements Happening {}

    /** The message is known and cannot be handed over by a fault that is not its provider's. */
    record Faulty(ConsumerRecord<byte[], byte[]> record, Attempt attempt, String why) implements Happening {}
}
