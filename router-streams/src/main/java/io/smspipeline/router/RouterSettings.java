package io.smspipeline.router;

import io.smspipeline.router.inbound.InboundSettings;
import io.smspipeline.router.routing.RouteTable;
import io.smspipeline.router.routing.RoutingSettings;
import io.smspipeline.router.status.StatusSettings;
import io.smspipeline.settings.Section;
import java.time.Duration;

/**
 * What the router reads of a configuration: section {@code router}, and those of its topologies.
 *
 * @param routing sections {@code providers} and {@code routes}
 * @param routes what the file says of routes, as it seeds an empty topic
 * @param status {@code receipt-timeout} and section {@code status}
 * @param inbound section {@code inbound}
 * @param replica this process among the routers, 0 or more: part of its static membership, hence the same after a restart and
 *     never that of another process
 * @param threads stream threads of each application, at least 1; that of statuses has twice as many
 * @param storeMemory bytes that all stores of the process share for blocks and for what is not written yet
 * @param sessionTimeout after which a process that was killed is missed, unless it is back before. At least what the
 *     brokers' {@code group.min.session.timeout.ms} allows, 6 s by default
 */
public record RouterSettings(
        RoutingSettings routing,
        String routes,
        StatusSettings status,
        InboundSettings inbound,
        int replica,
        int threads,
        long storeMemory,
        Duration sessionTimeout) {
    private static final int DEFAULT_STORE_MEMORY = 32;

    /** Reads everything. Faults are recorded in the settings; what comes back then must not be used. */
    public static RouterSettings read(Section root) {
        Section router = root.section("router");
        String replica = router.text("replica")
                .matching(text -> text.matches("[0-9]{1,4}(/[0-9]{1,4})?"), "i or i/n, such as 0/2")
                .orElse("0");
        return new RouterSettings(
                RoutingSettings.read(root),
                root.document(RouteTable.SECTIONS),
                StatusSettings.read(root),
                InboundSettings.read(root),
                // Partitions, not connections, are shared out here: of i/n only i matters.
                Integer.parseInt(replica.split("/", 2)[0]),
                router.integer("threads").between(1, 64).orElse(1),
                router.integer("store-memory-mib").between(8, 65_536).orElse(DEFAULT_STORE_MEMORY) * 1024L * 1024L,
                router.duration("session-timeout")
                        .between(Duration.ofSeconds(6), Duration.ofMinutes(5))
                        .orElse(Duration.ofSeconds(10)));
    }
}
