package io.smspipeline.quickstart.tail;

import io.smspipeline.record.MessageStatus;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Hears of every status from the moment it is made. For use by one thread. */
public final class StatusWatch implements AutoCloseable {
    private final TopicTail tail;
    private final Topic<MessageStatus> status;
    private final RecordSerdes serdes;

    private StatusWatch(TopicTail tail, Topic<MessageStatus> status, RecordSerdes serdes) {
        this.tail = tail;
        this.status = status;
        this.serdes = serdes;
    }

    /** From now on. */
    public static StatusWatch from(Map<String, Object> kafka, Topics topics, RecordSerdes serdes) {
        Topic<MessageStatus> status = topics.status();
        return new StatusWatch(TopicTail.fromNow(kafka, List.of(status.name())), status, serdes);
    }

    /**
     * Hands over statuses until {@code wantsMore} says no.
     *
     * @return false when time ran out
     */
    public boolean until(Duration patience, Predicate<MessageStatus> wantsMore) {
        return tail.until(patience, record -> wantsMore.test(serdes.read(status, record.value())));
    }

    @Override
    public void close() {
        tail.close();
    }
}
