package io.smspipeline.router.wire;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Where a key lies. */
public final class KeyPartition {
    private KeyPartition() {}

    /**
     * The partition of a key by Kafka's murmur2, which clients in every language have as their default.
     *
     * @param partitions of the topic, at least 1
     */
    public static int of(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
