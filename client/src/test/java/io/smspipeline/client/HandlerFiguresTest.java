package io.smspipeline.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.intake.Intake;
import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.schemas.deadletter.DeadLetter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What handlers are promised, with figures. Each build runs a short form, which prints them and checks what no busy machine
 * can spoil; {@code -Dsms.proofs=true} runs the long form, which checks the figures too.
 */
@ExtendWith(KafkaEnvExtension.class)
class HandlerFiguresTest {
    private static final boolean LONG = Boolean.getBoolean("sms.proofs");
    private static final int KEYS = 100;

    private final TestPipeline pipeline;
    private final String group = "group-" + UUID.randomUUID();
    private final List<SmsHandlers> started = new ArrayList<>();

    HandlerFiguresTest(KafkaEnv env) throws Exception {
        pipeline = new TestPipeline(env);
    }

    @AfterEach
    void close() {
        started.forEach(SmsHandlers::close);
        pipeline.close();
    }

    private static ConditionFactory eventually() {
        return await().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofSeconds(120));
    }

    private record Try(int sequence, int attempt, long nanos) {}

    @Test
    void while_one_key_fails_others_arrive_at_once_and_its_events_come_on_schedule_in_order_and_are_set_aside()
            throws Exception {
        List<Duration> waits = List.of(Duration.ofMillis(200), Duration.ofMillis(500), Duration.ofSeconds(1));
        Queue<Long> delays = new ConcurrentLinkedQueue<>();
        Queue<Try> tries = new ConcurrentLinkedQueue<>();
        started.add(handlers()
                .redelivery(new Redelivery(waits))
                .onStatus((status, delivery) -> {
                    long now = System.nanoTime();
                    if (status.getMessageId().equals("bad")) {
                        tries.add(new Try(status.getSequence(), delivery.attempt(), now));
                        throw new IllegalStateException("always");
                    }
                    delays.add(now - Long.parseLong(DeadLetter.header(delivery.headers(), "at")));
                })
                .start());
        eventually().until(started.get(0)::ready);

        int events = LONG ? 20_000 : 2_000;
        int failing = 3;
        long begin = System.nanoTime();
        for (int i = 0; i < events; i++) {
            if (i % (events / failing) == 1 && i / (events / failing) < failing) {
                tell("bad", i / (events / failing));
            }
            tell("good-" + i % KEYS, i);
            long early = begin + TimeUnit.MILLISECONDS.toNanos(i) - System.nanoTime();
            if (early > 0) {
                TimeUnit.NANOSECONDS.sleep(early);
            }
        }

        eventually().until(() -> deadLetters().size() == failing);
        eventually().until(() -> delays.size() == events);
        assertSchedule(List.copyOf(tries), failing, waits);
        long[] sorted = delays.stream().mapToLong(Long::longValue).sorted().toArray();
        double p50 = sorted[events / 2] / 1e6;
        double p99 = sorted[events * 99 / 100] / 1e6;
        System.out.printf(
                "handlers: %d events of %d keys at 1,000/s beside one key that fails: p50 %.1f ms, p99 %.1f ms, worst"
                        + " %.1f ms; the failing key's %d events were tried %d times%n",
                events, KEYS, p50, p99, sorted[events - 1] / 1e6, failing, tries.size());
        if (LONG) {
            assertThat(p99).isLessThan(1_000);
        }
    }

    /** Every event is tried as often as promised, never earlier than promised, and none before the one ahead of it ended. */
    private static void assertSchedule(List<Try> tries, int events, List<Duration> waits) {
        assertThat(tries)
                .extracting(each -> each.sequence() + "/" + each.attempt())
                .containsExactlyElementsOf(IntStream.range(0, events)
                        .boxed()
                        .flatMap(event ->
                                IntStream.rangeClosed(1, waits.size() + 1).mapToObj(attempt -> event + "/" + attempt))
                        .toList());
        for (int i = 1; i < tries.size(); i++) {
            if (tries.get(i).attempt() > 1) {
                assertThat(tries.get(i).nanos() - tries.get(i - 1).nanos())
                        .isGreaterThanOrEqualTo(
                                waits.get(tries.get(i).attempt() - 2).toNanos());
            }
        }
    }

    @Test
    void a_handler_that_was_away_catches_up_each_key_in_order() {
        int events = LONG ? 100_000 : 6_000;
        for (int i = 0; i < events; i++) {
            tell("m-" + i % KEYS, i);
        }
        Map<String, Queue<Integer>> perKey = new ConcurrentHashMap<>();
        AtomicInteger handled = new AtomicInteger();
        long begin = System.nanoTime();
        started.add(handlers()
                .onStatus((status, delivery) -> {
                    perKey.computeIfAbsent(status.getMessageId(), key -> new ConcurrentLinkedQueue<>())
                            .add(status.getSequence());
                    handled.incrementAndGet();
                })
                .start());

        eventually().until(() -> handled.get() == events);
        System.out.printf(
                "handlers: %d events that had gathered were handled in %.1f s, the join of the group included%n",
                events, (System.nanoTime() - begin) / 1e9);
        assertThat(perKey.values())
                .hasSize(KEYS)
                .allSatisfy(each -> assertThat(List.copyOf(each)).isSorted().doesNotHaveDuplicates());
    }

    @Test
    void at_most_ten_thousand_events_of_a_partition_are_held_back_then_it_pauses_and_goes_on_when_the_handler_does() {
        AtomicBoolean broken = new AtomicBoolean(true);
        Queue<Integer> handled = new ConcurrentLinkedQueue<>();
        AtomicInteger others = new AtomicInteger();
        int events = 12_000;
        String other = elsewhere();
        SmsHandlers handlers = handlers()
                .redelivery(new Redelivery(IntStream.range(0, 1_000)
                        .mapToObj(i -> Duration.ofMillis(500))
                        .toList()))
                .onStatus((status, delivery) -> {
                    if (status.getMessageId().equals(other)) {
                        others.incrementAndGet();
                    } else if (broken.get()) {
                        throw new IllegalStateException("away");
                    } else {
                        handled.add(status.getSequence());
                    }
                })
                .start();
        started.add(handlers);
        for (int i = 0; i < events; i++) {
            tell("bad", i);
        }
        eventually().until(() -> handlers.backlog().values().stream().anyMatch(Intake.Backlog::paused));
        tell(other, 1);
        eventually().until(() -> others.get() == 1);
        int most = handlers.backlog().values().stream()
                .mapToInt(Intake.Backlog::open)
                .max()
                .orElseThrow();
        assertThat(most).isBetween(9_000, 10_000);

        broken.set(false);

        eventually().until(() -> handled.size() == events);
        assertThat(List.copyOf(handled)).isSorted();
        assertThat(deadLetters()).isEmpty();
    }

    /** A key in another partition than {@code bad}. */
    private static String elsewhere() {
        return IntStream.range(0, 100)
                .mapToObj(i -> "elsewhere-" + i)
                .filter(key -> partition(key) != partition("bad"))
                .findFirst()
                .orElseThrow();
    }

    private static int partition(String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % TestPipeline.PARTITIONS;
    }

    private SmsHandlers.Builder handlers() {
        return SmsHandlers.with(pipeline.kafka).group(group).topics(pipeline.topics);
    }

    private void tell(String messageId, int sequence) {
        MessageStatus status = TestPipeline.status(messageId, MessageState.ROUTED, false);
        status.setSequence(sequence);
        pipeline.tells(status, "at", Long.toString(System.nanoTime()));
    }

    private List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return pipeline.contents(pipeline.topics.deadLetter());
    }
}
