package io.smspipeline.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** One scrape shows the process, its services and their Kafka clients. */
class ProcessMetricsTest {
    private final ProcessMetrics metrics = new ProcessMetrics();

    @Test
    void the_jvm_the_log_and_the_services_measures_are_in_one_scrape() {
        metrics.registry().counter("sms.things", "kind", "a").increment(3);
        LoggerFactory.getLogger("io.smspipeline.test").warn("counted");

        assertThat(metrics.scrape())
                .contains("sms_things_total{kind=\"a\"} 3.0")
                .contains(
                        "jvm_memory_used_bytes",
                        "process_uptime_seconds",
                        "process_files_open_files",
                        "jvm_threads_live")
                .containsPattern("logback_events_total\\{level=\"warn\"\\} [1-9]");
        metrics.close();
    }

    @Test
    void a_kafka_client_is_shown_while_it_is_watched() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", "127.0.0.1:1", "client.id", "shown"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            KafkaClientMetrics watched = metrics.watch(consumer);
            assertThat(metrics.scrape()).contains("kafka_consumer_").contains("client_id=\"shown\"");

            watched.close();

            assertThat(metrics.scrape()).doesNotContain("client_id=\"shown\"");
        }
        metrics.close();
    }
}
