package io.smspipeline.quickstart.pipeline;

import io.smspipeline.localkafka.broker.BrokerSettings;
import io.smspipeline.localkafka.broker.LocalBroker;
import io.smspipeline.localkafka.registry.LocalRegistry;
import io.smspipeline.schemas.topic.TopicScale;
import io.smspipeline.service.drain.Service;
import io.smspipeline.service.health.Check;
import io.smspipeline.service.health.HealthChecks;
import io.smspipeline.service.health.HealthServer;
import io.smspipeline.service.metrics.ProcessMetrics;
import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.service.start.Blueprint;
import io.smspipeline.service.start.Doors;
import io.smspipeline.service.start.Reach;
import io.smspipeline.service.start.SharedParts;
import io.smspipeline.service.start.StartUpFault;
import io.smspipeline.settings.Section;
import io.smspipeline.settings.Settings;
import io.smspipeline.simulator.smsc.SimulatedSmsc;
import io.smspipeline.simulator.smsc.SmscSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A whole pipeline in this JVM: broker, registry and SMSC where the configuration does not name others, topics, and every
 * service. For use by one thread.
 */
public final class LocalPipeline {
    private static final Duration READY_WITHIN = Duration.ofSeconds(180);

    private final @Nullable Path configuration;
    private final Map<String, String> environment;
    private final Ports ports;
    private final HealthChecks health;

    /**
     * @param configuration the YAML file; null for the built-in one with a simulated SMSC
     * @param environment usually {@link System#getenv()}
     * @param health the checks of this process
     */
    public LocalPipeline(
            @Nullable Path configuration, Map<String, String> environment, Ports ports, HealthChecks health) {
        this.configuration = configuration;
        this.environment = new HashMap<>(environment);
        this.ports = ports;
        this.health = health;
    }

    /**
     * Where everything listens.
     *
     * @param kafka bootstrap servers
     * @param registry its address
     * @param smsc the simulated SMSC; null when there is none
     * @param receiver port of what providers send by HTTP; empty when none of them does
     * @param health port of health and metrics
     */
    public record Running(
            String kafka, String registry, @Nullable SimulatedSmsc smsc, OptionalInt receiver, int health, Path data) {}

    /**
     * Starts everything and returns when all of it is ready.
     *
     * @param service takes the parts
     * @throws io.smspipeline.settings.SettingsException with every fault of the configuration, before anything starts
     * @throws StartUpFault when something the user can mend is in the way
     */
    public Running start(Service service, DataDirectory data) {
        QuietLogs.forOneJvm();
        Settings asWritten = settings();
        // All faults before anything starts: a broker takes seconds to come up, and none to be told of a typing error.
        WholeConfiguration.read(asWritten.root());
        asWritten.faults().throwIfAny();
        boolean ownBroker = !asWritten.root().has("kafka");
        Optional<SmscSettings> smscWanted = smsc(asWritten.root(), data.path());
        if (!asWritten.root().section("receiver").section("http").has("port")) {
            environment.put("SMS_RECEIVER__HTTP__PORT", Integer.toString(ports.webhooks()));
        }
        service.add("data", data);
        ProcessMetrics metrics = service.add("metrics", new ProcessMetrics());
        String kafka = ownBroker ? startBroker(service, data.path()) : "";
        if (!asWritten.root().has("schema-registry")) {
            startRegistry(
                    service,
                    ownBroker
                            ? kafka
                            : ServiceSettings.read(asWritten.root()).kafka().bootstrapServers());
        }
        SimulatedSmsc smsc =
                smscWanted.map(wanted -> startSmsc(service, wanted)).orElse(null);

        Settings settings = settings();
        Section root = settings.root();
        TopicScale defaults = ownBroker ? TopicScale.LOCAL : TopicScale.CLUSTER;
        ServiceSettings shared = ServiceSettings.read(root, defaults);
        List<Starting<?>> starting = new ArrayList<>();
        WholeConfiguration.SERVICES.forEach(blueprint -> starting.add(Starting.read(blueprint, root)));
        smsc(root, data.path());
        settings.faults().throwIfAny();

        Reach.both(shared.kafka(), Duration.ofSeconds(10));
        new TopicProvision(shared).apply(TopicProvision.aliases(root));
        HealthServer server = service.add("health", HealthServer.start(shared.health(), health, metrics::scrape));
        Doors doors = new Doors();
        SharedParts parts = new SharedParts(
                shared,
                shared.kafka().serdes(),
                health,
                metrics.registry(),
                Clock.systemUTC(),
                data.path().resolve("state"),
                doors);
        for (Starting<?> each : starting) {
            each.start(service, health, parts);
        }
        awaitReady(service.name());
        return new Running(
                shared.kafka().bootstrapServers(),
                shared.kafka().registry().urls().get(0).toString(),
                smsc,
                doors.of("receiver"),
                server.port(),
                data.path());
    }

