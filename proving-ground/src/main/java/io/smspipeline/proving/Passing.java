package io.smspipeline.proving;

import io.smspipeline.client.Sms;
import io.smspipeline.client.SmsPublisher;
import io.smspipeline.proving.ground.Ground;
import io.smspipeline.proving.ground.ServiceJvm;
import io.smspipeline.record.Priority;
import io.smspipeline.record.StatusReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * HIGH messages, one a second, while LOW ones wait: first in {@code sms.outgoing}, then at the provider.
 *
 * @param low how many wait
 * @param partsPerSecond of the provider's contract
 * @param high how many HIGH messages are sent
 */
public record Passing(int low, int partsPerSecond, int high) {
    private static final int IN_FLIGHT = 20_000;
    private static final Duration PROMISED = Duration.ofSeconds(1);
    private static final long PROMISED_HEAP = 50;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MARK = "high ";

    /**
     * Runs and judges.
     *
     * @param directory for data and logs; new or empty
     * @param out gets the figures
     * @return whether the slowest of a hundred came within a second, and no live heap grew by more than 50 MiB
     */
    public boolean judge(Path directory, PrintStream out) throws IOException, InterruptedException {
        Arrivals arrivals = new Arrivals();
        try (Ground ground = new Ground(directory, 1, partsPerSecond, arrivals::taken);
                SmsPublisher publisher = SmsPublisher.connect(ground.kafka())) {
            List<ServiceJvm> watched = new ArrayList<>(ground.senders());
            watched.add(ground.router());
            List<Long> before = heaps(watched);
            publishLow(publisher);
            out.printf("%d LOW published, %d of them at the SMSC by now%n", low, arrivals.others());
            sendHigh(publisher, arrivals);
            List<Long> after = heaps(watched);
            return judged(arrivals, before, after, out);
        }
    }

    private void publishLow(SmsPublisher publisher) throws InterruptedException {
        Semaphore room = new Semaphore(IN_FLIGHT);
        for (int i = 0; i < low; i++) {
            room.acquire();
            publisher
                    .publish(Sms.to("+4477%08d".formatted(i % 100_000_000))
                            .text("low " + i)
                            .priority(Priority.LOW)
                            .statusReport(StatusReport.NONE))
                    .whenComplete((id, failure) -> room.release());
        }
        room.acquire(IN_FLIGHT);
    }

    private void sendHigh(SmsPublisher publisher, Arrivals arrivals) throws InterruptedException {
        for (int i = 0; i < high; i++) {
            TimeUnit.SECONDS.sleep(1);
            String text = MARK + i;
            arrivals.leaves(text);
            publisher.publish(Sms.to("+4479%08d".formatted(i)).text(text).priority(Priority.HIGH));
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (arrivals.delays().size() < high && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static List<Long> heaps(List<ServiceJvm> services) throws InterruptedException {
        List<Long> heaps = new ArrayList<>();
        for (ServiceJvm service : services) {
            heaps.add(service.liveHeap());
        }
        return heaps;
    }

    private boolean judged(Arrivals arrivals, List<Long> before, List<Long> after, PrintStream out) {
        List<Long> delays = arrivals.delays().stream().sorted().toList();
        out.printf("%d of %d HIGH arrived, LOW at the SMSC meanwhile: %d%n", delays.size(), high, arrivals.others());
        out.printf("live heap of senders and router in MiB, before %s, after %s%n", before, after);
        if (delays.size() < high) {
            return false;
        }
        long p99 = delays.get((int) Math.ceil(delays.size() * 0.99) - 1);
        out.printf(
                "from publishing to the SMSC, in ms: p50 %d, p99 %d, slowest %d%n",
                delays.get(delays.size() / 2), p99, delays.get(delays.size() - 1));
        boolean kept = p99 < PROMISED.toMillis() && arrivals.others() < low;
        for (int i = 0; i < before.size(); i++) {
            kept &= after.get(i) - before.get(i) <= PROMISED_HEAP;
        }
        return kept;
    }

    private static final class Arrivals {
        private final Map<String, Long> left = new ConcurrentHashMap<>();
        private final ConcurrentLinkedQueue<Long> delays = new ConcurrentLinkedQueue<>();
        private final AtomicInteger others = new AtomicInteger();

        void leaves(String text) {
            left.put(text, System.nanoTime());
        }

        void taken(@Nullable String text, int part) {
            Long since = text == null ? null : left.remove(text);
            if (since != null) {
                delays.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since));
            } else {
                others.incrementAndGet();
            }
        }

        ConcurrentLinkedQueue<Long> delays() {
            return delays;
        }

        int others() {
            return others.get();
        }
    }
}
