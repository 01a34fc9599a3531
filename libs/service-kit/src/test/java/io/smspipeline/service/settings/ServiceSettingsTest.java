package io.smspipeline.service.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.schemas.topic.TopicScale;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.settings.PersonalData;
import io.smspipeline.settings.Settings;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sections every process reads: defaults, overrides, and what is refused because a promise rests on it. */
class ServiceSettingsTest {
    private static Settings settings(String yaml, Map<String, String> environment) {
        return Settings.parse(yaml, environment, ServiceSettings.TOP_LEVEL);
    }

    private static String faultsOf(String yaml) {
        Settings settings = settings(yaml, Map.of());
        ServiceSettings.read(settings.root());
        return settings.faults().report();
    }

    @Test
    void with_nothing_configured_kafka_and_the_registry_are_on_this_machine() {
        Settings settings = settings("", Map.of());

        ServiceSettings read = settings.as(ServiceSettings::read);

        assertThat(read.kafka().bootstrapServers()).isEqualTo("localhost:9092");
        assertThat(read.kafka().registry().urls()).containsExactly(URI.create("http://localhost:8081"));
        assertThat(read.topics()).isEqualTo(new TopicSettings(new Topics(""), TopicScale.CLUSTER));
        assertThat(read.health()).isEqualTo(new HealthSettings("127.0.0.1", HealthSettings.DEFAULT_PORT));
        assertThat(read.log().personalData()).isEqualTo(PersonalData.MASKED);
        assertThat(settings.print()).contains("bootstrap.servers: localhost:9092", "url: http://localhost:8081");
    }

    @Test
    void everything_can_be_set_by_the_file_and_by_the_environment() {
        ServiceSettings read = settings(
                        """
                        kafka: {bootstrap.servers: "a:1,b:2", security.protocol: SASL_SSL}
                        schema-registry: {url: "http://r:1", auto-register: false}
                        topics: {prefix: test., partitions: 4, submit-partitions: 2, replication-factor: 2, min-insync-replicas: 1}
                        health: {host: 0.0.0.0, port: 0}
                        log: {personal-data: true}
                        """,
                        Map.of(
                                "SMS_KAFKA__BOOTSTRAP_SERVERS", "c:3",
                                "SMS_SCHEMA_REGISTRY__URL", "http://r:2,http://r:3",
                                "SMS_SCHEMA_REGISTRY__USER_INFO", "me:hush",
                                "SMS_HEALTH__PORT", "9"))
                .as(ServiceSettings::read);

        assertThat(read.kafka().producer("p"))
                .containsEntry("bootstrap.servers", "c:3")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("schema.registry.url", "http://r:2,http://r:3")
                .containsEntry("auto.register.schemas", false)
                .containsEntry("basic.auth.credentials.source", "USER_INFO")
                .containsEntry("basic.auth.user.info", "me:hush");
        assertThat(read.topics()).isEqualTo(new TopicSettings(new Topics("test."), new TopicScale(4, 2, 2, 1)));
        assertThat(read.health()).isEqualTo(new HealthSettings("0.0.0.0", 9));
        assertThat(read.log().personalData()).isEqualTo(PersonalData.SHOWN);
        assertThat(read.toString()).as("settings may be logged").doesNotContain("hush");
    }

    @Test
    void a_property_may_be_for_one_kind_of_client_alone() {
        KafkaSettings kafka = settings("""
                        kafka:
                          client.dns.lookup: use_all_dns_ips
                          compression.type: zstd
                          producer: {linger.ms: 7, compression.type: snappy}
                          consumer.fetch.min.bytes: 8
                          admin.retries: 9
                          streams.num.stream.threads: 2
                        """, Map.of()).as(ServiceSettings::read).kafka();

        assertThat(kafka.producer("p"))
                .containsEntry("linger.ms", "7")
                .containsEntry("compression.type", "snappy")
                .containsEntry("client.dns.lookup", "use_all_dns_ips")
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("client.id", "p")
                .doesNotContainKeys("fetch.min.bytes", "consumer.fetch.min.bytes", "producer.linger.ms");
        assertThat(kafka.consumer("c"))
                .containsEntry("fetch.min.bytes", "8")
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", false)
                .doesNotContainKeys("linger.ms", "retries");
        assertThat(kafka.admin("a")).containsEntry("retries", "9");
        assertThat(kafka.streams("s"))
                .containsEntry("application.id", "s")
                .containsEntry("num.stream.threads", "2")
                .containsEntry("producer.linger.ms", "7")
                .containsEntry("consumer.fetch.min.bytes", "8")
                .containsEntry("compression.type", "zstd");
    }

    @Test
    void what_would_break_a_promise_is_refused() {
        assertThat(faultsOf("""
                        kafka:
                          acks: 1
                          producer.enable.idempotence: false
                          consumer: {enable.auto.commit: true, isolation.level: read_uncommitted}
                          group.id: mine
                        """))
                .startsWith("5 faults in the configuration:\n")
                .contains("kafka.acks: is 1, but an acknowledgement must mean that the record is replicated; remove it")
                .contains("kafka.producer.enable.idempotence: is false, but")
                .contains("kafka.consumer.enable.auto.commit: is true, but")
                .contains("kafka.consumer.isolation.level: is read_uncommitted, but")
                .contains("kafka.group.id: is set by each process itself; remove it");
    }

    @Test
    void wrong_addresses_ports_and_sizes_are_told_together() {
        assertThat(faultsOf("""
                        kafka: {bootstrap.servers: "localhost, b:2"}
                        schema-registry: {url: localhost:8081}
                        topics: {prefix: "a b", replication-factor: 1, min-insync-replicas: 2}
                        health: {port: 99999}
                        log: {personal-data: some}
                        """))
                .startsWith("6 faults in the configuration:\n")
                .contains("kafka.bootstrap.servers: localhost is not host:port; write addresses such as localhost:9092")
                .contains("schema-registry.url: localhost:8081 is not an address such as http://localhost:8081")
                .contains("topics: topics.prefix is 'a b'")
                .contains("topics: topics.replication-factor is 1 and topics.min-insync-replicas is 2")
                .contains("health.port: 99999 is not between 0 and 65535")
                .contains("log.personal-data: some is not true or false");
    }

    @Test
    void the_serializer_comes_from_the_configuration() {
        KafkaSettings kafka = settings("kafka: {value.serializer: not.There}", Map.of())
                .as(ServiceSettings::read)
                .kafka();

        org.assertj.core.api.Assertions.assertThatThrownBy(kafka::serdes).hasMessageContaining("not.There");
    }
}
