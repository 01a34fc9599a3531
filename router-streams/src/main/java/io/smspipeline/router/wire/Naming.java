package io.smspipeline.router.wire;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;

/** Insists that everything in a topology has a name of ours. */
public final class Naming {
    private Naming() {}

    /**
     * A builder that refuses stores and topics nobody named: a generated name changes with the topology, and with it the
     * topic in which our state lies. It has no other settings of its own; those of the application apply.
     */
    public static StreamsBuilder strict() {
        // Neither is used: a StreamsConfig cannot be made without them.
        StreamsConfig naming = new StreamsConfig(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                "naming",
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                "unused:9092",
                StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG,
                true,
                // Of no effect here; its absence is warned of.
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG,
                true));
        return new StreamsBuilder(new TopologyConfig(null, naming, new Properties()));
    }
}
