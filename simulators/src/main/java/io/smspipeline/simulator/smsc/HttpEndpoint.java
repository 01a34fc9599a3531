package io.smspipeline.simulator.smsc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.smspipeline.text.DecodedText;
import io.smspipeline.text.EncodingChoice;
import io.smspipeline.text.Sar;
import io.smspipeline.text.Segmentation;
import io.smspipeline.text.TextRefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a simulated SMSC and moves it, over HTTP on 127.0.0.1: {@code GET /stats}, {@code GET /messages?limit=N},
 * {@code POST /stats/reset}, {@code POST /cut}, {@code POST /unbind}, {@code POST /mo}, {@code POST /alert}, {@code POST /outbind}, {@code GET}, {@code PUT},
 * {@code PATCH} and {@code POST /behaviour}.
 */
final class HttpEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);
    private static final int LARGEST_BODY = 1 << 20;
    private static final int USUAL_LIMIT = 100;

    private final SimulatedSmsc smsc;
    private final HttpServer server;
    private final ExecutorService threads;
    private final ObjectMapper json = new ObjectMapper();
    private final BehaviourJson behaviours = new BehaviourJson();

    /** What is answered. */
    private record Answer(int status, JsonNode body) {}

    /** Answers one request. */
    private interface Page {
        Answer answer(HttpExchange exchange) throws IOException;
    }

    /** @throws IOException when the port is taken */
    HttpEndpoint(SimulatedSmsc smsc, int port) throws IOException {
        this.smsc = smsc;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        this.threads = Executors.newFixedThreadPool(2, work -> {
            Thread thread = new Thread(work, "smsc-http-" + port());
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        serve("/stats", "GET", exchange -> new Answer(200, json.valueToTree(smsc.figures())));
        serve("/stats/reset", "POST", exchange -> {
            smsc.resetMaxInAnySecond();
            return new Answer(200, json.valueToTree(smsc.figures()));
        });
        serve("/cut", "POST", exchange -> linksEnd(smsc::cutAll));
        serve("/unbind", "POST", exchange -> linksEnd(smsc::unbindAll));
        serve("/messages", "GET", this::messages);
        serve("/mo", "POST", this::fromHandset);
        serve("/alert", "POST", this::alert);
        serve("/outbind", "POST", this::outbind);
        serve("/behaviour", "GET, PUT, PATCH, POST", this::behaviour);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void serve(String path, String methods, Page page) {
        server.createContext(path, exchange -> {
            try (exchange) {
                Answer answer;
                if (!exchange.getRequestURI().getPath().equals(path)) {
                    answer =
                            error(404, "there is no " + exchange.getRequestURI().getPath());
                } else if (!methods.contains(exchange.getRequestMethod())) {
                    answer = error(405, path + " takes " + methods);
                } else {
                    answer = guarded(page, exchange);
                }
                send(exchange, answer);
            } catch (IOException e) {
                LOG.debug("{} {}: {}", exchange.getRequestMethod(), path, e.toString());
            }
        });
    }

    private Answer guarded(Page page, HttpExchange exchange) throws IOException {
        try {
            return page.answer(exchange);
        } catch (JsonProcessingException e) {
            return error(400, "the body is no JSON: " + e.getOriginalMessage());
        } catch (RefusedBehaviour e) {
            ObjectNode refused = json.createObjectNode().put("error", e.getMessage());
            e.faults().forEach(refused.putArray("faults")::add);
            return new Answer(400, refused);
        } catch (IllegalArgumentException e) {
            return error(400, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("simulated SMSC failed on {}", exchange.getRequestURI(), e);
            return error(500, e.toString());
        }
    }

    private Answer error(int status, String why) {
        return new Answer(status, json.createObjectNode().put("error", why));
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = json.writeValueAsBytes(answer.body());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private Answer linksEnd(Runnable how) {
        long sessions = smsc.figures().sessions();
        how.run();
        return new Answer(202, json.createObjectNode().put("sessions", sessions));
    }

    private JsonNode read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw new IllegalArgumentException("the body is larger than " + LARGEST_BODY + " octets");
        }
        return json.readTree(body);
    }

    private Answer messages(HttpExchange exchange) {
        ArrayNode all = json.createArrayNode();
        for (ReceivedMessage message :
                smsc.messages(limit(exchange.getRequestURI().getQuery()))) {
            describe(message, all.addObject());
        }
        return new Answer(200, all);
    }

    private static int limit(String query) {
        if (query == null || !query.startsWith("limit=")) {
            return USUAL_LIMIT;
        }
        String wanted = query.substring("limit=".length());
        if (!wanted.matches("\\d{1,9}")) {
            throw new IllegalArgumentException("limit is \"" + wanted + "\": write a whole number");
        }
        return Integer.parseInt(wanted);
    }

    private static void describe(ReceivedMessage message, ObjectNode node) {
        DecodedText decoded = message.decoded();
        node.put("messageId", message.messageId())
                .put("systemId", message.systemId())
                .put("session", message.session())
                .put("receivedAt", message.receivedAt().toString())
                .put("source", message.source())
                .put("destination", message.destination())
                .put("text", decoded.text())
                .put("octets", HexFormat.of().formatHex(message.octets()))
                .put("esmClass", message.esmClass())
                .put("dataCoding", message.dataCoding())
                .put("registeredDelivery", message.registeredDelivery())
                .put("validityPeriod", message.validityPeriod());
        Sar part = message.partOf(decoded);
        if (part != null) {
            node.putObject("part")
                    .put("reference", part.reference())
                    .put("total", part.total())
                    .put("number", part.number());
        }
    }

    private Answer fromHandset(HttpExchange exchange) throws IOException {
        JsonNode wanted = read(exchange);
        List<HandsetText> texts = new ArrayList<>();
        for (JsonNode each : wanted != null && wanted.isArray() ? wanted : List.of(wanted)) {
            texts.add(handsetText(each));
        }
        try {
            return smsc.sendFromHandsets(texts)
                    ? new Answer(202, wanted)
                    : error(409, "nobody has bound yet, so there is nobody to send it to: bind first");
        } catch (TextRefusedException e) {
            return error(400, String.valueOf(e.getMessage()));
        }
    }

    private static HandsetText handsetText(JsonNode wanted) {
        String from = required(wanted, "from");
        String to = required(wanted, "to");
        String text = required(wanted, "text");
        List<Integer> parts = new ArrayList<>();
        wanted.path("parts").forEach(part -> parts.add(part.asInt()));
        return new HandsetText(
                from,
                to,
                text,
                oneOf(EncodingChoice.class, wanted, "encoding", EncodingChoice.AUTO),
                oneOf(Segmentation.class, wanted, "segmentation", Segmentation.UDH8),
                parts);
    }

    private static <E extends Enum<E>> E oneOf(Class<E> type, JsonNode wanted, String name, E usual) {
        if (!wanted.has(name)) {
            return usual;
        }
        try {
            return Enum.valueOf(type, wanted.get(name).asText());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is " + wanted.get(name) + ", which is none of "
                            + Arrays.toString(type.getEnumConstants()),
                    e);
        }
    }

    private Answer alert(HttpExchange exchange) throws IOException {
        JsonNode wanted = read(exchange);
        String from = required(wanted, "from");
        String to = required(wanted, "to");
        int availability = wanted.path("availability").asInt(0);
        return smsc.alert(from, to, availability)
                ? new Answer(202, wanted)
                : error(409, "no receiver or transceiver is bound that could be told: bind one first");
    }

    private Answer outbind(HttpExchange exchange) throws IOException {
        JsonNode wanted = read(exchange);
        String host = wanted.path("host").asText("127.0.0.1");
        int port = wanted.path("port").asInt();
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("\"port\" is missing or none of 1 to 65535: send {\"port\":2777}, where"
                    + " the ESME listens, and \"host\" unless it is here");
        }
        try {
            smsc.outbind(
                    host,
                    port,
                    wanted.path("systemId").asText("simulator"),
                    wanted.path("password").asText(""));
            return new Answer(202, wanted);
        } catch (IOException e) {
            return error(502, host + ":" + port + " cannot be connected to: " + e.getMessage());
        }
    }

    private static String required(JsonNode node, String name) {
        JsonNode value = node == null ? null : node.get(name);
        if (value == null || !value.isTextual() || value.asText().isEmpty()) {
            throw new IllegalArgumentException("\"" + name
                    + "\" is missing: send {\"from\":\"447700900123\",\"to\":\"12345\",\"text\":\"Hello\"}");
        }
        if (!name.equals("text") && value.asText().length() > 20) {
            throw new IllegalArgumentException("\"" + name + "\" has more than 20 characters, SMPP's most");
        }
        return value.asText();
    }

    private Answer behaviour(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET")) {
            JsonNode changes = read(exchange);
            synchronized (this) {
                // Put: what is not named is as it was at the start.
                Behaviour before = method.equals("PUT") ? smsc.settings().behaviour() : smsc.behaviour();
                smsc.behave(behaviours.changed(before, changes));
            }
        }
        return new Answer(200, behaviours.written(smsc.behaviour()));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
