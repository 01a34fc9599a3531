package io.smspipeline.client;

import io.smspipeline.schemas.topic.RedriveTopic;
import io.smspipeline.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the topic exists through which a group gets its dead letters again: a consumer that waits for a topic nobody
 * made complains at every look. Tried until Kafka answers; an application that may not create topics is told who can.
 */
final class OwnTopic {
    private static final Logger LOG = LoggerFactory.getLogger(OwnTopic.class);
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final String group;
    private final ScheduledExecutorService pool;

    OwnTopic(Map<String, Object> kafka, Topics topics, String group, ScheduledExecutorService pool) {
        this.kafka = kafka;
        this.topics = topics;
        this.group = group;
        this.pool = pool;
    }

    /** Begins to; returns at once. */
    void provide() {
        pool.execute(this::attempt);
    }

    private void attempt() {
        try (Admin admin = Admin.create(kafka)) {
            new RedriveTopic(admin, topics).create(List.of(group));
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
        } catch (KafkaException e) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            if (e.getCause() != null && e.getCause().getCause() instanceof AuthorizationException refused) {
                LOG.warn(
                        "redrive-topic outcome=refused topic={} reason=\"{}\" remedy=\"./sms topics apply --group {}\"",
                        topics.redrive(group),
                        refused.getMessage(),
                        group);
                return;
            }
            LOG.warn("redrive-topic outcome=retry topic={} reason=\"{}\"", topics.redrive(group), e.getMessage());
            again();
        }
    }

    private void again() {
        try {
            pool.schedule(this::attempt, AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("redrive-topic outcome=given-up reason=closed");
        }
    }
}
