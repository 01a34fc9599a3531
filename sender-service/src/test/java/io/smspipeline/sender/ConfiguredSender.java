package io.smspipeline.sender;

import io.smspipeline.service.drain.Service;
import io.smspipeline.service.health.Check;
import io.smspipeline.service.health.HealthChecks;
import io.smspipeline.service.metrics.ProcessMetrics;
import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.service.start.SharedParts;
import io.smspipeline.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** The sender as its own process would run it: from its configuration on. */
final class ConfiguredSender implements AutoCloseable {
    private final HealthChecks health = new HealthChecks();
    private final ProcessMetrics metrics = new ProcessMetrics();
    private final Service service = Service.named("sender", health);

    /** Starts it. @param sections what is configured besides Kafka and the topics */
    ConfiguredSender(Cluster cluster, String sections, Path data) {
        Settings settings = Settings.parse(cluster.yaml() + sections, Map.of(), ServiceSettings.TOP_LEVEL);
        ServiceSettings shared = ServiceSettings.read(settings.root());
        SenderBlueprint blueprint = new SenderBlueprint();
        SenderBlueprint.Settings own = blueprint.read(settings.root());
        settings.faults().throwIfAny();
        blueprint.start(
                service,
                own,
                new SharedParts(shared, cluster.serdes, health, metrics.registry(), Clock.systemUTC(), data));
        service.started();
    }

    boolean ready() {
        return health.readiness().values().stream().allMatch(Check::up);
    }

    @Override
    public void close() {
        service.close();
        metrics.close();
    }
}
