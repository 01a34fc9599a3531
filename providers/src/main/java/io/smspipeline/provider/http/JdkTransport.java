package io.smspipeline.provider.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Over the JDK's client, HTTP/1.1: a connection for each request under way, kept for the next one. Redirects are not followed:
 * a message must not end up where nobody configured it to go.
 */
final class JdkTransport implements Transport {
    /** The JDK keeps an idle connection for 20 minutes, most servers for a minute or less; a request must not meet the end of one. */
    private static final String KEEP_ALIVE = "jdk.httpclient.keepalive.timeout";

    private final ExecutorService threads;
    private final ScheduledExecutorService timer;
    private final HttpClient client;
    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();

    /** @param timer outlives it */
    JdkTransport(String name, Duration connectTimeout, ScheduledExecutorService timer) {
        if (System.getProperty(KEEP_ALIVE) == null) {
            System.setProperty(KEEP_ALIVE, "20");
        }
        AtomicInteger number = new AtomicInteger();
        this.timer = timer;
        threads = Executors.newFixedThreadPool(2, work -> {
            Thread thread = new Thread(work, "http-" + name + "-io-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .executor(threads)
                .build();
    }

    @Override
    public CompletableFuture<HttpAnswer> send(Call call, Duration patience) {
        Departing body = new Departing(BodyPublishers.ofByteArray(call.body()));
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
                .method(call.method(), call.body().length == 0 ? BodyPublishers.noBody() : body);
        call.headers().forEach(request::setHeader);
        CompletableFuture<HttpResponse<byte[]>> exchange;
        try {
            exchange = client.sendAsync(request.build(), head -> new BoundedBody());
        } catch (RuntimeException fault) {
            return CompletableFuture.failedFuture(lost(body, fault));
        }
        underWay.add(exchange);
        // The request's own timeout ends at the headers; this one ends with the body.
        ScheduledFuture<?> end = timer.schedule(() -> exchange.cancel(true), patience.toNanos(), TimeUnit.NANOSECONDS);
        CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
        exchange.whenComplete((response, failure) -> {
            end.cancel(false);
            underWay.remove(exchange);
            if (failure == null) {
                answer.complete(new HttpAnswer(response.statusCode(), first(response), response.body()));
            } else {
                answer.completeExceptionally(lost(body, failure));
            }
        });
        return answer;
    }

    private static Map<String, String> first(HttpResponse<?> response) {
        Map<String, String> first = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().map().forEach((name, values) -> first.put(name, values.get(0)));
        return first;
    }

    private static LostException lost(Departing body, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        boolean silent = cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException)
                || cause instanceof CancellationException;
        return new LostException(words(cause), body.departed, silent, cause);
    }

    private static String words(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "the name of its host is not known";
            }
        }
        if (failure instanceof CancellationException) {
            return "no answer in time";
        }
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? failure instanceof IOException
                        ? "no connection"
                        : failure.getClass().getSimpleName()
                : message;
    }

    @Override
    public void close() {
        underWay.forEach(exchange -> exchange.cancel(true));
        threads.shutdown();
    }

    /** A body that knows whether the client began to send it: before that the other side cannot have taken a message. */
    private static final class Departing implements BodyPublisher {
        private final BodyPublisher body;
        private volatile boolean departed;

        Departing(BodyPublisher body) {
            this.body = body;
        }

        @Override
        public long contentLength() {
            return body.contentLength();
        }

        @Override
        public void subscribe(java.util.concurrent.Flow.Subscriber<? super ByteBuffer> subscriber) {
            departed = true;
            body.subscribe(subscriber);
        }
    }
}
