package io.smspipeline.localkafka.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smspipeline.localkafka.broker.BrokerSettings;
import io.smspipeline.localkafka.broker.LocalBroker;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTopicTest {

    private static final String SCHEMA = "{\"type\":\"record\",\"name\":\"A\",\"fields\":[]}";

    @TempDir
    Path directory;

    @Test
    void ids_outlive_a_restart_of_registry_and_broker() throws Exception {
        BrokerSettings settings;
        int id;
        try (LocalBroker broker = LocalBroker.start(BrokerSettings.in(directory));
                LocalRegistry registry = LocalRegistry.start(broker.bootstrapServers(), 0)) {
            settings = broker.settings();
            RegistryClient client = new RegistryClient(registry.url());
            client.register("other", "\"string\"");
            id = client.register("kept", SCHEMA);
            noise(broker.bootstrapServers());
        }

        try (LocalBroker broker = LocalBroker.start(settings);
                LocalRegistry registry = LocalRegistry.start(broker.bootstrapServers(), 0)) {
            RegistryClient client = new RegistryClient(registry.url());
            assertThat(client.register("kept", SCHEMA)).isEqualTo(id);
            assertThat(client.register("another", "\"long\"")).isEqualTo(id + 1);
        }
    }

    @Test
    void a_registry_goes_on_when_its_broker_comes_back() throws Exception {
        LocalBroker first = LocalBroker.start(BrokerSettings.in(directory));
        try (LocalRegistry registry = LocalRegistry.start(first.bootstrapServers(), 0)) {
            RegistryClient client = new RegistryClient(registry.url());
            int id = client.register("before", SCHEMA);
            first.close();

            try (LocalBroker second = LocalBroker.start(first.settings())) {
                assertThat(second.bootstrapServers()).isEqualTo(first.bootstrapServers());
                assertThat(client.register("after", "\"long\"")).isEqualTo(id + 1);
                assertThat(client.register("after-too", SCHEMA)).isEqualTo(id);
            }
        }
    }

    /** Records that another registry, or nobody, would have written: they must not stop this one. */
    private static void noise(String bootstrapServers) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(SchemaTopic.NAME, "{\"keytype\":\"NOOP\",\"magic\":0}", null))
                    .get(30, TimeUnit.SECONDS);
            producer.send(new ProducerRecord<>(SchemaTopic.NAME, "not json", "{"))
                    .get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_topic_that_would_forget_schemas_is_refused() throws Exception {
        try (LocalBroker broker = LocalBroker.start(BrokerSettings.in(directory))) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                admin.createTopics(Set.of(new NewTopic(SchemaTopic.NAME, 1, (short) 1)))
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }

            assertThatThrownBy(() -> LocalRegistry.start(broker.bootstrapServers(), 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cleanup.policy=delete")
                    .hasMessageContaining("Set it to compact");
        }
    }
}