    /** A service whose settings are read. */
    private record Starting<S>(Blueprint<S> blueprint, S settings) {
        static <S> Starting<S> read(Blueprint<S> blueprint, Section root) {
            return new Starting<>(blueprint, blueprint.read(root));
        }

        void start(Service whole, HealthChecks health, SharedParts parts) {
            Service service =
                    whole.add(blueprint.name(), Service.named(blueprint.name(), health), Duration.ofSeconds(60));
            blueprint.start(service, settings, parts);
            service.started();
        }
    }

    private Settings settings() {
        return configuration == null
                ? Settings.parse(builtIn(), environment, ServiceSettings.TOP_LEVEL)
                : Settings.read(configuration, environment, ServiceSettings.TOP_LEVEL);
    }

    private Optional<SmscSettings> smsc(Section root, Path data) {
        return SmscSection.read(root, ports, data.resolve("smsc.journal"));
    }

    private String startBroker(Service service, Path data) {
        LocalBroker broker = service.add(
                "broker",
                LocalBroker.start(BrokerSettings.in(data.resolve("kafka")).withPort(ports.broker())),
                Duration.ofSeconds(20));
        environment.put("SMS_KAFKA__BOOTSTRAP_SERVERS", broker.bootstrapServers());
        return broker.bootstrapServers();
    }

    private void startRegistry(Service service, String kafka) {
        LocalRegistry registry = service.add("registry", LocalRegistry.start(kafka, ports.registry()));
        environment.put("SMS_SCHEMA_REGISTRY__URL", registry.url());
    }

    private SimulatedSmsc startSmsc(Service service, SmscSettings wanted) {
        try {
            SimulatedSmsc smsc = service.add("smsc", SimulatedSmsc.start(wanted));
            if (configuration == null) {
                environment.putIfAbsent("SMS_PROVIDERS__PRIMARY__PORT", Integer.toString(smsc.port()));
            }
            if (!environment.containsKey("SMS_HEALTH__PORT") && configuration == null) {
                environment.put("SMS_HEALTH__PORT", Integer.toString(ports.health()));
            }
            return smsc;
        } catch (IOException e) {
            throw new StartUpFault(
                    "the simulated SMSC cannot listen at 127.0.0.1:" + wanted.port() + ": " + e.getMessage()
                            + ". Set smsc.port, or --port-base to another range.",
                    e);
        }
    }

    /** @param whole the service all others are parts of, which is not ready before this returns */
    private void awaitReady(String whole) {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (true) {
            List<String> waiting = new ArrayList<>();
            health.readiness().forEach((name, check) -> {
                if (!check.up() && !name.equals(whole)) {
                    waiting.add(name + ": " + check.detail());
                }
            });
            if (waiting.isEmpty()) {
                return;
            }
            for (Check life : health.liveness().values()) {
                if (!life.up()) {
                    throw new StartUpFault("the pipeline failed while starting: " + life.detail());
                }
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new StartUpFault("the pipeline is not ready after " + READY_WITHIN.toSeconds() + " s: "
                        + String.join("; ", waiting));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static String builtIn() {
        try (InputStream in = LocalPipeline.class.getResourceAsStream("/local.yaml")) {
            if (in == null) {
                throw new IllegalStateException("local.yaml is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
