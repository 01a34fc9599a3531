package io.smspipeline.localkafka.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerTest {

    @TempDir
    static Path directory;

    private static LocalBroker broker;
    private static Topics topics;

    @BeforeAll
    static void startBroker() {
        broker = LocalBroker.start(BrokerSettings.in(directory));
        topics = new Topics(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void a_broker_started_again_on_its_directory_and_port_has_kept_its_records(@TempDir Path kept) throws Exception {
        BrokerSettings settings;
        try (LocalBroker first = LocalBroker.start(BrokerSettings.in(kept))) {
            settings = first.settings();
            new Topics(first.bootstrapServers()).create("kept", 1);
            new Topics(first.bootstrapServers()).write("kept", List.of("a", "b", "c"));
        }

        try (LocalBroker second = LocalBroker.start(settings)) {
            assertThat(second.port()).isEqualTo(settings.port());
            assertThat(new Topics(second.bootstrapServers()).committed("kept")).containsExactly("a", "b", "c");
        }
    }

    @Test
    void a_second_broker_on_a_directory_in_use_is_refused() {
        assertThatThrownBy(() -> LocalBroker.start(BrokerSettings.in(directory)))
                .isInstanceOf(LocalBrokerException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("in use by another broker");
    }

    @Test
    void a_port_in_use_is_named_before_the_directory_is_touched(@TempDir Path untouched) throws Exception {
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

            assertThatThrownBy(
                            () -> LocalBroker.start(BrokerSettings.in(untouched).withPort(other.getLocalPort())))
                    .isInstanceOf(LocalBrokerException.class)
                    .hasMessageContaining("port " + other.getLocalPort())
                    .hasMessageContaining("taken");
        }
        assertThat(untouched).isEmptyDirectory();
    }

    @Test
    void a_setting_kafka_refuses_leaves_the_directory_free_for_another_start(@TempDir Path again) {
        assertThatThrownBy(() -> LocalBroker.start(BrokerSettings.in(again).with("num.io.threads", "none")))
                .isInstanceOf(LocalBrokerException.class)
                .hasMessageContaining("num.io.threads");

        LocalBroker.start(BrokerSettings.in(again)).close();
    }

    @Test
    void a_topic_is_not_created_by_naming_it() throws Exception {
        try (KafkaProducer<String, String> producer = topics.producer(Map.of("max.block.ms", "1000"))) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("never-created", "x"))
                            .get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfAny(TimeoutException.class, UnknownTopicOrPartitionException.class);
        }
        assertThat(topics.names()).doesNotContain("never-created");
    }

    @Test
    void exactly_once_moves_records_and_offsets_together() throws Exception {
        topics.create("eos-in", 1);
        topics.create("eos-out", 1);
        topics.write("eos-in", List.of("1", "2"));
        TopicPartition in = new TopicPartition("eos-in", 0);
        Map<TopicPartition, OffsetAndMetadata> afterBoth = Map.of(in, new OffsetAndMetadata(2));
        try (KafkaProducer<String, String> producer = topics.producer(Map.of("transactional.id", "eos-test"))) {
            producer.initTransactions();

            producer.beginTransaction();
            producer.send(new ProducerRecord<>("eos-out", "given up")).get(60, TimeUnit.SECONDS);
            producer.sendOffsetsToTransaction(afterBoth, group("eos-given-up"));
            producer.abortTransaction();

            producer.beginTransaction();
            producer.send(new ProducerRecord<>("eos-out", "kept")).get(60, TimeUnit.SECONDS);
            producer.sendOffsetsToTransaction(afterBoth, group("eos-kept"));
            producer.commitTransaction();
        }

        assertThat(topics.committed("eos-out")).containsExactly("kept");
        assertThat(offset(in, "eos-kept")).isEqualTo(new OffsetAndMetadata(2));
        assertThat(offset(in, "eos-given-up")).isNull();
    }

    private static ConsumerGroupMetadata group(String id) {
        try (KafkaConsumer<String, String> consumer = topics.consumer(Map.of("group.id", id))) {
            return consumer.groupMetadata();
        }
    }

    private static OffsetAndMetadata offset(TopicPartition partition, String group) {
        try (KafkaConsumer<String, String> consumer = topics.consumer(Map.of("group.id", group))) {
            return consumer.committed(Set.of(partition), Duration.ofSeconds(60)).get(partition);
        }
    }

    @Test
    void a_transaction_whose_producer_died_ends_after_its_timeout() throws Exception {
        topics.create("abandoned", 1);
        KafkaProducer<String, String> dying =
                topics.producer(Map.of("transactional.id", "dying", "transaction.timeout.ms", "1000"));
        dying.initTransactions();
        dying.beginTransaction();
        dying.send(new ProducerRecord<>("abandoned", "never")).get(60, TimeUnit.SECONDS);
        dying.close(Duration.ZERO);

        topics.write("abandoned", List.of("behind it"));

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topics.committed("abandoned")).containsExactly("behind it"));
    }

    @Test
    void a_group_of_the_new_protocol_shares_partitions_and_takes_over_from_a_member_that_leaves() throws Exception {
        topics.create("shared", 4);
        Map<String, Object> member = Map.of("group.protocol", "consumer", "group.id", "new-protocol");
        try (KafkaConsumer<String, String> stays = topics.consumer(member)) {
            try (KafkaConsumer<String, String> leaves = topics.consumer(member)) {
                stays.subscribe(List.of("shared"));
                leaves.subscribe(List.of("shared"));
                Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                    stays.poll(Duration.ofMillis(50));
                    leaves.poll(Duration.ofMillis(50));
                    return stays.assignment().size() == 2 && leaves.assignment().size() == 2;
                });
            }
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                stays.poll(Duration.ofMillis(50));
                return stays.assignment().size() == 4;
            });
        }
    }

    @Test
    void a_classic_member_may_ask_for_a_session_of_a_second() throws Exception {
        topics.create("short-session", 1);
        Map<String, Object> member =
                Map.of("session.timeout.ms", "1000", "heartbeat.interval.ms", "300", "group.id", "short-session");
        try (KafkaConsumer<String, String> consumer = topics.consumer(member)) {
            consumer.subscribe(List.of("short-session"));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(50));
                return consumer.assignment().size() == 1;
            });
        }
    }
}
