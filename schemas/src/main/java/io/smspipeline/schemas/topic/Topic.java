package io.smspipeline.schemas.topic;

import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;

/**
 * A topic of the catalogue: what lies in it and for how long. Keys are UTF-8 text in every topic.
 *
 * @param name full name including the prefix
 * @param type what its values are
 * @param retention how long a record is kept
 * @param perProvider true for the topics a single provider's senders share among them
 */
public record Topic<V extends SpecificRecord>(String name, Class<V> type, Duration retention, boolean perProvider) {
    /** Subject of its values in the registry (TopicNameStrategy). */
    public String subject() {
        return name + "-value";
    }
}
