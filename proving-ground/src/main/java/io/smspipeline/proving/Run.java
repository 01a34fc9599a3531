package io.smspipeline.proving;

import io.smspipeline.client.SmsPublisher;
import io.smspipeline.proving.fault.Fault;
import io.smspipeline.proving.fault.Hand;
import io.smspipeline.proving.ground.Ground;
import io.smspipeline.proving.guarantee.Guarantee;
import io.smspipeline.proving.ledger.Ledger;
import io.smspipeline.proving.ledger.TopicReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A run: traffic at an even rate, faults at the same time, then the judgement.
 *
 * @param brokers 1, or 3 with three replicas of which two must have a record
 * @param perSecond messages
 * @param window submits each sender may have unanswered; the bound on repeats follows from it
 * @param duration of the traffic
 * @param script faults in the order of their times
 * @param yielding whether everything but the senders leaves the CPUs to them, see {@link Ground}
 * @param back how soon a killed sender is to submit again; null: that is told and not judged
 */
public record Run(
        int brokers,
        int perSecond,
        int window,
        Duration duration,
        List<Fault> script,
        boolean yielding,
        @Nullable Duration back) {
    /** When neither the SMSC nor the status topic says anything for so long, nothing more will come. */
    private static final Duration OVER = Duration.ofSeconds(60);

    private static final Duration LOOK = Duration.ofMillis(200);

    /** For repeats that come after all messages have ended. */
    private static final Duration AFTERMATH = Duration.ofSeconds(5);

    private static final int SHOWN = 20;

    /**
     * Runs and judges.
     *
     * @param directory for data and logs; new or empty
     * @param out gets the faults as they are done, and the ledger at the end
     * @return whether every guarantee was kept
     */
    public boolean judge(Path directory, PrintStream out) throws IOException, InterruptedException {
        Ledger ledger = new Ledger();
        try (Ground ground = new Ground(directory, brokers, window, 0, ledger::submitted, yielding);
                TopicReader reader = new TopicReader(ground.kafka(), ledger);
                SmsPublisher publisher = SmsPublisher.connect(ground.kafka())) {
            out.printf(
                    "ground ready: %d messages/s for %d s, %d faults%n",
                    perSecond, duration.toSeconds(), script.size());
            Traffic traffic = new Traffic(publisher, ledger);
            CompletableFuture<Void> flowing = new CompletableFuture<>();
            Hand hand = new Hand(ground, () -> flowing.isDone() && ledger.ended() >= ledger.acknowledged());
            breakThings(traffic, flowing, hand, out);
            awaitEnd(ledger);
            print(ledger, traffic, hand, out);
            List<Guarantee> guarantees = new ArrayList<>(Guarantee.all(hand.mostRepeats()));
            if (back != null) {
                guarantees.add(Guarantee.backWithin(back, hand.returns()));
            }
            return judged(ledger, guarantees, out);
        }
    }

    private void breakThings(Traffic traffic, CompletableFuture<Void> flowing, Hand hand, PrintStream out)
            throws InterruptedException {
        long start = System.nanoTime();
        Thread thread = new Thread(
                () -> {
                    try {
                        traffic.flow(perSecond, duration);
                        flowing.complete(null);
                    } catch (InterruptedException | RuntimeException e) {
                        flowing.completeExceptionally(e);
                    }
                },
                "traffic");
        thread.start();
        try {
            for (Fault fault : script) {
                long early = start + fault.at().toNanos() - System.nanoTime();
                if (early > 0) {
                    TimeUnit.NANOSECONDS.sleep(early);
                }
                out.println(fault);
                hand.doIt(fault);
            }
            flowing.join();
        } finally {
            thread.interrupt();
        }
    }

    private static void awaitEnd(Ledger ledger) throws InterruptedException {
        while (ledger.ended() < ledger.acknowledged() && ledger.silence() < OVER.toNanos()) {
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
        TimeUnit.NANOSECONDS.sleep(AFTERMATH.toNanos());
    }

    private static void print(Ledger ledger, Traffic traffic, Hand hand, PrintStream out) {
        out.printf(
                "published %d, acknowledged %d, not acknowledged %d, ended %d: %s%n",
                ledger.opened(), ledger.acknowledged(), traffic.refused(), ledger.ended(), ledger.ends());
        out.printf("submits that came again: %d, at most %d allowed%n", ledger.repeats(), hand.mostRepeats());
        if (!hand.returns().isEmpty()) {
            out.printf(
                    "killed senders submitted again after, in ms: %s%n",
                    hand.returns().stream().map(Duration::toMillis).toList());
        }
    }

    private static boolean judged(Ledger ledger, List<Guarantee> guarantees, PrintStream out) {
        boolean kept = true;
        for (Guarantee guarantee : guarantees) {
            List<String> breaches = guarantee.broken().apply(ledger);
            out.printf("%s  %s%n", breaches.isEmpty() ? "kept  " : "BROKEN", guarantee.name());
            breaches.stream().limit(SHOWN).forEach(breach -> out.println("          " + breach));
            if (breaches.size() > SHOWN) {
                out.println("          and " + (breaches.size() - SHOWN) + " more");
            }
            kept &= breaches.isEmpty();
        }
        return kept;
    }
}
