package io.smspipeline.service.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.smspipeline.service.settings.HealthSettings;
import io.smspipeline.service.start.StartUpFault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Answers {@code GET /health/live}, {@code GET /health/ready} (200 or 503, with a JSON body that names each check) and
 * {@code GET /metrics}. One for each process, however many services it has. Safe for use by many threads.
 *
 * <pre>{@code {"status":"DOWN","checks":[{"name":"receiver","status":"DOWN","detail":"draining"}]}}</pre>
 */
public final class HealthServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A scraper and a few probes at a time; a caller that is slow to read must not use up the process's threads. */
    private static final int THREADS = 3;

    private final HttpServer server;
    private final ExecutorService threads;
    private final HealthChecks checks;
    private final Supplier<String> metrics;

    private HealthServer(HttpServer server, ExecutorService threads, HealthChecks checks, Supplier<String> metrics) {
        this.server = server;
        this.threads = threads;
        this.checks = checks;
        this.metrics = metrics;
    }

    /**
     * Listens at once.
     *
     * @param metrics the text of {@code /metrics} in Prometheus' format
     * @throws StartUpFault when the address cannot be had
     */
    public static HealthServer start(HealthSettings settings, HealthChecks checks, Supplier<String> metrics) {
        HttpServer server;
        try {
            server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()), 0);
        } catch (UnknownHostException e) {
            throw new StartUpFault("health.host is " + settings.host()
                    + ", which is no address of this machine. Set health.host or SMS_HEALTH__HOST.");
        } catch (IOException e) {
            throw new StartUpFault("cannot listen at " + settings.host() + ":" + settings.port() + " (health.port): "
                    + e.getMessage() + ". Set health.port or SMS_HEALTH__PORT to a free one, or 0 for any.");
        }
        AtomicInteger count = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "health-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        HealthServer health = new HealthServer(server, threads, checks, metrics);
        server.setExecutor(threads);
        server.createContext("/", health::answer);
        server.start();
        return health;
    }

    /** The port it listens at, also when it was asked for a free one. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (!head && !exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, head, 405, "text/plain; charset=utf-8", "Only GET and HEAD are answered here.\n");
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/health/live" -> report(exchange, head, checks.liveness());
                case "/health/ready" -> report(exchange, head, checks.readiness());
                case "/metrics" -> send(exchange, head, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.get());
                default ->
                    send(
                            exchange,
                            head,
                            404,
                            "text/plain; charset=utf-8",
                            "Here are /health/live, /health/ready and /metrics.\n");
            }
        }
    }

    private static void report(HttpExchange exchange, boolean head, Map<String, Check> answers) throws IOException {
        boolean up = answers.values().stream().allMatch(Check::up);
        send(exchange, head, up ? 200 : 503, "application/json", json(up, answers));
    }

    private static String json(boolean up, Map<String, Check> answers) throws JsonProcessingException {
        List<Map<String, String>> checks = new ArrayList<>();
        answers.forEach((name, check) -> {
            Map<String, String> line = new LinkedHashMap<>();
            line.put("name", name);
            line.put("status", check.up() ? "UP" : "DOWN");
            line.put("detail", check.detail());
            checks.add(line);
        });
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", up ? "UP" : "DOWN");
        body.put("checks", checks);
        return JSON.writeValueAsString(body);
    }

    private static void send(HttpExchange exchange, boolean head, int status, String type, String text)
            throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    /** Stops listening; answers under way get a second. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
        try {
            threads.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
