package io.smspipeline.quickstart.command;

import io.smspipeline.router.routing.ProviderRef;
import io.smspipeline.router.table.TableLog;
import java.time.Clock;
import java.util.List;
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

    List<ProviderRef> providers() {
        return RouteFile.providers(pipeline.settings(), address());
    }

    /** For the record. */
    static String by() {
        return System.getProperty("user.name", "somebody") + " at the command line";
    }
}
