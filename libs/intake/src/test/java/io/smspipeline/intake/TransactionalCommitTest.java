package io.smspipeline.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.intake.FilledTopic.Place;
import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A taker that commits by itself: what it finished and what it produced for it in one transaction. Killed at random points,
 * within transactions too, and each record has exactly one output in the end.
 */
@ExtendWith(KafkaEnvExtension.class)
class TransactionalCommitTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KILLS = 8;
    private static final int SHUFFLED = 50;

    private final FilledTopic topic;
    private final FilledTopic outputs;
    private final KafkaEnv env;

    TransactionalCommitTest(KafkaEnv env) {
        this.env = env;
        topic = new FilledTopic(env, 2);
        outputs = new FilledTopic(env, 1);
    }

    @Test
    void each_record_has_exactly_one_output_whatever_happens_in_between() throws Exception {
        Random random = Seeds.random("each_record_has_exactly_one_output");
        Set<Place> published = topic.fillWithHoles(2_000, random);
        int recorded = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Life life = new Life(random.nextLong());
            int enough = random.nextInt(1 + Math.max(0, published.size() - recorded - 4 * SHUFFLED) / 3);
            await().atMost(PATIENCE).until(() -> life.recorded.get() >= enough);
            life.kill();
            recorded += life.recorded.get();
        }
        Life last = new Life(random.nextLong());
        last.crew.hurry();
        int rest = published.size() - recorded;
        await().atMost(PATIENCE)
                .until(() -> last.recorded.get() >= rest || last.intake.failed().isPresent());
        last.kill();

        Map<Place, Integer> counts = readOutputs();
        assertThat(counts.keySet()).isEqualTo(new TreeSet<>(published));
        assertThat(counts.values()).containsOnly(1);
    }

    private Map<Place, Integer> readOutputs() {
        Map<Place, Integer> counts = new TreeMap<>();
        Map<String, Object> config =
                new HashMap<>(Map.of("bootstrap.servers", env.bootstrapServers(), "isolation.level", "read_committed"));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition only = outputs.partition(0);
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            long end = consumer.endOffsets(List.of(only)).get(only);
            while (consumer.position(only) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    String[] place = new String(record.value()).split("/");
                    counts.merge(new Place(Integer.parseInt(place[0]), Long.parseLong(place[1])), 1, Integer::sum);
                });
            }
        }
        return counts;
    }

    /** Workers hand what they did to one recorder, which finishes and commits; it stops dead at a kill. */
    private final class Life {
        /** Records whose transaction was committed. */
        final AtomicInteger recorded = new AtomicInteger();

        final Crew crew;
        final Intake intake;
        private final LinkedBlockingQueue<ConsumerRecord<byte[], byte[]>> done = new LinkedBlockingQueue<>();
        private final KafkaProducer<byte[], byte[]> producer;
        private final Random random;
        private final Thread recorder;
        private volatile boolean killed;

        Life(long seed) {
            random = new Random(seed);
            crew = new Crew(3, SHUFFLED, seed, done::add);
            // One name for all lives: the next one ends what the one before left open.
            producer = topic.producer(Map.of("transactional.id", "recorder-" + topic.name));
            producer.initTransactions();
            intake = new Intake(
                    IntakeSettings.of(Set.of(topic.name)).inHand(600, 600),
                    topic.consumer(),
                    crew::give,
                    Commit.byTaker());
            recorder = new Thread(this::record, "recorder");
            recorder.start();
            intake.start();
        }

        private void record() {
            try {
                while (!killed) {
                    ConsumerRecord<byte[], byte[]> first = done.poll(20, TimeUnit.MILLISECONDS);
                    if (first != null) {
                        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>(List.of(first));
                        done.drainTo(batch, random.nextInt(100));
                        record(batch);
                    }
                }
            } catch (InterruptedException | KafkaException e) {
                assertThat(killed).as("failed with %s", e).isTrue();
            }
        }

        private void record(List<ConsumerRecord<byte[], byte[]>> batch) {
            for (ConsumerRecord<byte[], byte[]> each : batch) {
                intake.finish(new TopicPartition(each.topic(), each.partition()), each.offset());
            }
            var offsets = intake.committable();
            while (!killed) {
                producer.beginTransaction();
                for (ConsumerRecord<byte[], byte[]> each : batch) {
                    byte[] place = (each.partition() + "/" + each.offset()).getBytes();
                    producer.send(new ProducerRecord<>(outputs.name, place));
                }
                if (random.nextInt(5) == 0) {
                    // As after a fault that passes: the same batch again with the same offsets.
                    producer.abortTransaction();
                    continue;
                }
                producer.sendOffsetsToTransaction(offsets, intake.groupMetadata());
                if (killed) {
                    return;
                }
                producer.commitTransaction();
                intake.committed(offsets);
                recorded.addAndGet(batch.size());
                return;
            }
        }

        void kill() throws InterruptedException {
            killed = true;
            recorder.join();
            intake.abandon();
            crew.close();
            producer.close(Duration.ZERO);
        }
    }
}
