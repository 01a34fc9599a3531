package io.smspipeline.provider.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** A small API on 127.0.0.1 to test a provider against: say what its answers look like. Safe for use by many threads. */
public abstract class HttpFarSide implements FarSide, AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final long BEFORE_NEXT_TRY_MILLIS = 100;

    /** What is answered. @param body JSON; empty for none */
    public record Answer(int status, String body) {}

    private enum Mood {
        ACCEPTING,
        REFUSING,
        THROTTLING,
        FAILING,
        MUTE
    }

    private final URI callbacks;
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final AtomicLong submits = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong confirmed = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool(HttpFarSide::daemon);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(HttpFarSide::daemon);
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile Mood mood = Mood.ACCEPTING;
    private volatile Duration latency = Duration.ZERO;
    private volatile HttpServer server;
    private volatile int port;

    /** @param callbacks where messages from handsets go: {@code /im} below it */
    protected HttpFarSide(URI callbacks) {
        this.callbacks = callbacks;
        server = listen(0);
        port = server.getAddress().getPort();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "far-side");
        thread.setDaemon(true);
        return thread;
    }

    /** The text of a request that hands a message over; empty for any other request. */
    protected abstract String textOf(String method, String path, String body);

    /** It took the message. @param number 1, 2, … */
    protected abstract Answer accepts(long number);

    /** It refuses a message because of its recipient. */
    protected abstract Answer refuses();

    /** It is asked too often. */
    protected abstract Answer throttles();

    /** It has trouble of its own. */
    protected Answer fails() {
        return new Answer(503, "");
    }

    /** The body of a callback that brings a text from a handset. @param number 1, 2, … */
    protected abstract String handsetSays(long number, String text);

    /** What {@code base-url} is set to. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private HttpServer listen(int where) {
        try {
            HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), where), 0);
            listening.setExecutor(threads);
            listening.createContext("/", this::handle);
            listening.start();
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String text =
                textOf(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body);
        if (text.isEmpty()) {
            answer(exchange, new Answer(404, ""));
            return;
        }
        submits.incrementAndGet();
        switch (mood) {
            case ACCEPTING -> {
                accepted.add(text);
                Answer taken = accepts(accepted.size());
                timer.schedule(
                        () -> threads.execute(() -> answer(exchange, taken)),
                        latency.toMillis(),
                        TimeUnit.MILLISECONDS);
            }
            case REFUSING -> answer(exchange, refuses());
            case THROTTLING -> answer(exchange, throttles());
            case FAILING -> answer(exchange, fails());
            case MUTE -> {}
        }
    }

    private static void answer(HttpExchange exchange, Answer answer) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        } catch (IOException e) {
            // Whoever asked is gone.
        }
    }

    @Override
    public void accept(Duration after) {
        latency = after;
        mood = Mood.ACCEPTING;
    }

    @Override
    public void refuse() {
        mood = Mood.REFUSING;
    }

    @Override
    public void throttle() {
        mood = Mood.THROTTLING;
    }

    @Override
    public void fail() {
        mood = Mood.FAILING;
    }

    @Override
    public void stayMute() {
        mood = Mood.MUTE;
    }

    /** When there is something to break: what was submitted reaches it soon. */
    @Override
    public void cut() {
        Awaitility.await().atMost(SOON).until(() -> submits.get() > 0);
        goAway();
        comeBack();
    }

    @Override
    public void goAway() {
        server.stop(0);
    }

    @Override
    public void comeBack() {
        Awaitility.await().atMost(SOON).ignoreExceptions().until(() -> {
            server = listen(port);
            return true;
        });
    }

    @Override
    public List<String> accepted() {
        return List.copyOf(accepted);
    }

    @Override
    public void sendFromHandset(String text) {
        call(handsetSays(written.incrementAndGet(), text));
    }

    private void call(String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(callbacks + "/im"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle((response, failure) -> failure == null && response.statusCode() / 100 == 2)
                .thenAccept(taken -> {
                    if (taken) {
                        confirmed.incrementAndGet();
                    } else {
                        refused.incrementAndGet();
                        timer.schedule(() -> call(body), BEFORE_NEXT_TRY_MILLIS, TimeUnit.MILLISECONDS);
                    }
                });
    }

    @Override
    public long confirmed() {
        return confirmed.get();
    }

    @Override
    public long refusedByUs() {
        return refused.get();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        server.stop(0);
        threads.shutdownNow();
    }
}
