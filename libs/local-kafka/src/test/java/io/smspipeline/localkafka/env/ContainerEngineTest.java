package io.smspipeline.localkafka.env;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ContainerEngineTest {

    @Test
    void an_engine_is_what_answers_a_ping() throws Exception {
        HttpServer engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        engine.createContext("/_ping", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        engine.start();
        try {
            String address = "tcp://127.0.0.1:" + engine.getAddress().getPort();

            assertThat(ContainerEngine.find(List.of("unix:///nonexistent/docker.sock", address)))
                    .contains(address);

            engine.removeContext("/_ping");
            assertThat(ContainerEngine.find(List.of(address))).isEmpty();
        } finally {
            engine.stop(0);
        }
    }

    @Test
    @Timeout(20)
    void who_accepts_and_says_nothing_is_given_up_after_a_second() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            long start = System.nanoTime();

            assertThat(ContainerEngine.find(List.of("tcp://127.0.0.1:" + silent.getLocalPort())))
                    .isEmpty();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void nobody_there_is_no_engine() {
        assertThat(ContainerEngine.find(List.of("unix:///nonexistent/docker.sock", "tcp://127.0.0.1:1", "odd", "")))
                .isEmpty();
    }

    @Test
    void docker_host_names_the_only_engine_to_ask() {
        assertThat(ContainerEngine.addresses(Map.of("DOCKER_HOST", "tcp://127.0.0.1:2375"), "/home/a"))
                .containsExactly("tcp://127.0.0.1:2375");
        assertThat(ContainerEngine.addresses(Map.of("XDG_RUNTIME_DIR", "/run/user/7"), "/home/a"))
                .containsExactly(
                        "unix:///var/run/docker.sock",
                        "unix:///run/user/7/docker.sock",
                        "unix:///home/a/.docker/run/docker.sock",
                        "unix:///home/a/.docker/desktop/docker.sock");
    }
}
