package io.smspipeline.simulator.aggregator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.smspipeline.simulator.smsc.Delay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP aggregator on 127.0.0.1: takes messages as the real one's API does, calls back, and has the faults it is told to
 * have. Safe for use by many threads.
 */
public final class SimulatedAggregator implements AutoCloseable {
    /** Of what chance decides: a run is the same the next time. */
    private static final long SEED = 1;

    /** The JDK's server writes head and body apart; with Nagle's algorithm the second one would wait for 40 ms. */
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private final AggregatorSettings settings;
    private final AggregatorApi api;
    private final Inbox inbox = new Inbox();
    private final Counters counters = new Counters();
    private final ScheduledExecutorService timer;
    private final ExecutorService threads;
    private final CallbackSender callbacks;
    private final Random random;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final Set<HttpExchange> held = ConcurrentHashMap.newKeySet();
    private final @Nullable AggregatorEndpoint endpoint;
    private volatile AggregatorBehaviour behaviour;
    private volatile HttpServer server;
    private volatile long closedUntil = System.nanoTime();

    private SimulatedAggregator(AggregatorSettings settings) throws IOException {
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
        this.settings = settings;
        this.behaviour = settings.behaviour();
        this.random = new Random(SEED);
        api = switch (settings.type()) {
            case TWILIO -> new TwilioShape(settings);
            case VONAGE -> new VonageShape(settings);
            case VONAGE_MESSAGES -> new VonageMessagesShape(settings);
            case BULKSMS -> new BulkSmsShape(settings);
            case CLICKATELL -> new ClickatellShape(settings);
            case CLICKATELL_HTTP -> new ClickatellHttpShape(settings);
        };
        String name = settings.type().name().toLowerCase(java.util.Locale.ROOT);
        threads = Executors.newCachedThreadPool(daemons(name));
        timer = Executors.newScheduledThreadPool(2, daemons(name + "-timer"));
        callbacks = new CallbackSender(api, settings.callbacks().timeScale(), counters, timer);
        server = listen(settings.port());
        endpoint = settings.httpPort() < 0 ? null : new AggregatorEndpoint(this, settings.httpPort());
    }

    /** @throws IOException when a port is taken */
    public static SimulatedAggregator start(AggregatorSettings settings) throws IOException {
        return new SimulatedAggregator(settings);
    }

