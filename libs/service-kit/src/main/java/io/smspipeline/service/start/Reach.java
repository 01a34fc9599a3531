package io.smspipeline.service.start;

import io.smspipeline.service.settings.KafkaSettings;
import io.smspipeline.service.settings.SchemaRegistrySettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out, before anything is started, whether Kafka and the registry answer, and says in one sentence why not. Kafka's
 * clients would try for ever and log a warning each time.
 */
public final class Reach {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int CONNECT_MS = 2_000;

    private Reach() {}

    /**
     * Waits until a broker and the registry answer. Both are asked at once: who was killed is to be back soon.
     *
     * @param patience for each of the two; zero tries once
     * @throws StartUpFault naming address and key when one does not
     */
    public static void both(KafkaSettings kafka, Duration patience) {
        CompletableFuture<Void> registry = new CompletableFuture<>();
        Thread asking = new Thread(
                () -> {
                    try {
                        registry(kafka.registry(), patience);
                        registry.complete(null);
                    } catch (RuntimeException | Error e) {
                        registry.completeExceptionally(e);
                    }
                },
                "reach-registry");
        asking.setDaemon(true);
        asking.start();
        try {
            kafka(kafka, patience);
            registry.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StartUpFault fault) {
                throw fault;
            }
            throw new IllegalStateException("the schema registry cannot be asked: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            asking.interrupt();
        }
    }

    /**
     * Waits until a broker answers, authentication included.
     *
     * @throws StartUpFault naming address and key when none does
     */
    public static void kafka(KafkaSettings kafka, Duration patience) {
        String at = "at " + kafka.bootstrapServers() + " (kafka.bootstrap.servers)";
        awaitListening(kafka.bootstrapServers(), at, patience);
        Map<String, Object> properties = kafka.admin("start-up");
        int timeout = (int) Math.max(10_000, patience.toMillis());
        properties.put("default.api.timeout.ms", timeout);
        properties.put("request.timeout.ms", timeout);
        try (Admin admin = Admin.create(properties)) {
            admin.describeCluster().nodes().get(timeout, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw refused(at, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw refused(at, e);
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StartUpFault(
                    "the section kafka cannot be used: " + sentence(cause.getMessage()) + " Correct that key.", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Waits until the registry answers.
     *
     * @throws StartUpFault naming address and key when it does not
     */
    public static void registry(SchemaRegistrySettings registry, Duration patience) {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofMillis(CONNECT_MS))
                .build();
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            List<String> problems = new ArrayList<>();
            for (URI url : registry.urls()) {
                String problem = problemOf(client, url, registry);
                if (problem.isEmpty()) {
                    return;
                }
                problems.add(problem);
            }
            if (System.nanoTime() - end >= 0) {
                throw new StartUpFault("no schema registry answers at " + addresses(registry)
                        + " (schema-registry.url): " + String.join("; ", problems)
                        + ". Start it, or set schema-registry.url or SMS_SCHEMA_REGISTRY__URL.");
            }
            pause();
        }
    }

    private static void awaitListening(String servers, String at, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            String problem = "";
            for (String server : servers.split(",")) {
                String address = server.strip().replaceFirst("^[A-Z_]+://", "");
                int colon = address.lastIndexOf(':');
                String host = address.substring(0, Math.max(colon, 0)).replaceAll("[\\[\\]]", "");
                try (Socket socket = new Socket()) {
                    socket.connect(
                            new InetSocketAddress(host, Integer.parseInt(address.substring(colon + 1))), CONNECT_MS);
                    return;
                } catch (IOException | IllegalArgumentException e) {
                    problem = e instanceof java.net.UnknownHostException
                            ? "the host " + host + " is not known"
                            : String.valueOf(e.getMessage());
                }
            }
            if (System.nanoTime() - end >= 0) {
                throw new StartUpFault("no Kafka broker answers " + at + ": " + problem + ". Start it, or set"
                        + " kafka.bootstrap.servers or " + KafkaSettings.BOOTSTRAP_VARIABLE + ".");
            }
            pause();
        }
    }

    private static StartUpFault refused(String at, Throwable cause) {
        if (cause instanceof SslAuthenticationException) {
            return new StartUpFault(
                    "the TLS handshake with Kafka " + at + " failed: " + sentence(cause.getMessage())
                            + " Check the ssl keys in section kafka.",
                    cause);
        }
        if (cause instanceof AuthenticationException) {
            return new StartUpFault(
                    "Kafka " + at + " refuses our credentials: " + sentence(cause.getMessage())
                            + " Check kafka.sasl.jaas.config and kafka.sasl.mechanism.",
                    cause);
        }
        return new StartUpFault(
                "something listens " + at + " but does not answer as a Kafka broker we can use: "
                        + sentence(cause.getMessage())
                        + " Check kafka.bootstrap.servers, kafka.security.protocol and the addresses the brokers advertise.",
                cause);
    }

    private static String problemOf(HttpClient client, URI url, SchemaRegistrySettings registry) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(url.toString().replaceAll("/+$", "") + "/subjects"))
                .timeout(Duration.ofSeconds(10));
        registry.userInfo()
                .ifPresent(secret -> request.header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(secret.reveal().getBytes(StandardCharsets.UTF_8))));
        try {
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status == 401 || status == 403) {
                return "it answers " + status + ": check schema-registry.user-info";
            }
            return status == 200 ? "" : "it answers " + status + " to GET /subjects";
        } catch (IOException e) {
            return e.getMessage() == null ? "the connection was refused" : e.getMessage();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static String addresses(SchemaRegistrySettings registry) {
        return String.join(
                ", ",
                registry.urls().stream()
                        .map(url -> url.toString().replaceAll("://[^/@]+@", "://***@"))
                        .toList());
    }

    private static String sentence(@Nullable String message) {
        return message == null || message.endsWith(".") ? String.valueOf(message) : message + ".";
    }

    private static void pause() {
        LockSupport.parkNanos(PAUSE.toNanos());
        if (Thread.interrupted()) {
            throw interrupted(new InterruptedException());
        }
    }

    private static StartUpFault interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StartUpFault("interrupted while waiting for Kafka and the registry to answer", e);
    }
}
