package io.smspipeline.localkafka.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartitionInfo;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterTest {

    @TempDir
    Path directory;

    @Test
    void three_brokers_go_on_without_any_one_of_them_and_keep_all_through_a_restart() throws Exception {
        try (LocalCluster cluster = LocalCluster.start(3, directory)) {
            Topics topics = new Topics(cluster.bootstrapServers());
            topics.create("replicated", 1);
            TopicPartitionInfo partition = partition(cluster, "replicated");
            assertThat(partition.replicas()).hasSize(3);
            int leader = partition.leader().id();
            try (KafkaProducer<String, String> producer = topics.producer(Map.of())) {
                send(producer, "with three");

                cluster.stop(leader);
                assertThat(cluster.running()).hasSize(2).doesNotContain(leader);
                send(producer, "with two");

                cluster.start(leader);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> partition(cluster, "replicated").isr().size() == 3);
                cluster.stop(leader % 3 + 1);
                send(producer, "without another");
            }

            assertThat(topics.committed("replicated")).containsExactly("with three", "with two", "without another");
        }

        try (LocalCluster again = LocalCluster.start(3, directory)) {
            assertThat(new Topics(again.bootstrapServers()).committed("replicated"))
                    .containsExactly("with three", "with two", "without another");
        }
    }

    @Test
    void a_cluster_of_none_is_refused() {
        assertThatThrownBy(() -> LocalCluster.start(0, directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 brokers");
    }

    private static void send(KafkaProducer<String, String> producer, String value) throws Exception {
        producer.send(new ProducerRecord<>("replicated", value)).get(60, TimeUnit.SECONDS);
    }

    private static TopicPartitionInfo partition(LocalCluster cluster, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            TopicDescription description = admin.describeTopics(List.of(topic))
                    .topicNameValues()
                    .get(topic)
                    .get(60, TimeUnit.SECONDS);
            return description.partitions().get(0);
        }
    }
}
