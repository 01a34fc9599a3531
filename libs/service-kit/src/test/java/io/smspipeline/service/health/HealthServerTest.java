package io.smspipeline.service.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smspipeline.service.settings.HealthSettings;
import io.smspipeline.service.start.StartUpFault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An orchestrator learns from a status code, a person from the body, Prometheus from the metrics. */
class HealthServerTest {
    private static final HealthSettings FREE_PORT = new HealthSettings("127.0.0.1", 0);

    private final HealthChecks checks = new HealthChecks();
    private final HealthServer server = HealthServer.start(FREE_PORT, checks, () -> "sms_things 1.0\n");
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path);
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_process_is_ready_when_every_check_says_so() throws Exception {
        AtomicReference<Check> kafka = new AtomicReference<>(Check.down("no broker answers"));
        checks.ready("receiver", () -> Check.up("ready"));
        checks.ready("kafka", kafka::get);

        HttpResponse<String> before = get("/health/ready");
        kafka.set(Check.up("connected"));
        HttpResponse<String> after = get("/health/ready");

        assertThat(before.statusCode()).isEqualTo(503);
        assertThat(before.body())
                .isEqualTo("{\"status\":\"DOWN\",\"checks\":["
                        + "{\"name\":\"kafka\",\"status\":\"DOWN\",\"detail\":\"no broker answers\"},"
                        + "{\"name\":\"receiver\",\"status\":\"UP\",\"detail\":\"ready\"}]}");
        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(after.body()).startsWith("{\"status\":\"UP\"");
        assertThat(after.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void not_being_ready_is_no_reason_to_be_killed() throws Exception {
        checks.ready("kafka", () -> Check.down("away"));
        checks.live("receiver", () -> Check.up("alive"));

        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void a_check_that_itself_fails_is_down_and_the_others_are_still_told() throws Exception {
        checks.live("broken", () -> {
            throw new IllegalStateException("oops");
        });
        checks.live("sound", () -> Check.up("alive"));

        HttpResponse<String> answer = get("/health/live");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("the check itself failed", "oops", "\"name\":\"sound\",\"status\":\"UP\"");
    }

    @Test
    void a_check_can_be_taken_off_and_its_name_used_again_but_not_before() {
        HealthChecks.Registration first = checks.ready("router", () -> Check.up(""));

        assertThatThrownBy(() -> checks.ready("router", () -> Check.up("")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("router");
        first.close();
        checks.ready("router", () -> Check.down("second"));
        first.close();

        assertThat(checks.readiness()).containsExactly(java.util.Map.entry("router", Check.down("second")));
    }

    @Test
    void metrics_are_in_prometheus_format() throws Exception {
        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body()).isEqualTo("sms_things 1.0\n");
    }

    @Test
    void other_paths_and_methods_are_refused() throws Exception {
        assertThat(get("/health/live/x").statusCode()).isEqualTo(404);
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(send("POST", "/health/live").statusCode()).isEqualTo(405);
        assertThat(send("HEAD", "/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void a_port_that_is_taken_is_told_in_a_sentence_with_its_key() {
        assertThatThrownBy(() -> HealthServer.start(new HealthSettings("127.0.0.1", server.port()), checks, () -> ""))
                .isInstanceOf(StartUpFault.class)
                .hasMessageStartingWith("cannot listen at 127.0.0.1:" + server.port() + " (health.port): ")
                .hasMessageContaining("SMS_HEALTH__PORT");
    }

    @Test
    void a_host_that_is_no_address_of_this_machine_is_told_too() {
        assertThatThrownBy(() -> HealthServer.start(new HealthSettings("no.such.host.invalid", 0), checks, () -> ""))
                .isInstanceOf(StartUpFault.class)
                .hasMessageContaining("health.host is no.such.host.invalid");
    }
}
