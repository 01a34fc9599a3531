package io.smspipeline.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyedWorkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final TopicPartition FIRST = new TopicPartition("events", 0);
    private static final TopicPartition SECOND = new TopicPartition("events", 1);

    private final ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(4);
    private final Queue<Long> done = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void each_key_keeps_its_order_and_keys_do_not_wait_for_each_other_whatever_fails() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("each_key_keeps_its_order seed=" + seed);
        Random random = new Random(seed);
        Map<String, Queue<Long>> perKey = new ConcurrentHashMap<>();
        Set<String> atWork = ConcurrentHashMap.newKeySet();
        Queue<String> violations = new ConcurrentLinkedQueue<>();
        KeyedWork work = work(item -> {
            String key = key(item);
            if (!atWork.add(key)) {
                violations.add("two of " + key + " at once");
            }
            item.failures++;
            boolean fails = item.failures <= (item.record.offset() * 31 + key.hashCode()) % 3;
            if (!fails) {
                perKey.computeIfAbsent(key, made -> new ConcurrentLinkedQueue<>())
                        .add(item.record.offset());
            }
            atWork.remove(key);
            return fails ? Optional.of(Duration.ofMillis(1)) : Optional.empty();
        });
        int records = 5_000;
        for (int i = 0; i < records; i++) {
            work.add(record(FIRST, i, "key-" + random.nextInt(40)));
        }

        await().atMost(PATIENCE).until(() -> done.size() == records);

        assertThat(violations).isEmpty();
        assertThat(perKey.values())
                .allSatisfy(offsets -> assertThat(List.copyOf(offsets)).isSorted());
        await().atMost(PATIENCE).until(() -> work.flowing(FIRST) == 0);
    }

    @Test
    void a_key_that_waits_holds_back_its_own_records_alone() {
        KeyedWork work = work(item -> key(item).equals("stuck") ? Optional.of(Duration.ofDays(1)) : Optional.empty());
        work.add(record(FIRST, 0, "stuck"));
        await().atMost(PATIENCE).until(() -> work.flowing(FIRST) == 0);

        work.add(record(FIRST, 1, "stuck"));
        work.add(record(FIRST, 2, "other"));
        work.add(record(SECOND, 7, "stuck"));

        await().atMost(PATIENCE).until(() -> done.contains(2L));
        await().atMost(PATIENCE).until(() -> work.flowing(FIRST) == 0 && work.flowing(SECOND) == 0);
        assertThat(done).containsExactly(2L);
    }

    @Test
    void records_without_a_key_wait_for_nothing() {
        KeyedWork work = work(item -> item.record.offset() == 0 ? Optional.of(Duration.ofDays(1)) : Optional.empty());

        work.add(record(FIRST, 0, null));
        work.add(record(FIRST, 1, null));

        await().atMost(PATIENCE).until(() -> done.contains(1L));
    }

    @Test
    void dropped_partitions_are_idle_once_what_runs_has_ended() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        List<Long> worked = new ArrayList<>();
        KeyedWork work = work(item -> {
            worked.add(item.record.offset());
            running.countDown();
            awaitQuietly(mayEnd);
            return Optional.empty();
        });
        work.add(record(FIRST, 0, "one"));
        work.add(record(FIRST, 1, "one"));
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

        work.drop(Set.of(FIRST));

        assertThat(work.awaitIdle(Set.of(SECOND), PATIENCE)).isTrue();
        assertThat(work.awaitIdle(Set.of(FIRST), Duration.ofMillis(20))).isFalse();
        mayEnd.countDown();
        assertThat(work.awaitIdle(Set.of(FIRST), PATIENCE)).isTrue();
        assertThat(worked).containsExactly(0L);
        assertThat(work.flowing(FIRST)).isZero();
    }

    @Test
    void a_partition_that_was_dropped_and_came_back_is_worked_on() {
        KeyedWork work = work(item -> item.record.offset() == 0 ? Optional.of(Duration.ofMillis(5)) : Optional.empty());
        work.add(record(FIRST, 0, "one"));
        work.add(record(FIRST, 1, "one"));
        work.drop(Set.of(FIRST));

        work.add(record(FIRST, 1, "one"));

        await().atMost(PATIENCE).until(() -> done.contains(1L));
        assertThat(work.flowing(FIRST)).isZero();
    }

    private KeyedWork work(Function<KeyedWork.Item, Optional<Duration>> what) {
        return new KeyedWork(pool, what, record -> done.add(record.offset()));
    }

    private static String key(KeyedWork.Item item) {
        return new String(item.record.key(), UTF_8);
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset, String key) {
        return new ConsumerRecord<>(
                partition.topic(), partition.partition(), offset, key == null ? null : key.getBytes(UTF_8), null);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
