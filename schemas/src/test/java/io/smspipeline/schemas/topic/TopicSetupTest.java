package io.smspipeline.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.schemas.registry.RegistrySettings;
import io.smspipeline.schemas.registry.RestSchemaRegistry;
import io.smspipeline.schemas.registry.SchemaRegistryException;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.serde.Samples;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** The catalogue against a real broker and a registry behind its REST interface. */
@ExtendWith(KafkaEnvExtension.class)
class TopicSetupTest {
    private static final List<String> ALIASES = List.of("primary");

    private Map<String, Object> kafka;
    private Admin admin;
    private RestSchemaRegistry registry;
    private Topics topics;

    @BeforeEach
    void connect(KafkaEnv env, TestInfo test) {
        kafka = Map.of("bootstrap.servers", env.bootstrapServers(), "schema.registry.url", env.registryUrl());
        admin = Admin.create(kafka);
        registry = new RestSchemaRegistry(RegistrySettings.from(kafka));
        topics = new Topics("t" + Math.abs(test.getDisplayName().hashCode()) + ".");
    }

    @AfterEach
    void disconnect() {
        admin.close();
    }

    @Test
    void applying_creates_every_topic_and_subject_and_applying_again_changes_nothing() {
        assertThat(setup(TopicScale.LOCAL).check(ALIASES)).isNotEmpty();

        assertThat(setup(TopicScale.LOCAL).apply(ALIASES)).isEmpty();

        assertThat(setup(TopicScale.LOCAL).check(ALIASES)).isEmpty();
        assertThat(setup(TopicScale.LOCAL).apply(ALIASES)).isEmpty();
        assertThat(registry.compatibilityOf(topics.status().subject())).contains("FULL_TRANSITIVE");
    }

    @Test
    void a_partition_count_is_for_life() {
        setup(TopicScale.LOCAL).apply(ALIASES);

        List<String> differences = setup(new TopicScale(4, 3, 1, 1)).apply(ALIASES);

        assertThat(differences)
                .anySatisfy(
                        sentence -> assertThat(sentence).contains("sms.outgoing has 3 partitions, configured are 4"));
    }

    @Test
    void a_new_provider_gets_its_topics_beside_the_others() {
        setup(TopicScale.LOCAL).apply(ALIASES);

        assertThat(setup(TopicScale.LOCAL).apply(List.of("primary", "second"))).isEmpty();
    }

    @Test
    void a_schema_that_would_break_readers_is_refused() {
        setup(TopicScale.LOCAL).apply(ALIASES);
        Schema breaking = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"OutgoingMessage\",\"namespace\":\"io.smspipeline.record\","
                        + "\"fields\":[{\"name\":\"must\",\"type\":\"string\"}]}");

        assertThatThrownBy(() -> registry.register(topics.outgoing().subject(), breaking))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessageContaining("409");
    }

    @Test
    void serdes_from_configuration_write_and_read_through_the_registry() {
        Topic<OutgoingMessage> outgoing = topics.outgoing();
        byte[] octets = RecordSerdes.from(kafka).write(outgoing.name(), Samples.message());

        assertThat(RecordSerdes.from(kafka).read(outgoing, octets)).isEqualTo(Samples.message());
        assertThat(registry.subjects()).contains(outgoing.subject());
    }

    @Test
    void without_automatic_registration_an_unknown_schema_is_refused() {
        RestSchemaRegistry strict = new RestSchemaRegistry(RegistrySettings.from(
                Map.of("schema.registry.url", kafka.get("schema.registry.url"), "auto.register.schemas", "false")));

        assertThatThrownBy(() -> strict.idOf(topics.mo().subject(), OutgoingMessage.getClassSchema()))
                .isInstanceOf(SchemaRegistryException.class);
    }

    @Test
    void a_registry_nobody_runs_is_unreachable_and_the_message_names_the_key() {
        RestSchemaRegistry nowhere =
                new RestSchemaRegistry(RegistrySettings.from(Map.of("schema.registry.url", "http://127.0.0.1:1")));

        assertThatThrownBy(() -> nowhere.byId(1))
                .isInstanceOfSatisfying(
                        SchemaRegistryException.class,
                        e -> assertThat(e.isUnreachable()).isTrue())
                .hasMessageContaining("schema.registry.url");
    }

    private TopicSetup setup(TopicScale scale) {
        return new TopicSetup(admin, registry, topics, scale);
    }
}
