package io.smspipeline.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.router.fixture.Live;
import io.smspipeline.router.fixture.Messages;
import io.smspipeline.schemas.topic.Lane;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Many messages that wait for their times, and a router that is restarted meanwhile. What must always hold is checked always;
 * the figures are printed, and checked with {@code -Dsms.proofs=true}, which takes a million of them and some 20 minutes, and
 * wants a machine of its own.
 */
@ExtendWith(KafkaEnvExtension.class)
class ScheduledTest {
    private static final boolean PROOFS = Boolean.getBoolean("sms.proofs");
    private static final int COUNT = Integer.getInteger("sms.proofs.scheduled", PROOFS ? 1_000_000 : 20_000);
    private static final Duration SPAN = Duration.ofSeconds(Integer.getInteger("sms.proofs.span", PROOFS ? 600 : 10));

    /** Until the first is due: all are to wait then. */
    private static final Duration AHEAD = PROOFS ? Duration.ofSeconds(COUNT / 4_000) : Duration.ofSeconds(8);

    /** What was due so shortly before the router ended may have waited for its tick, or for the commit. */
    private static final Duration LEAVING = Duration.ofMillis(500);

    /** Within which a router that comes back makes good what was due while it was away. */
    private static final Duration CATCHING_UP = Duration.ofSeconds(5);

    private static final Duration PATIENCE = AHEAD.plus(SPAN).plus(Duration.ofMinutes(10));
    private static final String YAML = "providers: [{alias: primary, type: smpp}]\n";

    private final int[] lateness = new int[COUNT];
    private final byte[] times = new byte[COUNT];
    private long begin;

    private long dueOf(int number) {
        return begin + number * SPAN.toMillis() / COUNT;
    }

    @Test
    void each_of_many_leaves_once_and_not_before_its_time_whatever_happens_to_the_router(KafkaEnv env)
            throws Exception {
        try (Live live = Live.start(env, YAML)) {
            long before = liveHeap();
            begin = System.currentTimeMillis() + AHEAD.toMillis();
            for (int number = 0; number < COUNT; number++) {
                OutgoingMessage message = Messages.message("m" + number, "+4477%08d".formatted(number));
                message.setSendAt(Instant.ofEpochMilli(dueOf(number)));
                message.setCreatedAt(Instant.now());
                live.publish(live.topics().outgoing(), message.getTo(), message);
            }
            live.flush();
            AtomicInteger waiting = new AtomicInteger();
            live.each(
                    List.of(live.topics().event()),
                    PATIENCE,
                    (LifecycleEvent event) -> waiting.incrementAndGet(),
                    () -> waiting.get() >= COUNT);
            long allWaitingAt = System.currentTimeMillis();
            long grown = liveHeap() - before;

            AtomicReference<long[]> down = new AtomicReference<>();
            Thread operator = new Thread(() -> down.set(restartInTheMiddle(live)), "operator");
            operator.start();
            AtomicInteger left = new AtomicInteger();
            live.each(
                    List.of(live.topics().submit("primary", Lane.NORMAL)),
                    PATIENCE,
                    (RoutedMessage routed) -> {
                        leaves(routed);
                        left.incrementAndGet();
                    },
                    () -> left.get() >= COUNT);
            operator.join();

            assertThat(left.get()).isEqualTo(COUNT);
            for (int number = 0; number < COUNT; number++) {
                assertThat(times[number]).as("times that m%d left", number).isEqualTo((byte) 1);
            }
            figures(down.get(), allWaitingAt, grown);
        }
    }

    private long[] restartInTheMiddle(Live live) {
        long middle = begin + SPAN.toMillis() / 2;
        await().pollInterval(Duration.ofMillis(20)).atMost(PATIENCE).until(() -> System.currentTimeMillis() >= middle);
        long from = System.currentTimeMillis();
        live.app().close();
        live.startRouter();
        return new long[] {from, System.currentTimeMillis()};
    }

    private void leaves(RoutedMessage routed) {
        int number = Integer.parseInt(routed.getMessage().getId().substring(1));
        long late = System.currentTimeMillis() - dueOf(number);
        assertThat(routed.getRoutedAt().toEpochMilli())
                .as("m%d is not before its time", number)
                .isGreaterThanOrEqualTo(dueOf(number));
        times[number]++;
        lateness[number] = (int) Math.max(0, late);
    }

    private void figures(long[] down, long allWaitingAt, long grown) {
        // What was due before all of them waited, or while nobody ran and until that was made good, could not be on
        // time.
        long good = down[1] + CATCHING_UP.toMillis();
        int[] counted = IntStream.range(0, COUNT)
                .filter(number -> dueOf(number) > allWaitingAt)
                .filter(number -> dueOf(number) < down[0] - LEAVING.toMillis() || dueOf(number) > good)
                .map(number -> lateness[number])
                .toArray();
        long onTimeAgain = IntStream.range(0, COUNT)
                .filter(number -> dueOf(number) > down[1] && dueOf(number) <= good + 60_000)
                .filter(number -> lateness[number] > 1_000)
                .mapToLong(number -> dueOf(number) - down[1])
                .max()
                .orElse(0);
        Arrays.sort(counted);
        System.out.printf(
                "ScheduledTest: %,d messages over %s, %,d of them compared: a reader had them p50 %d ms, p99 %d ms, at"
                        + " most %d ms after their time (over 1 s: %,d; over 500 ms: %,d); the router was away for %.1f s in the middle and on time"
                        + " again %.1f s after; live heap of"
                        + " broker, router and test +%d MiB while all waited%n",
                COUNT,
                SPAN,
                counted.length,
                at(counted, 0.5),
                at(counted, 0.99),
                at(counted, 1),
                Arrays.stream(counted).filter(late -> late > 1_000).count(),
                Arrays.stream(counted).filter(late -> late > 500).count(),
                (down[1] - down[0]) / 1000.0,
                onTimeAgain / 1000.0,
                grown >> 20);
        if (PROOFS) {
            assertThat(counted.length).isGreaterThan(COUNT / 2);
            assertThat(at(counted, 1)).isLessThanOrEqualTo(1_000);
            assertThat(grown >> 20).as("MiB").isLessThan(64);
        }
    }

    private static int at(int[] sorted, double share) {
        return sorted.length == 0 ? -1 : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }

    private static long liveHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
