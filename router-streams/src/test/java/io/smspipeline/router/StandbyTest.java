package io.smspipeline.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.record.Command;
import io.smspipeline.record.CommandKind;
import io.smspipeline.record.EventKind;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.router.fixture.Live;
import io.smspipeline.router.fixture.Messages;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two processes that stand in for each other, on a real broker. */
@ExtendWith(KafkaEnvExtension.class)
class StandbyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int COUNT = 3_000;

    private static String yaml(int replica) {
        return """
            kafka: {streams.num.standby.replicas: "1"}
            providers: [{alias: primary, type: smpp}]
            router: {replica: %d, session-timeout: 6s}
            """.formatted(replica);
    }

    @Test
    void another_process_goes_on_with_what_waits_without_reading_it_all_again(KafkaEnv env) throws Exception {
        AtomicLong restored = new AtomicLong();
        try (Live first = new Live(env, yaml(0));
                Live second = first.beside(env, yaml(1))) {
            first.applyTopics(env);
            first.startRouterWithoutWaiting();
            second.startRouterWithoutWaiting(app -> app.streams()
                    .values()
                    .forEach(streams -> streams.setGlobalStateRestoreListener(new Counting(restored))));
            await().atMost(PATIENCE)
                    .until(() -> first.app().allRunning() && second.app().allRunning());
            schedule(first);
            await("whatever waits is there twice")
                    .atMost(PATIENCE)
                    .until(() -> waiting(first) + waiting(second) == 2L * COUNT);
            restored.set(0);

            first.app().close();

            cancelAll(second);
            assertThat(restored.get())
                    .as("records of state read again, of some %d", COUNT)
                    .isLessThan(COUNT / 4);
        }
    }

    private static void schedule(Live live) {
        for (int i = 0; i < COUNT; i++) {
            OutgoingMessage message = Messages.message("m" + i, "+4477%08d".formatted(i));
            message.setSendAt(Instant.now().plus(Duration.ofHours(1)));
            message.setCreatedAt(Instant.now());
            live.publish(live.topics().outgoing(), message.getTo(), message);
        }
        live.flush();
        live.reader(List.of(live.topics().event())).until(all -> all.size() >= COUNT);
    }

    /** Withdraws every one: only who holds it can. */
    private static void cancelAll(Live live) {
        for (int i = 0; i < COUNT; i++) {
            Command cancel = Command.newBuilder()
                    .setMessageId("m" + i)
                    .setTo("+4477%08d".formatted(i))
                    .setKind(CommandKind.CANCEL)
                    .setAt(Instant.now())
                    .build();
            live.publish(live.topics().command(), cancel.getTo(), cancel);
        }
        live.flush();
        Set<String> cancelled = live
                .reader(List.of(live.topics().event()))
                .until(all -> all.stream()
                                .filter(record -> record.value().getKind() == EventKind.CANCELLED)
                                .count()
                        >= COUNT)
                .stream()
                .map(record -> record.value())
                .filter(event -> event.getKind() == EventKind.CANCELLED)
                .map(LifecycleEvent::getMessageId)
                .collect(Collectors.toSet());
        assertThat(cancelled).hasSize(COUNT);
    }

    /** Entries of the store of what waits, in this process: its own and the copies it keeps. */
    private static long waiting(Live live) {
        KafkaStreams bulk = live.app().streams().get(Application.ROUTER_BULK);
        try (var all = bulk.store(
                        StoreQueryParameters.fromNameAndType("delayed-places", QueryableStoreTypes.keyValueStore())
                                .enableStaleStores())
                .all()) {
            long entries = 0;
            while (all.hasNext()) {
                all.next();
                entries++;
            }
            return entries;
        }
    }

    @Test
    void all_stores_of_a_process_share_one_bounded_memory(KafkaEnv env) throws Exception {
        try (Live live = Live.start(env, yaml(0))) {
            await("every store has the whole of it").atMost(PATIENCE).untilAsserted(() -> {
                List<Long> capacities = measured(live, "block-cache-capacity");
                List<Long> usages = measured(live, "block-cache-usage");
                assertThat(capacities).hasSizeGreaterThan(10).containsOnly(32L << 20);
                assertThat(Set.copyOf(usages))
                        .as("of one memory there is one usage")
                        .hasSize(1);
            });
        }
    }

    private static List<Long> measured(Live live, String name) {
        return live.app().streams().values().stream()
                .flatMap(streams -> streams.metrics().values().stream())
                .filter(metric -> metric.metricName().name().equals(name))
                .map(metric -> ((Number) metric.metricValue()).longValue())
                .toList();
    }

    /** How many records of changelogs are read into stores that go into use. */
    private record Counting(AtomicLong restored) implements StateRestoreListener {
        @Override
        public void onRestoreStart(TopicPartition partition, String store, long from, long to) {}

        @Override
        public void onBatchRestored(TopicPartition partition, String store, long to, long count) {
            restored.addAndGet(count);
        }

        @Override
        public void onRestoreEnd(TopicPartition partition, String store, long total) {}
    }
}
