package io.smspipeline.receiver.webhook;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.smspipeline.provider.webhook.WebhookReply;
import io.smspipeline.service.start.StartUpFault;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.EagerContentHandler.RetainedContentLoaderFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server: the one place that knows it is Javalin. Its threads read requests and write answers; none of them waits for
 * Kafka, nor for a body that comes slowly.
 */
final class HttpEdge implements AutoCloseable {
    private static final List<HandlerType> METHODS = List.of(
            HandlerType.GET,
            HandlerType.POST,
            HandlerType.PUT,
            HandlerType.PATCH,
            HandlerType.DELETE,
            HandlerType.HEAD,
            HandlerType.OPTIONS,
            HandlerType.TRACE);
    private static final int THREADS = 24;
    private static final long IDLE_MS = 30_000;

    /** Above what the publisher takes to give up; the safety net of a safety net. */
    private static final long ANSWER_WITHIN_MS = 15_000;

    private static final int FRAMING = 8;

    private final Javalin server;
    private final QueuedThreadPool threads;
    private final WebhookDesk desk;
    private final int bodyLimit;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean closing;

    private HttpEdge(HttpSettings settings, WebhookDesk desk) {
        this.desk = desk;
        this.bodyLimit = settings.bodyLimit();
        this.threads = new QueuedThreadPool(THREADS, 2);
        threads.setName("webhooks");
        threads.setDaemon(true);
        this.server = Javalin.create(config -> configure(config, settings));
    }

    /**
     * Listens at once.
     *
     * @throws StartUpFault when the address cannot be had
     */
    static HttpEdge start(HttpSettings settings, WebhookDesk desk) {
        HttpEdge edge = new HttpEdge(settings, desk);
        try {
            edge.server.start(settings.host(), settings.port());
        } catch (RuntimeException e) {
            throw new StartUpFault(
                    "cannot listen at " + settings.host() + ":" + settings.port() + " (receiver.http.port): "
                            + e.getMessage() + " Set receiver.http.port or SMS_RECEIVER__HTTP__PORT to a free one, or 0"
                            + " for any.",
                    e);
        }
        return edge;
    }

    private void configure(JavalinConfig config, HttpSettings settings) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.asyncTimeout = ANSWER_WITHIN_MS;
        config.http.maxRequestSize = settings.bodyLimit();
        config.jetty.timeoutStatus = 503;
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            // What it remembers of a connection's headers it finds again whatever their case: a forged signature would
            // be read as
            // the genuine one before it. It is some 100 KB a connection besides.
            http.setHeaderCacheSize(0);
            http.setIdleTimeout(IDLE_MS);
        });
        // The whole body is there before a thread is given to the request. One that is too long is not kept.
        config.jetty.modifyServer(jetty -> jetty.setHandler(
                new EagerContentHandler(new RetainedContentLoaderFactory(settings.bodyLimit() + 1L, FRAMING, false))));
        for (HandlerType method : METHODS) {
            config.routes.addHttpHandler(method, "*", this::answer);
        }
    }

    /** The port it listens at, also when it was asked for a free one. */
    int port() {
        return server.port();
    }

    private void answer(Context context) {
        if (closing) {
            context.header("Connection", "close");
            write(context, WebhookDesk.text(503, "This process ends. Send it again."));
            return;
        }
        WebhookDesk.Admission admission =
                desk.admit(incoming(context), context.req().getContentLengthLong());
        if (admission instanceof WebhookDesk.Admission.Answered answered) {
            if (!answered.allow().isEmpty()) {
                context.header("Allow", answered.allow());
            }
            write(context, answered.reply());
            return;
        }
        byte[] body;
        try {
            body = body(context);
        } catch (IOException e) {
            // Whoever called hung up in the middle; nobody is there to be answered, and it is no fault of ours to log.
            write(context, WebhookDesk.text(400, "The request ends in the middle."));
            return;
        }
        underWay.incrementAndGet();
        CompletableFuture<WebhookReply> reply =
                ((WebhookDesk.Admission.Wanted) admission).then().came(body);
        // Kafka's thread, which completes it, has other things to do than writing to sockets.
        context.future(() -> reply.thenAcceptAsync(told -> write(context, told), threads)
                .whenComplete((done, failure) -> underWay.decrementAndGet()));
    }

    /** At most one octet more than is allowed. */
    private byte[] body(Context context) throws IOException {
        try (InputStream in = context.req().getInputStream()) {
            return in.readNBytes(bodyLimit + 1);
        }
    }

    private static Incoming incoming(Context context) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : Collections.list(context.req().getHeaderNames())) {
            headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                    .addAll(Collections.list(context.req().getHeaders(name)));
        }
        String query = context.req().getQueryString();
        return new Incoming(
                context.req().getMethod().toUpperCase(Locale.ROOT),
                context.req().getRequestURI(),
                query == null ? "" : query,
                headers,
                peer(context));
    }

    private static InetAddress peer(Context context) {
        try {
            // An address in figures: nothing is looked up.
            return InetAddress.getByName(context.req().getRemoteAddr());
        } catch (UnknownHostException e) {
            return InetAddress.getLoopbackAddress();
        }
    }

    private static void write(Context context, WebhookReply reply) {
        context.status(reply.status());
        if (reply.contentType().isEmpty()) {
            context.res().setContentType(null);
        } else {
            context.contentType(reply.contentType());
            context.result(reply.body());
        }
    }

    /** Takes nothing more, lets what came be answered, closes. */
    @Override
    public void close() {
        closing = true;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ANSWER_WITHIN_MS);
        try {
            while (underWay.get() > 0 && System.nanoTime() - end < 0) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop();
    }
}
