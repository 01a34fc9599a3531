package io.smspipeline.localkafka.broker;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Broker properties for one machine: started in seconds, small in memory, quick to notice that a client or a broker
 * died. What clients can observe is the same in every kind of broker this module starts, containers included.
 */
public final class LightweightBroker {

    private LightweightBroker() {}

    /**
     * What a client can observe: topics are never created by accident, groups form at once, short sessions are
     * allowed, transactions and offsets work on as few brokers as there are.
     *
     * @param brokers how many brokers the cluster has, at least 1. With three or more, topics have three replicas of
     *     which two must have a record before it is acknowledged; with fewer, one
     */
    public static Map<String, String> behaviour(int brokers) {
        String replicas = String.valueOf(Math.min(brokers, 3));
        // With two replicas required of two, the loss of one broker would stop every write.
        String inSync = brokers >= 3 ? "2" : "1";
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("auto.create.topics.enable", "false");
        properties.put("num.partitions", "3");
        properties.put("default.replication.factor", replicas);
        properties.put("min.insync.replicas", inSync);

        // Kafka's default of three replicas would let transactions hang for ever on a single broker.
        properties.put("offsets.topic.replication.factor", replicas);
        properties.put("offsets.topic.num.partitions", "4");
        properties.put("transaction.state.log.replication.factor", replicas);
        properties.put("transaction.state.log.min.isr", inSync);
        properties.put("transaction.state.log.num.partitions", "4");
        properties.put("share.coordinator.state.topic.replication.factor", replicas);
        properties.put("share.coordinator.state.topic.min.isr", inSync);
        properties.put("share.coordinator.state.topic.num.partitions", "4");
        // A transaction of a client that was killed ends within its own timeout plus this, not plus ten seconds.
        properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");

        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("group.min.session.timeout.ms", "100");
        for (String protocol : new String[] {"consumer", "streams"}) {
            String group = "group." + protocol + ".";
            // In these protocols the session length is the broker's to say, not the client's.
            properties.put(group + "session.timeout.ms", "6000");
            properties.put(group + "min.session.timeout.ms", "1000");
            properties.put(group + "heartbeat.interval.ms", "500");
            properties.put(group + "min.heartbeat.interval.ms", "100");
            properties.put(group + "assignment.interval.ms", "0");
        }
        properties.put("group.streams.initial.rebalance.delay.ms", "0");
        return properties;
    }

    /** What only the machine notices: few threads, small buffers and segments, a dead broker noticed in seconds. */
    static Map<String, String> footprint() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
        properties.put("background.threads", "2");
        properties.put("num.recovery.threads.per.data.dir", "1");
        properties.put("group.coordinator.threads", "1");
        properties.put("group.coordinator.background.threads", "1");
        properties.put("share.coordinator.threads", "1");
        properties.put("log.cleaner.threads", "1");
        properties.put("log.cleaner.dedupe.buffer.size", "4194304");

        properties.put("log.segment.bytes", "67108864");
        // Each open segment maps two index files of this size; 1 MiB is ample for a segment of 64 MiB.
        properties.put("log.index.size.max.bytes", "1048576");
        properties.put("offsets.topic.segment.bytes", "16777216");
        properties.put("transaction.state.log.segment.bytes", "16777216");
        properties.put("share.coordinator.state.topic.segment.bytes", "16777216");
        properties.put("metadata.log.segment.bytes", "16777216");

        // A broker that was killed may register again only when the session of its former life is over.
        properties.put("broker.session.timeout.ms", "3000");
        properties.put("broker.heartbeat.interval.ms", "500");
        // A node of a cluster whose others do not come up says so, rather than waiting for ever.
        properties.put("server.max.startup.time.ms", "90000");
        properties.put("controller.quorum.append.linger.ms", "0");
        properties.put("metadata.max.idle.interval.ms", "2000");
        return properties;
    }
}
