package io.smspipeline.client;

import io.smspipeline.schemas.deadletter.Redriven;
import io.smspipeline.schemas.registry.SchemaRegistryException;
import io.smspipeline.schemas.serde.RecordSerdes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One try at one record: read it, hand it to its handler, and say what comes next. What is no fault of the record (a registry
 * or a broker that is away) is tried for ever; what is, as often as the redelivery says. Safe for use by many threads.
 */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
    private static final Duration OUTAGE = Duration.ofSeconds(5);

    private final String group;
    private final Map<String, Route<?>> routes;
    private final RecordSerdes serdes;
    private final Redelivery redelivery;
    private final DeadLetters deadLetters;

    /**
     * @param routes by name of topic
     */
    Attempts(
            String group,
            Map<String, Route<?>> routes,
            RecordSerdes serdes,
            Redelivery redelivery,
            DeadLetters deadLetters) {
        this.group = group;
        this.routes = Map.copyOf(routes);
        this.serdes = serdes;
        this.redelivery = redelivery;
        this.deadLetters = deadLetters;
    }

    /** Empty when the record is done; else how long to wait before it is tried again. Throws nothing. */
    Optional<Duration> make(KeyedWork.Item item) {
        Optional<Duration> again = item.verdict == null ? attempt(item) : Optional.empty();
        if (again.isPresent() || item.verdict == null) {
            return again;
        }
        return deadLetters.take(item.record, item.verdict, Math.max(1, item.failures))
                ? Optional.empty()
                : Optional.of(OUTAGE);
    }

    private Optional<Duration> attempt(KeyedWork.Item item) {
        ConsumerRecord<byte[], byte[]> record = item.record;
        String origin = Redriven.origin(record);
        Route<?> route = routes.get(origin);
        if (record.value() == null) {
            // A tombstone is no event.
            return Optional.empty();
        }
        if (route == null) {
            item.verdict = "this process of group " + group + " has no handler for " + origin;
            return Optional.empty();
        }
        try {
            handle(route, item);
            return Optional.empty();
        } catch (Unreadable e) {
            if (e.passes()) {
                LOG.warn(
                        "handler outcome=retry group={} topic={} reason=\"{}\"", group, record.topic(), e.getMessage());
                return Optional.of(OUTAGE);
            }
            item.verdict = "cannot be read: " + e.getMessage();
            return Optional.empty();
        } catch (Throwable e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return failed(item, e);
        }
    }

    private Optional<Duration> failed(KeyedWork.Item item, Throwable e) {
        item.failures++;
        Optional<Duration> again = redelivery.after(item.failures);
        if (again.isEmpty()) {
            item.verdict = "the handler failed " + item.failures + " times, at last with " + e;
        }
        LOG.warn(
                "handler outcome=failed group={} topic={} partition={} offset={} attempt={}/{} again={}",
                group,
                item.record.topic(),
                item.record.partition(),
                item.record.offset(),
                item.failures,
                redelivery.tries(),
                again.map(Duration::toString).orElse("never"),
                e);
        return again;
    }

    private <E extends SpecificRecord> void handle(Route<E> route, KeyedWork.Item item) throws Exception {
        ConsumerRecord<byte[], byte[]> record = item.record;
        E event;
        try {
            event = serdes.read(Redriven.origin(record), route.type, record.value());
        } catch (SerializationException e) {
            throw new Unreadable(e);
        }
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        route.handler.handle(event, new Delivery(partition, record.offset(), item.failures + 1, record.headers()));
    }

    /** Who gets the events of a topic. */
    record Route<E extends SpecificRecord>(Class<E> type, Handler<E> handler) {}

    /** Told apart from what a handler throws, which may be a {@link SerializationException} too. */
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(SerializationException cause) {
            super(cause.getMessage(), cause);
        }

        boolean passes() {
            return getCause() instanceof SchemaRegistryException registry && registry.isUnreachable();
        }
    }
}
