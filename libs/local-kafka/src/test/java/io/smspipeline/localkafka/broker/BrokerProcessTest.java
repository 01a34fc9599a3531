package io.smspipeline.localkafka.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerProcessTest {

    @TempDir
    Path directory;

    @Test
    void what_was_acknowledged_survives_a_hard_kill_and_an_open_transaction_does_not() throws Exception {
        List<String> acknowledged =
                IntStream.range(0, 500).mapToObj(String::valueOf).toList();
        try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.in(directory))) {
            String address = broker.bootstrapServers();
            Topics topics = new Topics(address);
            topics.create("survives", 1);
            topics.write("survives", acknowledged);
            try (KafkaProducer<String, String> producer = topics.producer(Map.of("transactional.id", "cut-off"))) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("survives", "in an open transaction"))
                        .get(60, TimeUnit.SECONDS);

                broker.kill();
                assertThat(broker.isAlive()).isFalse();
                broker.restart();

                producer.abortTransaction();
            }

            assertThat(broker.bootstrapServers()).isEqualTo(address);
            assertThat(topics.committed("survives")).containsExactlyElementsOf(acknowledged);
        }
    }

    @Test
    void a_broker_that_still_runs_is_not_started_a_second_time() {
        try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.in(directory))) {
            assertThatThrownBy(broker::restart)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("still runs");
        }
    }

    @Test
    void a_broker_that_does_not_start_is_quoted() {
        assertThatThrownBy(
                        () -> BrokerProcess.start(BrokerSettings.in(directory).with("log.segment.bytes", "nonsense")))
                .isInstanceOf(LocalBrokerException.class)
                .hasMessageContaining("log.segment.bytes");
    }

    @Test
    void the_process_prints_one_line_on_stdout_and_its_logs_elsewhere() throws Exception {
        Path stdout = directory.resolve("stdout");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LocalBrokerMain.class.getName(),
                        "--data",
                        directory.resolve("data").toString(),
                        LocalBrokerMain.WHILE_STDIN_IS_OPEN)
                .redirectOutput(stdout.toFile())
                .redirectError(directory.resolve("stderr").toFile())
                .start();
        process.getOutputStream().close();

        assertThat(process.waitFor()).isZero();
        assertThat(Files.readString(stdout)).matches("ready 127\\.0\\.0\\.1:\\d+\\R");
    }

    @Test
    void wrong_options_are_named() {
        assertThatThrownBy(() -> LocalBrokerMain.settings(List.of("--prot", "9092")))
                .hasMessageContaining("--prot is no option");
        assertThatThrownBy(() -> LocalBrokerMain.settings(List.of("--data", "d", "--port", "x")))
                .hasMessageContaining("value of --port");
        assertThatThrownBy(() -> LocalBrokerMain.settings(List.of("--port", "9092")))
                .hasMessageContaining("--data is missing");
    }
}
