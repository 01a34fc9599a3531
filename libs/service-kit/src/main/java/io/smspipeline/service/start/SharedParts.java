package io.smspipeline.service.start;

import io.micrometer.core.instrument.MeterRegistry;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.service.health.HealthChecks;
import io.smspipeline.service.settings.ServiceSettings;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What the services of one process have in common.
 *
 * @param data directory for state that may be lost at the price of a slower start
 * @param doors where they listen
 */
public record SharedParts(
        ServiceSettings settings,
        RecordSerdes serdes,
        HealthChecks health,
        MeterRegistry meters,
        Clock clock,
        Path data,
        Doors doors) {
    /** Of a process in which nobody asks where its services listen. */
    public SharedParts(
            ServiceSettings settings,
            RecordSerdes serdes,
            HealthChecks health,
            MeterRegistry meters,
            Clock clock,
            Path data) {
        this(settings, serdes, health, meters, clock, data, new Doors());
    }
}
