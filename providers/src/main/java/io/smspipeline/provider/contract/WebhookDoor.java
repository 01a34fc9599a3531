package io.smspipeline.provider.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.smspipeline.provider.InboundSink;
import io.smspipeline.provider.webhook.WebhookArrival;
import io.smspipeline.provider.webhook.WebhookKind;
import io.smspipeline.provider.webhook.WebhookReply;
import io.smspipeline.provider.webhook.WebhookRequest;
import io.smspipeline.provider.webhook.WebhookVerdict;
import io.smspipeline.provider.webhook.Webhooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A place on 127.0.0.1 where a provider's webhooks arrive during a test: as simple as can be, so that what is tested is how
 * they are read. Until {@link #open} everything is answered with 503, as while a receiver starts.
 */
public final class WebhookDoor implements AutoCloseable {
    /** The JDK's servers of this JVM write at once, and nobody waits 40 ms for the second half of an answer. */
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "webhook-door");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable Webhooks webhooks;
    private volatile @Nullable InboundSink sink;

    /** Listens on a free port. */
    public WebhookDoor() {
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    /** What the provider is told to call: {@code /im} and {@code /status} are below it. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hooks/test");
    }

    /** From now on what comes is read and left in the sink. */
    public void open(Webhooks reads, InboundSink into) {
        sink = into;
        webhooks = reads;
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Webhooks reads = webhooks;
        InboundSink into = sink;
        String path = exchange.getRequestURI().getPath();
        WebhookKind kind =
                WebhookKind.of(path.substring(path.lastIndexOf('/') + 1)).orElse(null);
        if (reads == null || into == null || kind == null) {
            answer(exchange, new WebhookReply(kind == null ? 404 : 503, "", ""));
            return;
        }
        String query = exchange.getRequestURI().getRawQuery();
        WebhookVerdict verdict = reads.read(new WebhookRequest(
                kind,
                exchange.getRequestMethod(),
                List.of("http://" + exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI()),
                query == null ? "" : query,
                exchange.getRequestHeaders(),
                body));
        if (verdict instanceof WebhookVerdict.Arrived arrived) {
            CompletableFuture<?>[] all = arrived.all().stream()
                    .map((WebhookArrival each) -> each.leaveIn(into).toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(all)
                    .whenComplete((safe, failure) ->
                            answer(exchange, failure == null ? arrived.reply() : new WebhookReply(503, "", "")));
        } else {
            answer(exchange, new WebhookReply(403, "", ""));
        }
    }

    private static void answer(HttpExchange exchange, WebhookReply reply) {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            if (!reply.contentType().isEmpty()) {
                exchange.getResponseHeaders().set("Content-Type", reply.contentType());
            }
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        } catch (IOException e) {
            // The provider is gone, and will send it again.
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
