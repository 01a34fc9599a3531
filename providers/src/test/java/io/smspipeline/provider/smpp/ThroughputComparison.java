package io.smspipeline.provider.smpp;

import io.smspipeline.provider.Provider;
import io.smspipeline.provider.Slot;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.contract.Feeder;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.simulator.smsc.Behaviour;
import io.smspipeline.simulator.smsc.SimulatedSmsc;
import io.smspipeline.simulator.smsc.SmscSettings;
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
 * Measures, against the simulated SMSC on this machine, one bind of ours with a window of 50 and stock jSMPP with 50 threads, in
 * turns, and prints both and their ratio. Not a test: figures depend on the machine.
 *
 * <pre>{@code java -cp ... io.smspipeline.provider.smpp.ThroughputComparison [seconds per run] [latency ms]}</pre>
 */
public final class ThroughputComparison {
    private static final int WINDOW = 50;
    private static final String TEXT = "Your code is 123456. It is valid for ten minutes. Tell nobody about it.";

    private final SimulatedSmsc smsc;
    private final Duration run;

    private ThroughputComparison(SimulatedSmsc smsc, Duration run) {
        this.smsc = smsc;
        this.run = run;
    }

    public static void main(String[] args) throws Exception {
        Duration run = Duration.ofSeconds(args.length > 0 ? Integer.parseInt(args[0]) : 3);
        Duration latency = Duration.ofMillis(args.length > 1 ? Integer.parseInt(args[1]) : 0);
        boolean receipts = args.length > 2 && Boolean.parseBoolean(args[2]);
        SmscSettings settings = SmscSettings.forTests()
                .withDuplicateMemory(1)
                .withLogSize(1)
                .withBehaviour(Behaviour.prompt()
                        .with()
                        .latency(latency)
                        .receipts(receipts)
                        .replies(false)
                        .build());
        try (SimulatedSmsc smsc = SimulatedSmsc.start(settings)) {
            ThroughputComparison comparison = new ThroughputComparison(smsc, run);
            comparison.ours();
            comparison.stock();
            List<Double> ours = new ArrayList<>();
            List<Double> stock = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                ours.add(comparison.ours());
                stock.add(comparison.stock());
            }
            System.out.printf(
                    "median: ours %.0f/s, stock jSMPP %.0f/s, ratio %.1f; accepted %d, receipts taken %d%n",
                    median(ours),
                    median(stock),
                    median(ours) / median(stock),
                    smsc.figures().accepted(),
                    smsc.figures().receiptsAcked());
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private double ours() throws InterruptedException {
        try (Provider provider = SmppTestAccount.at(smsc.port(), "bind: transceiver", "window: " + WINDOW)
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
                smsc.port(),
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
