package io.smspipeline.localkafka.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smspipeline.localkafka.broker.LightweightBroker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds of every kind of environment; which kind these tests run on is the system property {@code sms.kafka}. */
@ExtendWith(KafkaEnvExtension.class)
class KafkaEnvTest {

    private final KafkaEnv env;

    KafkaEnvTest(KafkaEnv env) {
        this.env = env;
    }

    @Test
    void tests_of_one_run_share_one_environment(KafkaEnv handedToTheMethod) {
        assertThat(handedToTheMethod).isSameAs(env);
    }

    @Test
    void the_environment_is_the_one_that_was_asked_for() {
        switch (KafkaChoice.fromSystemProperty()) {
            case EMBEDDED -> assertThat(env.description()).startsWith("embedded broker, Kafka ");
            case DOCKER -> assertThat(env.description()).startsWith("container apache/kafka:");
            case AUTO ->
                assertThat(env.description())
                        .startsWith(ContainerEngine.find().isPresent() ? "container " : "embedded broker");
        }
    }

    @Test
    void the_broker_has_the_settings_tests_rely_on() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", env.bootstrapServers()))) {
            String node = admin.describeCluster()
                    .nodes()
                    .get(30, TimeUnit.SECONDS)
                    .iterator()
                    .next()
                    .idString();
            ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, node);
            Map<ConfigResource, Config> configs =
                    admin.describeConfigs(Set.of(broker)).all().get(30, TimeUnit.SECONDS);

            LightweightBroker.behaviour(1)
                    .forEach((property, value) -> assertThat(
                                    configs.get(broker).get(property).value())
                            .as(property)
                            .isEqualTo(value));
        }
    }

    @Test
    void a_topic_is_there_once_created_and_refused_a_second_time() throws Exception {
        env.createTopic("env-created", 2, Map.of("cleanup.policy", "compact"));

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", env.bootstrapServers()))) {
            TopicDescription topic = admin.describeTopics(List.of("env-created"))
                    .allTopicNames()
                    .get(30, TimeUnit.SECONDS)
                    .get("env-created");
            assertThat(topic.partitions()).hasSize(2);
        }
        assertThatThrownBy(() -> env.createTopic("env-created", 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("env-created");
    }

    @Test
    void transactions_and_the_new_group_protocol_work() throws Exception {
        env.createTopic("env-eos", 1);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", env.bootstrapServers(), "transactional.id", "env-eos"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("env-eos", "aborted")).get(30, TimeUnit.SECONDS);
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("env-eos", "committed")).get(30, TimeUnit.SECONDS);
            producer.commitTransaction();
        }

        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", env.bootstrapServers(),
                        "group.protocol", "consumer",
                        "group.id", "env-new-protocol",
                        "group.instance.id", "one",
                        "auto.offset.reset", "earliest",
                        "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of("env-eos"));
            List<String> values = new ArrayList<>();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
                return !values.isEmpty();
            });
            assertThat(values).containsExactly("committed");
        }
    }

    @Test
    void the_registry_answers() throws Exception {
        HttpResponse<String> subjects = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(env.registryUrl() + "/subjects"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(subjects.statusCode()).isEqualTo(200);
    }

    @Test
    void one_line_says_which_kafka_runs_and_why() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        try (KafkaEnv embedded =
                KafkaEnv.start(KafkaChoice.EMBEDDED, new PrintStream(said, true, StandardCharsets.UTF_8))) {
            assertThat(said.toString(StandardCharsets.UTF_8))
                    .isEqualTo("sms.kafka=embedded: tests use the " + embedded.description() + " at "
                            + embedded.bootstrapServers() + " (as asked)" + System.lineSeparator());
        }
    }

    @Test
    void an_unknown_choice_is_refused_with_the_known_ones() {
        assertThat(KafkaChoice.named("")).isEqualTo(KafkaChoice.AUTO);
        assertThatThrownBy(() -> KafkaChoice.named("podman"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sms.kafka is 'podman'")
                .hasMessageContaining("auto, embedded or docker");
    }
}
