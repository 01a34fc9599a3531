package io.smspipeline.sender.reading;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.TopicPartition;

/**
 * Gives each process the same part of every lane, since its share of the account's rate is the part of all partitions it owns: an
 * assignor that evens out the sum alone leaves a process with much of one lane and little of another, and the account's rate
 * unused. A partition that moves is withheld until its owner has given it up; what stays goes on being worked on meanwhile.
 * Made by Kafka, by its name in the consumer's configuration. Stateless.
 */
public final class LaneAssignor implements ConsumerPartitionAssignor {
    private final RangeAssignor range = new RangeAssignor();

    @Override
    public String name() {
        return "sms-lanes";
    }

    @Override
    public List<RebalanceProtocol> supportedProtocols() {
        return List.of(RebalanceProtocol.COOPERATIVE);
    }

    @Override
    public ByteBuffer subscriptionUserData(Set<String> topics) {
        return range.subscriptionUserData(topics);
    }

    @Override
    public GroupAssignment assign(Cluster cluster, GroupSubscription group) {
        Map<String, Assignment> wanted = range.assign(cluster, group).groupAssignment();
        Map<TopicPartition, List<String>> owners = new HashMap<>();
        group.groupSubscription()
                .forEach((member, subscription) -> subscription
                        .ownedPartitions()
                        .forEach(partition -> owners.computeIfAbsent(partition, key -> new ArrayList<>())
                                .add(member)));
        Map<String, Assignment> now = new HashMap<>();
        wanted.forEach((member, assignment) -> now.put(
                member,
                new Assignment(assignment.partitions().stream()
                        .filter(partition -> owners.getOrDefault(partition, List.of()).stream()
                                .allMatch(member::equals))
                        .toList())));
        return new GroupAssignment(now);
    }
}
