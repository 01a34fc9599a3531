package io.smspipeline.intake;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What an intake tells its consumer: what it insists on, what it prefers, and the rest as configured. */
final class ConsumerSettings {
    private static final int RECORDS_PER_POLL = 500;

    private ConsumerSettings() {}

    /**
     * The consumer's whole configuration.
     *
     * <p>Members without a name of their own use the newer group protocol. Members with {@code group.instance.id} use the
     * classic one unless told otherwise: there a process started again after a hard kill takes its own place over at once,
     * where the newer protocol refuses it until the session of its former life has ended, 45 s by default.
     */
    static Map<String, Object> from(Map<String, ?> configured, IntakeSettings settings) {
        Map<String, Object> all = new HashMap<>(configured);
        all.putIfAbsent(
                ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                all.containsKey(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG) ? "classic" : "consumer");
        if ("classic"
                .equalsIgnoreCase(all.get(ConsumerConfig.GROUP_PROTOCOL_CONFIG).toString())) {
            // Those who keep their partitions in a rebalance go on working meanwhile.
            all.putIfAbsent(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        }
        all.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, perPoll(configured, settings));
        return all;
    }

    /** Records of one poll: as configured, but never so many that one poll exceeds a limit. */
    static int perPoll(Map<String, ?> configured, IntakeSettings settings) {
        Object wanted = configured.get(ConsumerConfig.MAX_POLL_RECORDS_CONFIG);
        try {
            return Limits.perPoll(
                    settings,
                    wanted == null
                            ? RECORDS_PER_POLL
                            : Integer.parseInt(wanted.toString().strip()));
        } catch (NumberFormatException e) {
            throw new ConfigException(ConsumerConfig.MAX_POLL_RECORDS_CONFIG + " is '" + wanted + "': set a number.");
        }
    }
}
