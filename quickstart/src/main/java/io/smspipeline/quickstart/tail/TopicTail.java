package io.smspipeline.quickstart.tail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads all partitions of some topics without belonging to a group: nobody else is disturbed, nothing is committed, and
 * what a transaction has not committed is not seen. For use by one thread.
 */
public final class TopicTail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();
    private final Map<TopicPartition, Long> endSeen;

    private TopicTail(Map<String, Object> kafka, Collection<String> topics, boolean fromBeginning) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.keySet().removeAll(List.of("value.serializer", "value.deserializer", "key.deserializer", "group.id"));
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        for (String topic : topics) {
            for (PartitionInfo info : consumer.partitionsFor(topic)) {
                partitions.add(new TopicPartition(topic, info.partition()));
            }
        }
        consumer.assign(partitions);
        endSeen = consumer.endOffsets(partitions);
        if (fromBeginning) {
            consumer.seekToBeginning(partitions);
        } else {
            endSeen.forEach(consumer::seek);
        }
    }

    /** Everything that is still kept. */
    public static TopicTail fromBeginning(Map<String, Object> kafka, Collection<String> topics) {
        return new TopicTail(kafka, topics, true);
    }

    /** What was published at this instant or later; what is not there any more is passed over. */
    public static TopicTail since(Map<String, Object> kafka, Collection<String> topics, Instant from) {
        TopicTail tail = new TopicTail(kafka, topics, false);
        Map<TopicPartition, Long> wanted = new HashMap<>();
        tail.partitions.forEach(partition -> wanted.put(partition, from.toEpochMilli()));
        tail.consumer.offsetsForTimes(wanted).forEach((partition, found) -> {
            if (found != null) {
                tail.consumer.seek(partition, found.offset());
            }
        });
        return tail;
    }

    /** What comes after this call returned. */
    public static TopicTail fromNow(Map<String, Object> kafka, Collection<String> topics) {
        return new TopicTail(kafka, topics, false);
    }

    /**
     * Hands over records until {@code consumer} has had enough or {@code patience} ends.
     *
     * @param wantsMore answers whether to go on after a record
     * @return false when time ran out
     */
    public boolean until(Duration patience, Predicate<ConsumerRecord<byte[], byte[]>> wantsMore) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() - deadline < 0) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (!wantsMore.test(record)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** As {@link #until}, but also ends, with true, at the end that the topics had when this tail was made. */
    public boolean toEnd(Duration patience, Predicate<ConsumerRecord<byte[], byte[]>> wantsMore) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() - deadline < 0) {
            if (partitions.stream()
                    .allMatch(partition -> consumer.position(partition) >= endSeen.getOrDefault(partition, 0L))) {
                return true;
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                long end = endSeen.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
                if (record.offset() < end && !wantsMore.test(record)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
