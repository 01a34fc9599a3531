package io.smspipeline.router;

import io.smspipeline.record.RouteTable;
import io.smspipeline.router.routing.RoutingPolicy;
import io.smspipeline.router.table.TableLog;
import io.smspipeline.router.wire.Unreadable;
import io.smspipeline.service.start.StartUpFault;
import io.smspipeline.settings.SettingsException;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the configuration file says of routes, at the start of a router: the first version where there is none, and a thing to
 * tell of where the topic says something else, since the topic wins.
 *
 * @param log the versions there are
 */
record FileTable(RouterSettings settings, TableLog log) {
    private static final Logger LOG = LoggerFactory.getLogger(FileTable.class);
    private static final String NOTHING = "{}";

    /** @throws StartUpFault when the topic cannot be read or written */
    void seedOrCompare() {
        List<RouteTable> versions;
        try {
            versions = settings.routes().equals(NOTHING)
                    ? log.versions()
                    : log.seed(settings.routes(), "router " + settings.replica());
        } catch (KafkaException e) {
            if (Unreadable.registryUnreachable(e)) {
                LOG.warn(
                        "routes outcome=unseeded: {}. The next start compares the file with what is published.",
                        e.getMessage());
                return;
            }
            throw new StartUpFault("the routes cannot be read from their topic: " + e.getMessage(), e);
        }
        if (!versions.isEmpty() && !settings.routes().equals(NOTHING)) {
            compare(versions.get(versions.size() - 1));
        }
    }

    private void compare(RouteTable last) {
        try {
            var published = io.smspipeline.router.routing.RouteTable.parse(
                    last.getVersion(),
                    last.getContent(),
                    settings.routing().table().providers(),
                    RoutingPolicy.NONE);
            if (!published.decidesLike(settings.routing().table())) {
                LOG.warn(
                        "routes version={} outcome=file-differs: the published version decides, not the configuration"
                                + " file. `./sms routes apply FILE` makes the file the next version.",
                        last.getVersion());
            }
        } catch (SettingsException e) {
            LOG.error(
                    "routes version={} outcome=refused: an earlier version decides, or the file. {}",
                    last.getVersion(),
                    e.getMessage());
        }
    }
}
