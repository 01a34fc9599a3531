package io.smspipeline.receiver.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Callbacks come as fast as providers can send them, and one in a hundred is forged. In every build a short form at a rate that a
 * busy machine holds; {@code -Dflood.rate=2000 -Dflood.seconds=30} is the long one.
 */
@ExtendWith(KafkaEnvExtension.class)
class WebhookFloodTest {
    private static final int RATE = Integer.getInteger("flood.rate", 200);
    private static final int SECONDS = Integer.getInteger("flood.seconds", 3);
    private static final int AT_ONCE = 256;
    private static final long ROOM_TO_GROW = 48L << 20;

    private final AtomicInteger late = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger others = new AtomicInteger();
    private final Set<String> good = ConcurrentHashMap.newKeySet();

    @Test
    void every_good_one_is_on_its_topic_before_its_answer_and_no_forged_one_ever(KafkaEnv env) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        HttpClient client = HttpClient.newHttpClient();
        try (OnKafka receiver = new OnKafka(env.bootstrapServers(), env.registryUrl(), "flood.")) {
            Semaphore room = new Semaphore(AT_ONCE);
            int all = RATE * SECONDS;
            int forged = 0;
            long heapAtFirst = 0;
            long begun = System.nanoTime();
            for (int i = 0; i < all; i++) {
                long due = begun + TimeUnit.SECONDS.toNanos(i) / RATE;
                while (System.nanoTime() - due < 0) {
                    LockSupport.parkNanos(Math.max(1, due - System.nanoTime()));
                }
                boolean isForged = random.nextInt(100) == 0;
                forged += isForged ? 1 : 0;
                room.acquire();
                send(client, receiver, "SM%08d".formatted(i), isForged, room);
                if (i == all / 3) {
                    heapAtFirst = heap();
                }
            }
            room.acquire(AT_ONCE);
            double seconds = (System.nanoTime() - begun) / 1e9;
            long grown = heap() - heapAtFirst;
            System.err.printf(
                    "flood: %d requests in %.1f s, %.0f a second asked for, %.0f done, %d forged, heap %+d KiB, seed %d%n",
                    all, seconds, (double) RATE, all / seconds, forged, grown >> 10, seed);

            assertThat(others).as("answers that are neither").hasValue(0);
            assertThat(refused).as("403").hasValue(forged);
            assertThat(taken).as("2xx").hasValue(all - forged);
            assertThat(late).as("2xx before Kafka had it").hasValue(0);
            Map<String, Integer> receipts = receiver.receipts();
            assertThat(receipts.keySet()).isEqualTo(good);
            assertThat(receipts.values()).allMatch(times -> times == 1);
            assertThat(grown).as("heap after the first third and at the end").isLessThan(ROOM_TO_GROW);
        }
    }

    private void send(HttpClient client, OnKafka receiver, String id, boolean forged, Semaphore room) {
        String url = receiver.url("status");
        Map<String, String> status = TwilioCalls.status(id, "+14155550100", "delivered");
        HttpRequest request = forged
                ? TwilioCalls.call(url, status, TwilioCalls.signature(url + "?", status))
                        .build()
                : TwilioCalls.signed(url, status);
        if (!forged) {
            good.add(id);
        }
        client.sendAsync(request, BodyHandlers.discarding()).whenComplete((response, failure) -> {
            int code = failure == null ? response.statusCode() : 0;
            (code == 204 ? taken : code == 403 ? refused : others).incrementAndGet();
            if (code == 204 && !receiver.hasAcknowledged(id)) {
                late.incrementAndGet();
            }
            room.release();
        });
    }

    /** What is in use after a collection. */
    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
