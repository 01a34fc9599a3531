package io.smspipeline.intake;

import java.util.Collection;
import org.apache.kafka.common.TopicPartition;

/** What the poll loop does about commits. Called on the poll thread. */
interface Commits {
    /** The taker commits: nothing to do here. */
    Commits NONE = new Commits() {
        @Override
        public void turn() {}

        @Override
        public void giveUp(Collection<TopicPartition> partitions) {}
    };

    /** Once after each poll. */
    void turn();

    /** These partitions are about to go: their progress must be committed now. */
    void giveUp(Collection<TopicPartition> partitions);
}
