package io.smspipeline.benchmark.peer;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** When the newest record of a topic was written, in milliseconds since 1970: where a peer's last receipt could be read. */
public final class LastRecord {
    private LastRecord() {}

    /** Prints -1 for a topic without records. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2) {
            System.err.println("LastRecord BROKER TOPIC: two arguments, given " + arguments.length);
            System.exit(2);
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", arguments[0]))) {
            Map<TopicPartition, OffsetSpec> newest =
                    admin.describeTopics(List.of(arguments[1])).allTopicNames().get().values().stream()
                            .flatMap(LastRecord::partitions)
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.maxTimestamp()));
            System.out.println(admin.listOffsets(newest).all().get().values().stream()
                    .mapToLong(ListOffsetsResultInfo::timestamp)
                    .max()
                    .orElse(-1));
        }
    }

    private static Stream<TopicPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream().map(partition -> new TopicPartition(topic.name(), partition.partition()));
    }
}
