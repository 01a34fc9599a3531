package io.smspipeline.service.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.service.settings.KafkaSettings;
import io.smspipeline.service.settings.SchemaRegistrySettings;
import io.smspipeline.settings.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A broker or registry that does not answer is told in one sentence with its address and key. */
@Timeout(120)
@ExtendWith(KafkaEnvExtension.class)
class ReachTest {
    private final KafkaEnv env;

    ReachTest(KafkaEnv env) {
        this.env = env;
    }

    private static int unusedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void a_broker_and_a_registry_that_answer_are_no_fault() {
        assertThatCode(() -> Reach.both(KafkaSettings.at(env.bootstrapServers(), env.registryUrl()), Duration.ZERO))
                .doesNotThrowAnyException();
    }

    @Test
    void one_of_several_brokers_is_enough() throws Exception {
        String servers = "127.0.0.1:" + unusedPort() + "," + env.bootstrapServers();

        assertThatCode(() -> Reach.kafka(KafkaSettings.at(servers, env.registryUrl()), Duration.ZERO))
                .doesNotThrowAnyException();
    }

    @Test
    void a_broker_that_is_away_is_named_with_its_key() throws Exception {
        String server = "127.0.0.1:" + unusedPort();

        assertThatThrownBy(() -> Reach.kafka(KafkaSettings.at(server, env.registryUrl()), Duration.ZERO))
                .isInstanceOf(StartUpFault.class)
                .hasMessage("no Kafka broker answers at " + server
                        + " (kafka.bootstrap.servers): Connection refused. Start it, or set kafka.bootstrap.servers"
                        + " or SMS_KAFKA__BOOTSTRAP_SERVERS.");
    }

    @Test
    void a_host_nobody_knows_is_named() {
        assertThatThrownBy(() ->
                        Reach.kafka(KafkaSettings.at("no.such.host.invalid:9092", env.registryUrl()), Duration.ZERO))
                .isInstanceOf(StartUpFault.class)
                .hasMessageContaining("the host no.such.host.invalid is not known");
    }

    @Test
    void a_key_kafkas_client_refuses_is_told_without_a_stack_trace() {
        Map<String, String> properties =
                new HashMap<>(Map.of("bootstrap.servers", env.bootstrapServers(), "security.protocol", "NONSENSE"));
        SchemaRegistrySettings registry =
                KafkaSettings.at(env.bootstrapServers(), env.registryUrl()).registry();

        assertThatThrownBy(() -> Reach.kafka(new KafkaSettings(properties, registry), Duration.ZERO))
                .isInstanceOf(StartUpFault.class)
                .hasMessageStartingWith("the section kafka cannot be used: ")
                .hasMessageContaining("security.protocol");
    }

    @Test
    void a_registry_that_is_away_is_named_with_its_key_and_without_its_password() throws Exception {
        String url = "http://me:hush@127.0.0.1:" + unusedPort();

        assertThatThrownBy(() -> Reach.registry(registry(url, Optional.empty()), Duration.ZERO))
                .isInstanceOf(StartUpFault.class)
                .hasMessageStartingWith("no schema registry answers at http://***@127.0.0.1:")
                .hasMessageContaining("(schema-registry.url)")
                .hasMessageContaining("SMS_SCHEMA_REGISTRY__URL")
                .hasMessageNotContaining("hush");
    }

    @Test
    void a_registry_is_asked_with_its_user_and_one_that_wants_one_is_told_apart() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean known =
                    "Basic bWU6aHVzaA==".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(known ? 200 : 401, -1);
            exchange.close();
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        try {
            assertThatThrownBy(() -> Reach.registry(registry(url, Optional.empty()), Duration.ZERO))
                    .isInstanceOf(StartUpFault.class)
                    .hasMessageContaining("it answers 401: check schema-registry.user-info");
            assertThatCode(() -> Reach.registry(registry(url, Optional.of(Secret.of("me:hush"))), Duration.ZERO))
                    .doesNotThrowAnyException();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_registry_that_comes_late_is_waited_for() throws Exception {
        int port = unusedPort();
        HttpServer server = HttpServer.create();
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        Thread starting = new Thread(() -> {
            try {
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
                server.start();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        starting.start();
        try {
            Reach.registry(registry("http://127.0.0.1:" + port, Optional.empty()), Duration.ofSeconds(60));
        } finally {
            starting.join();
            server.stop(0);
        }
        assertThat(starting.isAlive()).isFalse();
    }

    private static SchemaRegistrySettings registry(String url, Optional<Secret> userInfo) {
        return new SchemaRegistrySettings(List.of(URI.create(url)), userInfo, true);
    }
}
