package io.smspipeline.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.intake.FilledTopic.Committed;
import io.smspipeline.intake.FilledTopic.Place;
import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records are finished in random order on several threads, and the reader is killed at random points, again and again. */
@ExtendWith(KafkaEnvExtension.class)
class KilledIntakeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KILLS = 20;
    private static final int RECORDS = 6_000;
    private static final int SHUFFLED = 200;

    private final FilledTopic topic;
    private final Set<Place> finished = new ConcurrentSkipListSet<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private Committed committed = new Committed(Map.of());

    KilledIntakeTest(KafkaEnv env) {
        topic = new FilledTopic(env, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void nothing_is_lost_and_only_what_was_not_committed_is_repeated(String protocol) throws Exception {
        Random random = Seeds.random("nothing_is_lost_" + protocol);
        Set<Place> published = topic.fillWithHoles(RECORDS, random);
        int lives = 0;
        int withFinishedSets = 0;
        while (lives < KILLS) {
            Life life = new Life(protocol, random.nextLong());
            // A crew keeps its last records back, to shuffle them with those that follow.
            int available = Math.max(1, published.size() - finished.size() - 2 * SHUFFLED);
            int enough = random.nextInt(Math.min(available, 1 + 2 * available / (KILLS - lives)));
            await().atMost(PATIENCE).until(() -> life.finishes.get() >= enough);
            life.kill();
            lives++;

            committed = topic.committed();
            withFinishedSets += committed.hasFinishedSets() ? 1 : 0;
            assertThat(violations).isEmpty();
            assertThat(published)
                    .filteredOn(place -> committed.covers(topic.partition(place.partition()), place.offset()))
                    .allMatch(finished::contains, "was finished before it was committed");
        }
        Life last = new Life(protocol, random.nextLong());
        last.crew.hurry();
        await().atMost(PATIENCE).until(() -> finished.size() == published.size());
        last.endInPeace();

        assertThat(violations).isEmpty();
        assertThat(finished).isEqualTo(published);
        assertThat(withFinishedSets)
                .as("kills with a gap in what was committed")
                .isPositive();
        committed = topic.committed();
        assertThat(published).allMatch(place -> committed.covers(topic.partition(place.partition()), place.offset()));
    }

    private final class Life {
        final AtomicInteger finishes = new AtomicInteger();
        final Crew crew;
        final Intake intake;

        Life(String protocol, long seed) {
            crew = new Crew(4, SHUFFLED, seed, this::work);
            Map<String, Object> consumer = topic.consumer();
            consumer.put("group.protocol", protocol);
            intake = new Intake(
                    IntakeSettings.of(Set.of(topic.name)).inHand(1_500, 1_000),
                    consumer,
                    this::take,
                    Commit.plain(Duration.ofMillis(2)));
            intake.start();
        }

        private void take(ConsumerRecord<byte[], byte[]> record) {
            if (committed.covers(new TopicPartition(record.topic(), record.partition()), record.offset())) {
                violations.add(record.partition() + "/" + record.offset() + " was repeated, committed were "
                        + committed.positions());
            }
            crew.give(record);
        }

        private void work(ConsumerRecord<byte[], byte[]> record) {
            // Before it is told: a kill in between makes it finished and uncommitted, never the other way round.
            finished.add(new Place(record.partition(), record.offset()));
            intake.finish(new TopicPartition(record.topic(), record.partition()), record.offset());
            finishes.incrementAndGet();
        }

        void kill() {
            intake.abandon();
            crew.close();
        }

        void endInPeace() {
            intake.close();
            crew.close();
        }
    }
}
