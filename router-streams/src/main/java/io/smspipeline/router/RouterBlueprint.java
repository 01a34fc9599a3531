package io.smspipeline.router;

import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.smspipeline.service.drain.Service;
import io.smspipeline.service.health.Check;
import io.smspipeline.service.start.Blueprint;
import io.smspipeline.service.start.SharedParts;
import io.smspipeline.settings.Section;
import java.time.Duration;

/** The router, put together. */
public final class RouterBlueprint implements Blueprint<RouterSettings> {
    @Override
    public String name() {
        return "router";
    }

    @Override
    public RouterSettings read(Section root) {
        return RouterSettings.read(root);
    }

    @Override
    public void start(Service service, RouterSettings settings, SharedParts shared) {
        RouterApp router = service.add(
                "applications",
                new RouterApp(
                        settings,
                        shared.settings(),
                        shared.serdes(),
                        shared.data().resolve("router"),
                        shared.clock(),
                        (application, cause) -> service.failed(application.label(), cause)),
                Duration.ofSeconds(25));
        router.streams().forEach((application, streams) -> {
            KafkaStreamsMetrics measures =
                    service.add("metrics of " + application.label(), new KafkaStreamsMetrics(streams));
            measures.bindTo(shared.meters());
        });
        service.add(
                "applications check",
                shared.health()
                        .ready(
                                "router applications",
                                () -> router.trouble().map(Check::down).orElse(Check.up("all running"))));
        service.add(
                "applications life",
                shared.health()
                        .live(
                                "router applications",
                                () -> router.isBroken()
                                        ? Check.down("an application stopped by a fault; the log says which")
                                        : Check.up("alive")));
        router.start();
    }
}