    private static ThreadFactory daemons(String name) {
        return work -> {
            Thread thread = new Thread(work, "aggregator-" + name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private HttpServer listen(int port) throws IOException {
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        listening.setExecutor(threads);
        listening.createContext("/", this::handle);
        listening.start();
        return listening;
    }

    /** Port of the API. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Where its figures are; 0 when nowhere. */
    public int httpPort() {
        return endpoint == null ? 0 : endpoint.port();
    }

    /** The API's address: what a client's base URL begins with. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** How it behaves now. */
    public AggregatorBehaviour behaviour() {
        return behaviour;
    }

    /** From now on it behaves like this. */
    public void behave(AggregatorBehaviour next) {
        behaviour = next;
    }

    /** What it took, oldest first. */
    public List<Sms> messages() {
        return inbox.all();
    }

    /** What happened. */
    public AggregatorFigures figures() {
        return counters.figures();
    }

    /** A handset writes. @param from digits */
    public void sendFromHandset(String from, String to, String text) {
        URI where = below("/im");
        if (where == null) {
            throw new IllegalStateException("no address was given where messages from handsets go: start it with one.");
        }
        for (Callback callback :
                api.inbound(written.incrementAndGet(), from, to, text, inbox.lastTo(from), where, Instant.now())) {
            call(callback, Duration.ZERO);
        }
    }

    private @Nullable URI below(String path) {
        URI base = settings.callbacks().where();
        if (base == null) {
            return null;
        }
        String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
        String fragment = base.getRawFragment() == null ? "" : "#" + base.getRawFragment();
        return URI.create(
                base.getScheme() + "://" + base.getRawAuthority() + base.getRawPath() + path + query + fragment);
    }

    /** Every connection breaks; new ones are welcome. */
    public void cutAll() throws IOException {
        int port = goAway();
        comeBack(port);
    }

    /** It is gone, with all connections. Answers the port that it had. */
    public int goAway() {
        int port = port();
        server.stop(0);
        held.clear();
        return port;
    }

    /** It is there again. @throws IOException when somebody else has the port now */
    public void comeBack(int port) throws IOException {
        server = listen(port);
    }

    private void handle(HttpExchange exchange) throws IOException {
        Request request = Request.of(exchange);
        AggregatorBehaviour now = behaviour;
        boolean submits = api.isSubmit(request);
        if (submits) {
            counters.requests.incrementAndGet();
        }
        if (request.method().equals("HEAD")) {
            // Whoever looks whether somebody is there is told so, also by one that is mute to all else.
            write(exchange, new Reply(404, Map.of(), new byte[0]));
        } else if (now.mute()) {
            hold(exchange);
        } else if (submits) {
            submit(exchange, request, now);
        } else {
            counters.lookUps.incrementAndGet();
            reply(exchange, question(request, now), now.latency());
        }
    }

    private Reply question(Request request, AggregatorBehaviour now) {
        if (now.refuseCredentials() || !api.isAuthorised(request)) {
            return api.unauthorised();
        }
        if (now.noCredit()) {
            return api.noCredit();
        }
        return api.answer(request, inbox.latestFirst())
                .orElseGet(() ->
                        Reply.json(404, JsonNodeFactory.instance.objectNode().put("error", "there is nothing here")));
    }

    private void submit(HttpExchange exchange, Request request, AggregatorBehaviour now) {
        if (System.nanoTime() - closedUntil < 0) {
            counters.early.incrementAndGet();
        }
        Reply hindrance = hindrance(request, now);
        if (hindrance != null) {
            reply(exchange, hindrance, now.latency());
            return;
        }
        if (api.read(request) instanceof AggregatorApi.Wish.Take take) {
            take(exchange, take, now);
        } else {
            counters.refused.incrementAndGet();
            reply(exchange, ((AggregatorApi.Wish.Nonsense) api.read(request)).reply(), now.latency());
        }
    }

    private @Nullable Reply hindrance(Request request, AggregatorBehaviour now) {
        if (now.refuseCredentials() || !api.isAuthorised(request)) {
            counters.unauthorised.incrementAndGet();
            return api.unauthorised();
        }
        if (now.throttleAll() || now.throttle() > 0 && !inbox.isWithin(now.throttle(), System.nanoTime())) {
            counters.throttled.incrementAndGet();
            Reply throttled = api.throttled(now.retryAfter());
            if (throttled.headers().containsKey("Retry-After")) {
                closedUntil = System.nanoTime() + now.retryAfter().toNanos();
            }
            return throttled;
        }
        if (happens(now.failureShare())) {
            counters.failed.incrementAndGet();
            return api.failed(now.failureStatus());
        }
        if (now.noCredit()) {
            counters.refused.incrementAndGet();
            return api.noCredit();
        }
        return null;
    }

    private void take(HttpExchange exchange, AggregatorApi.Wish.Take take, AggregatorBehaviour now) {
        String code = now.refusals().getOrDefault(take.to(), now.refusals().getOrDefault("*", ""));
        if (!code.isEmpty()) {
            counters.refused.incrementAndGet();
            reply(exchange, api.refused(code, take.to()), now.latency());
            return;
        }
        Sms known = inbox.known(take.repeatKey());
        if (known != null) {
            counters.repeats.incrementAndGet();
            reply(exchange, api.accepted(known), now.latency());
            return;
        }
        Sms sms = new Sms(
                api.ids(numbers.incrementAndGet(), take.parts()),
                take.to(),
                take.from(),
                take.text(),
                take.parts(),
                take.fields(),
                take.callback(),
                Instant.now());
        counters.accepted.incrementAndGet();
        if (inbox.add(sms, take.repeatKey())) {
            counters.duplicates.incrementAndGet();
        }
        if (happens(now.unansweredShare())) {
            hold(exchange);
        } else if (happens(now.dropShare())) {
            counters.unanswered.incrementAndGet();
            exchange.close();
        } else {
            reply(exchange, api.accepted(sms), now.latency());
        }
        follow(sms, now);
    }

    /** What comes of a message: its receipts, and the answer of a handset that was asked. */
    private void follow(Sms sms, AggregatorBehaviour now) {
        URI where = sms.callback().isEmpty() ? below("/status") : URI.create(sms.callback());
        if (now.receipts() && where != null) {
            List<Callback> receipts = api.receipts(sms, now.finalState(), where, Instant.now());
            for (int i = 0; i < receipts.size(); i++) {
                boolean last = i == receipts.size() - 1;
                call(receipts.get(i), last ? draw(now.receiptDelay()) : Duration.ZERO);
            }
        }
        if (now.replies()
                && settings.callbacks().where() != null
                && sms.text().strip().endsWith("?")) {
            later(draw(now.replyDelay()), () -> sendFromHandset(sms.to(), sms.from(), "Yes. You asked: " + sms.text()));
        }
    }

    private void call(Callback callback, Duration delay) {
        AggregatorBehaviour now = behaviour;
        Callback forgery = callback.forgery();
        if (forgery != null && happens(now.forgedShare())) {
            callbacks.send(forgery, delay);
        }
        callbacks.send(callback, delay);
        if (happens(now.duplicateShare())) {
            callbacks.send(callback, delay);
        }
    }

    private void hold(HttpExchange exchange) {
        counters.unanswered.incrementAndGet();
        held.add(exchange);
    }

    private void reply(HttpExchange exchange, Reply reply, Delay latency) {
        Duration delay = draw(latency);
        if (delay.isZero()) {
            write(exchange, reply);
        } else {
            later(delay, () -> threads.execute(() -> write(exchange, reply)));
        }
    }

    private static void write(HttpExchange exchange, Reply reply) {
        try (exchange) {
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
            if (reply.body().length > 0) {
                exchange.getResponseBody().write(reply.body());
            }
        } catch (IOException e) {
            // The client is gone: an answer nobody reads.
        }
    }

    private void later(Duration delay, Runnable work) {
        timer.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private synchronized boolean happens(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    private synchronized Duration draw(Delay delay) {
        return delay.draw(random);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        server.stop(0);
        if (endpoint != null) {
            endpoint.close();
        }
        threads.shutdownNow();
    }
}
