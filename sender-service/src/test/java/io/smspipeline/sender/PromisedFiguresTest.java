package io.smspipeline.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.record.TextContent;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.sender.fixture.Arrivals;
import io.smspipeline.sender.fixture.Messages;
import io.smspipeline.service.drain.Service;
import io.smspipeline.service.health.Check;
import io.smspipeline.service.health.HealthChecks;
import io.smspipeline.service.metrics.ProcessMetrics;
import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.service.start.SharedParts;
import io.smspipeline.settings.Settings;
import io.smspipeline.simulator.smsc.Behaviour;
import io.smspipeline.simulator.smsc.SimulatedSmsc;
import io.smspipeline.simulator.smsc.SmscFigures;
import io.smspipeline.simulator.smsc.SmscSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rates and delays that are promised, over a real broker and a simulated SMSC. Each build runs a short form, which prints its
 * figures and checks what no busy machine can spoil; {@code -Dsms.proofs=true} runs the long form, which checks the figures.
 */
@ExtendWith(KafkaEnvExtension.class)
class PromisedFiguresTest {
    private static final boolean LONG = Boolean.getBoolean("sms.proofs");

    private final Cluster cluster;
    private final SimulatedSmsc smsc;
    private final Arrivals arrivals = new Arrivals();
    private final ProcessMetrics metrics = new ProcessMetrics();
    private final List<Service> processes = new ArrayList<>();
    private final List<HealthChecks> healths = new ArrayList<>();

    @TempDir
    private Path data;

    PromisedFiguresTest(KafkaEnv env) throws Exception {
        cluster = new Cluster(env);
        smsc = SimulatedSmsc.start(SmscSettings.forTests().withAccount("demo", "secret"));
        smsc.addListener(arrivals);
    }

    @AfterEach
    void close() {
        processes.forEach(Service::close);
        smsc.close();
        metrics.close();
        cluster.close();
    }

    /** Starts one of {@code of} processes. */
    private Service start(int index, int of, String account) {
        // A busy machine must not take a process for dead: what moves then is repeated, and no figure.
        String yaml = cluster.yaml().replace("\"1500\"", "\"20000\"") + """
                sender: {replica: %d/%d, drain: 10s}
                providers:
                  - {alias: acme, type: smpp, host: 127.0.0.1, port: %d, system-id: demo, password: secret,
                     from: "12345", bind: transceiver, rebind: {initial: 100ms}, %s}
                """.formatted(index, of, smsc.port(), account);
        Settings settings = Settings.parse(yaml, Map.of(), ServiceSettings.TOP_LEVEL);
        ServiceSettings shared = ServiceSettings.read(settings.root());
        SenderBlueprint blueprint = new SenderBlueprint();
        SenderBlueprint.Settings own = blueprint.read(settings.root());
        settings.faults().throwIfAny();
        HealthChecks health = new HealthChecks();
        Service service = Service.named("sender-" + index, health);
        processes.add(service);
        healths.add(health);
        blueprint.start(
                service,
                own,
                new SharedParts(
                        shared,
                        cluster.serdes,
                        health,
                        metrics.registry(),
                        Clock.systemUTC(),
                        data.resolve(Integer.toString(index))));
        service.started();
        return service;
    }

    /** All processes are bound and have their partitions. */
    private void awaitReady() {
        eventually()
                .until(() -> healths.stream()
                        .allMatch(health -> health.readiness().values().stream().allMatch(Check::up)));
    }

    private static RoutedMessage message(String id, int parts) {
        OutgoingMessage message = Messages.message(id);
        message.setValidUntil(Instant.now().plusSeconds(3600));
        String text = "message " + id + " ";
        message.setContent(new TextContent(parts == 1 ? text : text.repeat(80).substring(0, 153 * (parts - 1) + 10)));
        return Messages.routed(message);
    }

