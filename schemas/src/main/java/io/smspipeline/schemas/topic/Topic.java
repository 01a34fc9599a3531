package io.smspipeline.schemas.topic;

import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;

/**
 * A topic of the catalogue: what lies in it and for how long. Keys are UTF-8 text in every topic.
 *
 * @param name full name including the prefix
 * @param type what its values are
 * @param retention how long a record is kept; in a table, how long a deletion is
 * @param spread how many partitions it has
 * @param table true when the last record of each key is kept for good and a record without a value deletes its key
 */
public record Topic<V extends SpecificRecord>(
        String name, Class<V> type, Duration retention, Spread spread, boolean table) {
    /** What decides about the partitions of a topic. */
    public enum Spread {
        /** As many as all topics that are read together. */
        COMMON,
        /** As many as one provider's senders share among them. */
        PER_PROVIDER,
        /** One: a small table that everybody reads whole. */
        SINGLE
    }

    /** Subject of its values in the registry (TopicNameStrategy). */
    public String subject() {
        return name + "-value";
    }
}
