package io.smspipeline.sender.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Who gets which partitions, over the rounds in which a group settles. */
class LaneAssignorTest {
    private static final List<String> LANES = List.of("high", "normal", "low");

    private final LaneAssignor assignor = new LaneAssignor();
    private final Map<String, List<TopicPartition>> owned = new HashMap<>();

    private static Cluster cluster(int partitions) {
        Node node = new Node(1, "127.0.0.1", 9092);
        List<PartitionInfo> infos = new ArrayList<>();
        for (String lane : LANES) {
            for (int i = 0; i < partitions; i++) {
                infos.add(new PartitionInfo(lane, i, node, new Node[] {node}, new Node[] {node}));
            }
        }
        return new Cluster("cluster", List.of(node), infos, Set.of(), Set.of());
    }

    private void round(int partitions) {
        Map<String, Subscription> members = new HashMap<>();
        owned.forEach((member, has) -> {
            Subscription subscription = new Subscription(LANES, (ByteBuffer) null, has, 1, Optional.empty());
            subscription.setGroupInstanceId(Optional.of(member));
            members.put(member, subscription);
        });
        assignor.assign(cluster(partitions), new GroupSubscription(members))
                .groupAssignment()
                .forEach((member, assignment) -> owned.put(member, assignment.partitions()));
    }

    private Map<String, Long> lanesOf(String member) {
        return owned.get(member).stream().collect(Collectors.groupingBy(TopicPartition::topic, Collectors.counting()));
    }

    @Test
    void each_process_gets_the_same_part_of_every_lane() {
        owned.put("0", List.of());
        owned.put("1", List.of());

        round(3);

        assertThat(lanesOf("0"))
                .containsOnlyKeys(LANES)
                .allSatisfy((lane, count) -> assertThat(count).isEqualTo(2));
        assertThat(lanesOf("1"))
                .containsOnlyKeys(LANES)
                .allSatisfy((lane, count) -> assertThat(count).isEqualTo(1));
    }

    @Test
    void what_moves_is_withheld_until_its_owner_gave_it_up_and_what_stays_stays() {
        owned.put("0", List.of());
        round(4);
        List<TopicPartition> all = owned.get("0");
        owned.put("1", List.of());

        round(4);

        assertThat(all).containsAll(owned.get("0"));
        assertThat(owned.get("0")).hasSize(6);
        assertThat(owned.get("1")).as("still with their owner").isEmpty();

        round(4);

        assertThat(owned.get("1")).hasSize(6).doesNotContainAnyElementsOf(owned.get("0"));
        assertThat(lanesOf("1")).containsOnlyKeys(LANES);
    }

    @Test
    void a_partition_that_two_claim_is_given_to_a_third_only_when_both_dropped_it() {
        TopicPartition claimed = new TopicPartition("high", 2);
        owned.put("0", List.of(claimed));
        owned.put("1", List.of(claimed));
        owned.put("2", List.of());

        round(3);

        assertThat(owned.values())
                .allSatisfy(partitions -> assertThat(partitions).doesNotContain(claimed));

        round(3);

        assertThat(owned.get("2")).contains(claimed);
    }
}
