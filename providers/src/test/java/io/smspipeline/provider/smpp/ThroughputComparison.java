package io.smspipeline.provider.smpp;

import io.smspipeline.provider.Provider;
import io.smspipeline.provider.Slot;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.contract.Feeder;
import io.smspipeline.provider.contract.Messages;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.GeneralDataCoding;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.SMPPSession;

/**
 * Measures, against a lean SMSC in the same JVM: one bind of ours with a window of 50 beside stock jSMPP with 50 threads, in turns,
 * without latency; then with answers after 20 ms and windows of 10, 50 and 200, without and with a receipt for each message on
 * the same bind. Not a test: figures depend on the machine and on who else uses it.
 *
 * <pre>{@code java -cp ... io.smspipeline.provider.smpp.ThroughputComparison [seconds per run]}</pre>
 */
public final class ThroughputComparison {
    private static final int WINDOW = 50;
    private static final int LATENCY_MS = 20;
    private static final int ROUNDS = 3;
    private static final String TEXT = "Your code is 123456. It is valid for ten minutes. Tell nobody about it.";

    private final int port;
    private final Duration run;

    private ThroughputComparison(int port, Duration run) {
        this.port = port;
        this.run = run;
    }

    public static void main(String[] args) throws Exception {
        Duration run = Duration.ofSeconds(args.length > 0 ? Integer.parseInt(args[0]) : 3);
        besideStock(run);
        for (int window : new int[] {10, 50, 200}) {
            atLatency(run, window);
        }
    }

    private static void besideStock(Duration run) throws Exception {
        try (LeanSmsc smsc = new LeanSmsc(0, false)) {
            ThroughputComparison comparison = new ThroughputComparison(smsc.port(), run);
            // Once for the compiler.
            comparison.ours(WINDOW);
            comparison.stock();
            List<Double> ours = new ArrayList<>();
            List<Double> stock = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                ours.add(comparison.ours(WINDOW));
                stock.add(comparison.stock());
            }
            System.out.printf(
                    "no latency, window %d: ours %.0f/s, stock jSMPP with %d threads %.0f/s, ratio of the medians %.1f%n",
                    WINDOW, median(ours), WINDOW, median(stock), median(ours) / median(stock));
        }
    }

    private static void atLatency(Duration run, int window) throws Exception {
        double ceiling = window * 1000.0 / LATENCY_MS;
        try (LeanSmsc plain = new LeanSmsc(LATENCY_MS, false);
                LeanSmsc telling = new LeanSmsc(LATENCY_MS, true)) {
            List<Double> without = new ArrayList<>();
            List<Double> with = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                without.add(new ThroughputComparison(plain.port(), run).ours(window));
                with.add(new ThroughputComparison(telling.port(), run).ours(window));
            }
            System.out.printf(
                    "%d ms, window %d: %.0f/s, %.1f %% of window / latency (%.1f %% of what the SMSC kept, which was %.2f ms late);"
                            + " with a receipt for each %.0f/s, which costs"
                            + " %.1f %%; %d receipts answered%n",
                    LATENCY_MS,
                    window,
                    median(without),
                    100 * median(without) / ceiling,
                    100 * median(without) / (window * 1000.0 / (LATENCY_MS + plain.meanLateMillis())),
                    plain.meanLateMillis(),
                    median(with),
                    100 * (1 - median(with) / median(without)),
                    telling.confirmed());
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private double ours(int window) throws InterruptedException {
        try (Provider provider = SmppTestAccount.at(port, "bind: transceiver", "window: " + window)
                .open(SmppTestAccount.wiring(new ForgetfulSink()))) {
            Semaphore changed = new Semaphore(0);
            Submission[] parts =
                    new Feeder(provider).plan(Messages.text("m1", TEXT)).toArray(new Submission[0]);
            provider.onChange(changed::release);
            while (!provider.availability().up()) {
                changed.acquire();
            }
            LongAdder answered = new LongAdder();
            Duration validity = Duration.ofHours(48);
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < run.toNanos()) {
                changed.drainPermits();
                Slot slot;
                while ((slot = provider.reserve(parts[0])) != null) {
                    slot.submit(parts[0], validity).whenComplete((outcome, fault) -> answered.increment());
                }
                provider.flush();
                boolean ignored = changed.tryAcquire(100, TimeUnit.MILLISECONDS);
            }
            return rate("ours", answered.sum(), System.nanoTime() - begin);
        }
    }

    private double stock() throws Exception {
        SMPPSession session = new SMPPSession();
        session.setTransactionTimer(30_000);
        session.connectAndBind(
                "127.0.0.1",
                port,
                new BindParameter(
                        BindType.BIND_TX,
                        "test",
                        "secret",
                        "",
                        TypeOfNumber.UNKNOWN,
                        NumberingPlanIndicator.UNKNOWN,
                        ""));
        byte[] text = TEXT.getBytes(StandardCharsets.US_ASCII);
        ExecutorService threads = Executors.newFixedThreadPool(WINDOW);
        LongAdder answered = new LongAdder();
        long begin = System.nanoTime();
        for (int i = 0; i < WINDOW; i++) {
            threads.execute(() -> {
                try {
                    while (System.nanoTime() - begin < run.toNanos()) {
                        session.submitShortMessage(
                                "",
                                TypeOfNumber.NETWORK_SPECIFIC,
                                NumberingPlanIndicator.UNKNOWN,
                                "12345",
                                TypeOfNumber.INTERNATIONAL,
                                NumberingPlanIndicator.ISDN,
                                "447700900123",
                                new ESMClass(),
                                (byte) 0,
                                (byte) 0,
                                null,
                                "000002000000000R",
                                new RegisteredDelivery(0),
                                (byte) 0,
                                new GeneralDataCoding(),
                                (byte) 0,
                                text);
                        answered.increment();
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        threads.shutdown();
        if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("stock jSMPP did not come to an end");
        }
        double rate = rate("stock", answered.sum(), System.nanoTime() - begin);
        session.unbindAndClose();
        return rate;
    }

    private static double rate(String who, long answered, long nanos) {
        double rate = answered * 1e9 / nanos;
        System.out.printf("%-6s %8.0f/s%n", who, rate);
        return rate;
    }

    /** Takes everything and keeps nothing. */
    private static final class ForgetfulSink implements io.smspipeline.provider.InboundSink {
        private static final java.util.concurrent.CompletionStage<Void> TAKEN =
                java.util.concurrent.CompletableFuture.completedFuture(null);

        @Override
        public java.util.concurrent.CompletionStage<Void> receipt(
                io.smspipeline.record.Receipt receipt, String correlationId) {
            return TAKEN;
        }

        @Override
        public java.util.concurrent.CompletionStage<Void> mo(io.smspipeline.record.MoPart part) {
            return TAKEN;
        }
    }
}
