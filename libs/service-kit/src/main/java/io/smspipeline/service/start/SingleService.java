package io.smspipeline.service.start;

import io.smspipeline.service.drain.Service;
import io.smspipeline.service.health.HealthChecks;
import io.smspipeline.service.health.HealthServer;
import io.smspipeline.service.metrics.ProcessMetrics;
import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process with one service: what every {@code main} of ours does. */
public final class SingleService {
    /** How long a starting process waits for Kafka and the registry, which may be starting too. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Logger log = LoggerFactory.getLogger(SingleService.class);

    private SingleService() {}

    /**
     * What a {@code main} does with its arguments, {@code --config FILE} and {@code --data DIRECTORY}.
     *
     * @return the exit code
     */
    public static int main(Blueprint<?> blueprint, String[] arguments) {
        Path configuration = null;
        Path data = Path.of(System.getProperty("java.io.tmpdir"), "sms-" + blueprint.name());
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 < arguments.length && arguments[i].equals("--config")) {
                configuration = Path.of(arguments[i + 1]);
            } else if (i + 1 < arguments.length && arguments[i].equals("--data")) {
                data = Path.of(arguments[i + 1]);
            } else {
                System.err.println(arguments[i]
                        + " is not known here, or lacks its value: use --config FILE and --data DIRECTORY.");
                return Launch.MISCONFIGURED;
            }
        }
        return run(blueprint, configuration, System.getenv(), data);
    }

    /**
     * Reads the configuration, starts the service, and returns the exit code once it was told to end and has drained.
     *
     * @param configuration the YAML file; null when the environment says everything
     * @param environment usually {@link System#getenv()}
     * @param data directory for state
     */
    public static <S> int run(
            Blueprint<S> blueprint, @Nullable Path configuration, Map<String, String> environment, Path data) {
        Settings settings = Settings.read(configuration, environment, ServiceSettings.TOP_LEVEL);
        ServiceSettings shared = ServiceSettings.read(settings.root());
        S own = blueprint.read(settings.root());
        try {
            settings.faults().throwIfAny();
        } catch (RuntimeException e) {
            return Launch.told(e, System.err);
        }
        HealthChecks health = new HealthChecks();
        ProcessMetrics metrics = new ProcessMetrics();
        return Launch.untilSignal(Service.named(blueprint.name(), health), service -> {
            service.add("metrics", metrics);
            HealthServer server = service.add("health", HealthServer.start(shared.health(), health, metrics::scrape));
            log.atInfo()
                    .addKeyValue("service", blueprint.name())
                    .addKeyValue("health", shared.health().host() + ":" + server.port())
                    .log("starting");
            Reach.both(shared.kafka(), PATIENCE);
            blueprint.start(
                    service,
                    own,
                    new SharedParts(
                            shared, shared.kafka().serdes(), health, metrics.registry(), Clock.systemUTC(), data));
        });
    }
}
