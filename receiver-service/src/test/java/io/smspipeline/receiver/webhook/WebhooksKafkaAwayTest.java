package io.smspipeline.receiver.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.localkafka.broker.BrokerSettings;
import io.smspipeline.localkafka.broker.LocalBroker;
import io.smspipeline.localkafka.registry.LocalRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The broker stops in the middle of a flood and comes back, and the provider calls again for what it was told 503. A broker of
 * its own, as others would miss theirs. {@code -Dsms.proofs=true} does it at 2,000 a second over 2,000 connections.
 */
class WebhooksKafkaAwayTest {
    private static final boolean LONG = Boolean.getBoolean("sms.proofs");
    private static final int CALLS = LONG ? 20_000 : 400;
    private static final int RATE = LONG ? 2_000 : 200;
    private static final int CONNECTIONS = LONG ? 2_000 : 200;
    private static final Duration UNTIL_ALL_ARE_TAKEN = Duration.ofMinutes(3);
    private static final long ROOM_TO_GROW = 32L << 20;

    @Test
    void callers_get_503_while_kafka_is_away_and_nothing_is_missing_when_they_come_again(@TempDir Path data)
            throws IOException {
        LocalBroker broker = LocalBroker.start(BrokerSettings.in(data.resolve("kafka")));
        BrokerSettings again = broker.settings().withPort(broker.port());
        try (LocalRegistry registry = LocalRegistry.start(broker.bootstrapServers(), 0);
                OnKafka receiver = new OnKafka(broker.bootstrapServers(), registry.url(), "away.", id -> {});
                FloodCaller caller = new FloodCaller(receiver.port(), CONNECTIONS)) {
            List<byte[]> all = signed(receiver.url("im"));
            assertThat(answers(caller, all, List.of(0), () -> {})).isEqualTo(Map.of(0, 200));
            long heapBefore = Heap.inUse();

            CompletableFuture<?>[] stopped = new CompletableFuture<?>[1];
            LocalBroker first = broker;
            Map<Integer, Integer> told = answers(
                    caller, all, numbers(0, CALLS / 2), () -> stopped[0] = CompletableFuture.runAsync(first::close));
            assertThat(told.values()).isSubsetOf(200, 503);
            assertThat(stopped[0]).succeedsWithin(Duration.ofMinutes(1));
            Map<Integer, Integer> toldWhileAway = answers(caller, all, numbers(CALLS / 2, CALLS), () -> {});
            assertThat(toldWhileAway.values()).containsOnly(503);
            told.putAll(toldWhileAway);
            long heapMeanwhile = Heap.inUse();

            broker = LocalBroker.start(again);
            List<Integer> left = refused(told);
            int toldLater = left.size();
            long end = System.nanoTime() + UNTIL_ALL_ARE_TAKEN.toNanos();
            while (!left.isEmpty() && System.nanoTime() - end < 0) {
                left = refused(answers(caller, all, left, () -> {}));
            }
            System.err.printf(
                    "Kafka away: of %d calls %d were answered 503; heap in use %d KiB before, %d KiB while it is away%n",
                    CALLS, toldLater, heapBefore >> 10, heapMeanwhile >> 10);

            assertThat(left).as("never taken").isEmpty();
            assertThat(receiver.parts().keySet())
                    .isEqualTo(numbers(0, CALLS).stream()
                            .map(number -> "us:" + id(number))
                            .collect(Collectors.toSet()));
            if (LONG) {
                assertThat(heapMeanwhile - heapBefore).as("octets more in use").isLessThan(ROOM_TO_GROW);
            }
        } finally {
            broker.close();
        }
    }

    private static String id(int number) {
        return "SM%08d".formatted(number);
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static List<byte[]> signed(String url) {
        return numbers(0, CALLS).stream()
                .map(number -> TwilioCalls.message(id(number), "+14155550100", "text of " + number))
                .map(message -> TwilioCalls.octets(url, message, TwilioCalls.signature(url, message)))
                .toList();
    }

    /** What each of these was answered. @param inTheMiddle done when half of the answers are there */
    private static Map<Integer, Integer> answers(
            FloodCaller caller, List<byte[]> all, List<Integer> numbers, Runnable inTheMiddle) throws IOException {
        Map<Integer, Integer> told = new TreeMap<>();
        caller.call(numbers.stream().map(all::get).toList(), RATE, (request, status, nanos) -> {
            told.put(numbers.get(request), status);
            if (told.size() == (numbers.size() + 1) / 2) {
                inTheMiddle.run();
            }
        });
        return told;
    }

    private static List<Integer> refused(Map<Integer, Integer> told) {
        List<Integer> refused = new ArrayList<>();
        told.forEach((number, status) -> {
            if (status != 200) {
                refused.add(number);
            }
        });
        return refused;
    }
}