    private static List<RoutedMessage> messages(String prefix, int count, int parts) {
        List<RoutedMessage> messages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            messages.add(message(prefix + i, parts));
        }
        return messages;
    }

    private static ConditionFactory eventually() {
        return await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofSeconds(240));
    }

    private static void pass(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        eventually().until(() -> System.nanoTime() - until >= 0);
    }

    @SuppressWarnings("SystemOut") // the figures are what the run is for
    private static void tell(String figures, Object... values) {
        System.out.println("figures: " + String.format(Locale.ROOT, figures, values));
    }

    @Test
    void a_limit_nobody_told_is_found_and_left_when_it_is_lifted() {
        int full = 200;
        smsc.behave(Behaviour.prompt().with().throttle(50).build());
        cluster.route(Lane.NORMAL, messages("m", LONG ? 10_000 : 300, 1));
        start(0, 1, "window: 50, parts-per-second: " + full);
        eventually().until(() -> arrivals.count() > 0);

        if (LONG) {
            pass(Duration.ofSeconds(30));
        }
        arrivals.mark();
        int before = arrivals.count();
        if (LONG) {
            pass(Duration.ofSeconds(10));
        } else {
            eventually().until(() -> arrivals.count() - before >= 100);
        }
        double found = arrivals.rate();
        SmscFigures seen = smsc.figures();
        double refused = 100.0 * seen.throttled() / seen.submits();
        smsc.behave(Behaviour.prompt());
        long lifted = System.nanoTime();
        if (LONG) {
            pass(Duration.ofSeconds(9));
            int then = arrivals.count();
            pass(Duration.ofSeconds(1));
            int after = arrivals.count() - then;
            tell(
                    "hidden limit 50/s: accepted %.1f/s, refused %.2f %%, %d/s of %d in the 10th second after it was lifted",
                    found, refused, after, full);
            assertThat(found).isBetween(45.0, 50.0);
            assertThat(refused).isLessThan(2);
            assertThat(after).isGreaterThan(full * 95 / 100);
        } else {
            eventually().until(cluster::allCommitted);
            tell(
                    "hidden limit 50/s, first seconds: accepted %.1f/s, refused %.2f %%; the rest took %.1f s",
                    found, refused, (System.nanoTime() - lifted) / 1e9);
            assertThat(arrivals.count()).isGreaterThanOrEqualTo(300);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void processes_that_share_an_account_keep_its_contract_together(int count) {
        int messages = LONG ? 400 : 25;
        for (int i = 0; i < count; i++) {
            start(i, count, "binds: 4, window: 50, parts-per-second: 100");
        }
        awaitReady();
        cluster.route(Lane.NORMAL, messages("m", messages, 4));

        eventually().until(() -> arrivals.count() >= 4 * messages);

        tell(
                "contract 100/s, four-part texts, %d processes: at most %d in any second, %.1f/s on average",
                count, smsc.figures().maxInAnySecond(), arrivals.rate());
        eventually().until(cluster::allCommitted);
        assertThat(smsc.figures().duplicates()).isZero();
        if (LONG) {
            assertThat(smsc.figures().maxInAnySecond()).isLessThanOrEqualTo(105);
            assertThat(arrivals.rate()).isGreaterThan(90);
        }
    }

    @Test
    void a_share_that_is_gained_is_used_after_a_second() {
        Service leaving = start(0, 2, "binds: 2, window: 50, parts-per-second: 100");
        start(1, 2, "binds: 2, window: 50, parts-per-second: 100");
        awaitReady();
        cluster.route(Lane.NORMAL, messages("m", LONG ? 3_000 : 300, 1));
        eventually().until(() -> arrivals.count() > 150);

        leaving.close();

        // Its place is kept for it until its session ends: it might be back in a moment.
        long left = System.nanoTime();
        int before = arrivals.count();
        if (LONG) {
            eventually().until(() -> rateOverTwoSeconds() > 90);
            double after = (System.nanoTime() - left) / 1e9;
            tell(
                    "share gained: the whole rate is used within %.1f s of a departure, 20 s of which its place is kept,"
                            + " at most %d in any second",
                    after, smsc.figures().maxInAnySecond());
            // The kept place, a second, and the two seconds over which the rate is taken, once or twice.
            assertThat(after).isLessThan(20 + 1 + 4);
            assertThat(smsc.figures().duplicates()).isZero();
            assertThat(smsc.figures().maxInAnySecond()).isLessThanOrEqualTo(105);
        } else {
            eventually().until(cluster::allCommitted);
            tell("share gained: the rest of %d took %.1f s", 300 - before, (System.nanoTime() - left) / 1e9);
            assertThat(arrivals.count()).isGreaterThanOrEqualTo(300);
        }
    }

    private double rateOverTwoSeconds() {
        int then = arrivals.count();
        pass(Duration.ofSeconds(2));
        return (arrivals.count() - then) / 2.0;
    }

    @ParameterizedTest
    @CsvSource({"1, false, 190", "1, true, 180", "4, false, 760", "4, true, 722"})
    void a_window_of_ten_is_used_to_its_limit(int binds, boolean receipts, double least) {
        int count = (LONG ? 2_000 : 100) * binds;
        smsc.behave(Behaviour.prompt()
                .with()
                .latency(Duration.ofMillis(50))
                .receipts(receipts)
                .receiptDelay(Duration.ofMillis(20))
                .build());
        cluster.route(Lane.NORMAL, messages("m", count, 1));
        start(0, 1, "binds: " + binds + ", window: 10");

        eventually().until(() -> arrivals.count() >= count / 5);
        arrivals.mark();
        eventually().until(() -> arrivals.count() >= count);

        tell(
                "window 10, answers after 50 ms, %d binds, receipts %s: %.1f/s of %d possible",
                binds, receipts ? "on" : "off", arrivals.rate(), 200 * binds);
        eventually().until(cluster::allCommitted);
        if (LONG) {
            assertThat(arrivals.rate()).isGreaterThanOrEqualTo(least);
        }
    }

    @Test
    void high_messages_pass_a_backlog_and_memory_does_not_grow_with_it() {
        int backlog = Integer.getInteger("sms.proofs.backlog", LONG ? 1_000_000 : 2_000);
        int highs = LONG ? 60 : 2;
        smsc.behave(Behaviour.prompt().with().latency(Duration.ofMillis(20)).build());
        for (int at = 0; at < backlog; at += 10_000) {
            cluster.route(Lane.LOW, messages("low" + at + "-", Math.min(10_000, backlog - at), 1));
        }
        start(0, 1, "window: 10, parts-per-second: 100");
        eventually().until(() -> arrivals.count() > 100);
        long heap = liveHeap();
        Map<String, Long> published = new TreeMap<>();
        for (int i = 0; i < highs; i++) {
            if (LONG) {
                pass(Duration.ofSeconds(1));
            }
            String id = "high" + i;
            published.put(id, System.nanoTime());
            cluster.route(Lane.HIGH, List.of(message(id, 1)));
        }
        eventually()
                .until(() -> published.keySet().stream().allMatch(id -> arrivals.at("message " + id + " ") != null));

        List<Long> delays = published.entrySet().stream()
                .map(each ->
                        TimeUnit.NANOSECONDS.toMillis(arrivals.at("message " + each.getKey() + " ") - each.getValue()))
                .sorted()
                .toList();
        long grown = (liveHeap() - heap) / (1 << 20);
        tell(
                "HIGH over %d LOW: p50 %d ms, worst of %d %d ms; live heap grew by %d MiB",
                backlog, delays.get(highs / 2), highs, delays.get(highs - 1), grown);
        if (LONG) {
            assertThat(delays.get(highs - 1)).isLessThan(1_000);
            assertThat(grown).isLessThan(50);
        }
    }

    private static long liveHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
