package io.smspipeline.localkafka.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry on 127.0.0.1 that speaks the part of Confluent's HTTP interface which serializers, deserializers
 * and command-line tools use, for Avro schemas without references. Safe for use by many threads.
 *
 * <p>Its state lies in the compacted topic {@code _schemas}: a registry started again on the same brokers, on any port,
 * goes on with the same ids. Run one at a time on a cluster: two would not see each other's latest id in time.
 */
public final class LocalRegistry implements AutoCloseable {

    /** The media type of every answer. */
    static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private static final Logger LOG = LoggerFactory.getLogger(LocalRegistry.class);
    private static final int THREADS = 8;
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private final HttpServer server;
    private final ExecutorService workers;
    private final SchemaTopic topic;
    private final Routes routes;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalRegistry(HttpServer server, SchemaTopic topic, Routes routes) {
        this.server = server;
        this.topic = topic;
        this.routes = routes;
        AtomicInteger number = new AtomicInteger();
        this.workers = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "registry-http-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(workers);
        server.createContext("/", this::handle);
    }

    /**
     * Starts a registry on the brokers at {@code bootstrapServers}, see {@link #start(Map, int)}.
     *
     * @param port TCP port on 127.0.0.1; 0 for any free one
     */
    public static LocalRegistry start(String bootstrapServers, int port) {
        return start(Map.of("bootstrap.servers", bootstrapServers), port);
    }

    /**
     * Starts a registry and returns when it serves with everything its topic holds. Creates the topic when absent.
     *
     * @param kafka properties for Kafka clients: {@code bootstrap.servers}, and what security needs
     * @param port TCP port on 127.0.0.1; 0 for any free one
     * @throws IllegalStateException when the brokers do not answer within 30 s or the topic is not compacted
     * @throws UncheckedIOException when the port is taken
     */
    public static LocalRegistry start(Map<String, String> kafka, int port) {
        HttpServer server = listen(port);
        try {
            RegistryState state = new RegistryState();
            SchemaTopic topic = SchemaTopic.open(kafka, state::apply);
            LocalRegistry registry =
                    new LocalRegistry(server, topic, new Routes(state, new Registrar(state, topic::append)));
            server.start();
            return registry;
        } catch (RuntimeException e) {
            server.stop(0);
            throw e;
        }
    }

    @SuppressWarnings("AddressSelection") // A literal address: nothing is looked up.
    private static HttpServer listen(int port) {
        // The JDK's server writes headers and body apart; with Nagle's algorithm each answer would wait 40 ms for the
        // client's delayed acknowledgement. It reads this property once, when its first server is created.
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the registry cannot listen on port " + port + " of 127.0.0.1: " + e.getMessage()
                            + ". End what listens there, or choose another port (0 = any free one).",
                    e);
        }
    }

    /** {@code http://127.0.0.1:port}, for {@code schema.registry.url}. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** The port it listens on, never 0. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                send(exchange, 200, routes.answer(Request.of(exchange)));
            } catch (Refusal e) {
                send(exchange, e.status(), error(e.code(), String.valueOf(e.getMessage())));
            } catch (RuntimeException e) {
                LOG.error("registry request={} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
                send(exchange, 500, error(500, "Internal error of the local registry: " + e));
            }
        }
    }

    private static JsonNode error(int code, String message) {
        return JsonNodeFactory.instance.objectNode().put("error_code", code).put("message", message);
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = RegistryRecord.JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Stops serving. The schemas stay in their topic. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.stop(0);
            workers.shutdown();
            topic.close();
        }
    }
}
