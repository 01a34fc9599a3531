package io.smspipeline.receiver.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Callbacks come as fast as providers can send them, and one in a hundred is forged. In every build a short form at a rate that a
 * busy machine holds; {@code -Dsms.proofs=true} sends 2,000 a second for 30 s, looks at the rate too, and wants a machine of its
 * own. Caller, server and broker share this process.
 */
@ExtendWith(KafkaEnvExtension.class)
class WebhookFloodTest {
    private static final boolean LONG = Boolean.getBoolean("sms.proofs");
    private static final int RATE = Integer.getInteger("flood.rate", LONG ? 2_000 : 200);
    private static final int SECONDS = Integer.getInteger("flood.seconds", LONG ? 30 : 3);
    private static final int CONNECTIONS = 64;
    private static final long ROOM_TO_GROW = 32L << 20;

    private final List<byte[]> requests = new ArrayList<>();
    private final BitSet forged = new BitSet();

    @Test
    void every_good_one_is_on_its_topic_before_its_answer_and_no_forged_one_ever(KafkaEnv env) throws Exception {
        int warmUp = RATE;
        int all = warmUp + RATE * SECONDS;
        AtomicIntegerArray acknowledged = new AtomicIntegerArray(all);
        long seed = System.nanoTime();
        try (OnKafka receiver = new OnKafka(
                        env.bootstrapServers(),
                        env.registryUrl(),
                        "flood.",
                        id -> acknowledged.incrementAndGet(Integer.parseInt(id.substring(2))));
                FloodCaller caller = new FloodCaller(receiver.port(), CONNECTIONS)) {
            sign(all, receiver.url("status"), new Random(seed));
            int[] statuses = new int[all];
            long[] nanos = new long[all];
            int[] late = {0};
            called(caller, 0, warmUp, acknowledged, statuses, nanos, late);
            long before = Heap.inUse();
            long begun = System.nanoTime();
            called(caller, warmUp, all, acknowledged, statuses, nanos, late);
            double seconds = (System.nanoTime() - begun) / 1e9;
            long after = Heap.inUse();

            report(all - warmUp, seconds, Arrays.copyOfRange(nanos, warmUp, all), before, after, seed);
            int[] expected = new int[all];
            Arrays.setAll(expected, number -> forged.get(number) ? 403 : 204);
            assertThat(statuses).as("answers").isEqualTo(expected);
            assertThat(late[0]).as("2xx before Kafka had it").isZero();
            assertThat(receiver.counted("forged")).isEqualTo(forged.cardinality());
            assertThat(receiver.counted("taken")).isEqualTo(all - forged.cardinality());
            Map<String, Integer> once = new HashMap<>();
            for (int number = forged.nextClearBit(0); number < all; number = forged.nextClearBit(number + 1)) {
                once.put(id(number), 1);
            }
            assertThat(receiver.receipts()).isEqualTo(once);
            assertThat(after - before)
                    .as("octets of heap in use, after and before")
                    .isLessThan(ROOM_TO_GROW);
            if (LONG) {
                assertThat(seconds)
                        .as("seconds for what was to come in " + SECONDS)
                        .isLessThan(SECONDS + 1.0);
            }
        }
    }

    private static String id(int number) {
        return "SM%08d".formatted(number);
    }

    /** Before the clock starts: the caller's part of the work is not what is looked at. */
    private void sign(int all, String url, Random random) {
        for (int number = 0; number < all; number++) {
            Map<String, String> status = TwilioCalls.status(id(number), "+14155550100", "delivered");
            boolean isForged = random.nextInt(100) == 0;
            forged.set(number, isForged);
            String signature = TwilioCalls.signature(isForged ? url + "?" : url, status);
            requests.add(TwilioCalls.octets(url, status, signature));
        }
    }

    private void called(
            FloodCaller caller,
            int from,
            int to,
            AtomicIntegerArray acknowledged,
            int[] statuses,
            long[] nanos,
            int[] late)
            throws IOException {
        caller.call(requests.subList(from, to), RATE, (request, status, took) -> {
            int number = from + request;
            statuses[number] = status;
            nanos[number] = took;
            late[0] += status == 204 && acknowledged.get(number) == 0 ? 1 : 0;
        });
    }

    private static void report(int all, double seconds, long[] nanos, long before, long after, long seed) {
        Arrays.sort(nanos);
        System.err.printf(
                "flood: %d requests in %.1f s, %d a second asked for, %.0f done; answered within %.1f ms (half), %.1f ms"
                        + " (99 of 100), %.1f ms (all); heap in use %d KiB before, %d KiB after; seed %d%n",
                all,
                seconds,
                RATE,
                all / seconds,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6,
                nanos[nanos.length - 1] / 1e6,
                before >> 10,
                after >> 10,
                seed);
    }
}
