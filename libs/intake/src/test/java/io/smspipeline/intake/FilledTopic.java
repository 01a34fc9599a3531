package io.smspipeline.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.smspipeline.localkafka.env.KafkaEnv;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of its own with records in it, and what the broker says was committed for a group. */
final class FilledTopic {
    final String name = "t-" + UUID.randomUUID();
    final String group = "g-" + UUID.randomUUID();
    private final KafkaEnv env;
    private final int partitions;

    FilledTopic(KafkaEnv env, int partitions) {
        this.env = env;
        this.partitions = partitions;
        env.createTopic(name, partitions);
        awaitLeaders();
    }

    /**
     * A producer's second batch to a partition whose leader is only just coming up may be taken after its first was refused;
     * the first is then out of sequence for ever.
     */
    private void awaitLeaders() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", env.bootstrapServers()))) {
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            for (int i = 0; i < partitions; i++) {
                ends.put(partition(i), OffsetSpec.latest());
            }
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> admin.listOffsets(ends).all().get().size() == partitions);
        }
    }

    Map<String, Object> consumer() {
        return new HashMap<>(Map.of("bootstrap.servers", env.bootstrapServers(), "group.id", group));
    }

    TopicPartition partition(int number) {
        return new TopicPartition(name, number);
    }

    /** So many records, one after the other over the partitions; returns their places. */
    Set<Place> fill(int records) throws Exception {
        Set<Place> places = new TreeSet<>();
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < records; i++) {
                sent.add(send(producer, i));
            }
            add(places, sent);
        }
        return places;
    }

    /** At least so many records, in transactions of which some are aborted, so that offsets have holes. */
    Set<Place> fillWithHoles(int records, Random random) throws Exception {
        Set<Place> places = new TreeSet<>();
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("transactional.id", name))) {
            producer.initTransactions();
            int number = 0;
            while (places.size() < records) {
                producer.beginTransaction();
                List<Future<RecordMetadata>> sent = new ArrayList<>();
                for (int left = 1 + random.nextInt(120); left > 0; left--) {
                    sent.add(send(producer, number++));
                }
                if (random.nextInt(4) == 0) {
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                    add(places, sent);
                }
            }
        }
        return places;
    }

    KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put("bootstrap.servers", env.bootstrapServers());
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** What the broker holds as committed for the group. */
    Committed committed() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", env.bootstrapServers()))) {
            return new Committed(admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get());
        }
    }

    void commit(Map<TopicPartition, OffsetAndMetadata> offsets) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", env.bootstrapServers()))) {
            admin.alterConsumerGroupOffsets(group, offsets).all().get();
        }
    }

    private Future<RecordMetadata> send(KafkaProducer<byte[], byte[]> producer, int number) {
        return producer.send(new ProducerRecord<>(
                name, number % partitions, null, Integer.toString(number).getBytes(UTF_8)));
    }

    private static void add(Set<Place> places, List<Future<RecordMetadata>> sent)
            throws ExecutionException, InterruptedException {
        for (Future<RecordMetadata> each : sent) {
            RecordMetadata metadata = each.get();
            places.add(new Place(metadata.partition(), metadata.offset()));
        }
    }

    /** Where a record lies. */
    record Place(int partition, long offset) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return partition != other.partition
                    ? Integer.compare(partition, other.partition)
                    : Long.compare(offset, other.offset);
        }
    }

    /** Committed positions and finished sets. */
    record Committed(Map<TopicPartition, OffsetAndMetadata> positions) {
        boolean covers(TopicPartition partition, long offset) {
            OffsetAndMetadata position = positions.get(partition);
            return position != null
                    && (offset < position.offset()
                            || CommitNote.read(position.offset(), position.metadata())
                                    .orElseThrow()
                                    .finished()
                                    .contains(offset));
        }

        boolean hasFinishedSets() {
            return positions.values().stream().anyMatch(each -> !each.metadata().isEmpty());
        }
    }
}
