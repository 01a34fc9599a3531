package io.smspipeline.quickstart.command;

import io.smspipeline.router.routing.ProviderRef;
import io.smspipeline.router.routing.RouteTable;
import io.smspipeline.router.routing.RoutingSettings;
import io.smspipeline.router.table.TableLog;
import io.smspipeline.settings.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands about published versions of the routes have in common. */
final class TableOptions {
    @Mixin
    private PipelineOptions pipeline = new PipelineOptions();

    @Option(names = "--json", description = "JSON objects, one a line.")
    private boolean json;

    private @Nullable PipelineAddress address;

    boolean json() {
        return json;
    }

    PipelineAddress address() {
        PipelineAddress known = address;
        if (known == null) {
            known = pipeline.address();
            address = known;
        }
        return known;
    }

    TableLog log() {
        PipelineAddress at = address();
        return new TableLog(at.settings(), at.topics(), at.serdes(), Clock.systemUTC());
    }

    /** The routes of the configuration; empty where it has none. */
    Optional<RouteTable> configured() {
        Settings settings = pipeline.settings();
        if (!settings.root().has("providers") || RouteTable.SECTIONS.stream().noneMatch(settings.root()::has)) {
            return Optional.empty();
        }
        RouteTable table = RoutingSettings.read(settings.root()).table();
        settings.faults().throwIfAny();
        return Optional.of(table);
    }

    List<ProviderRef> providers() {
        return RouteFile.providers(pipeline.settings(), address());
    }

    /** For the record. */
    static String by() {
        return System.getProperty("user.name", "somebody") + " at the command line";
    }
}
