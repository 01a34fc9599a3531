package io.smspipeline.quickstart.pipeline;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Silences what Kafka warns of when a broker and its clients start together in one JVM: topics that are just being created,
 * a state directory that may be a temporary one. None of it is a fault here, and a newcomer cannot know that.
 */
public final class QuietLogs {
    private static final List<String> TALKATIVE = List.of(
            "org.apache.kafka.clients.NetworkClient",
            "org.apache.kafka.clients.producer.internals.TransactionManager",
            "org.apache.kafka.streams.processor.internals.StateDirectory",
            "org.apache.kafka.controller.QuorumController",
            "kafka.server.DefaultAutoTopicCreationManager");

    private QuietLogs() {}

    /** For this JVM, once. Does nothing where another logging library is bound. */
    public static void forOneJvm() {
        for (String name : TALKATIVE) {
            if (LoggerFactory.getLogger(name) instanceof Logger logger) {
                logger.setLevel(Level.ERROR);
            }
        }
    }
}
