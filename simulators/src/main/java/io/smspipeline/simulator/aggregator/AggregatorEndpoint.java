package io.smspipeline.simulator.aggregator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a simulated aggregator and moves it, over HTTP on 127.0.0.1: {@code GET /stats}, {@code GET /messages?limit=N},
 * {@code POST /cut}, {@code POST /mo}, {@code GET}, {@code PUT}, {@code PATCH} and {@code POST /behaviour}.
 */
final class AggregatorEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AggregatorEndpoint.class);
    private static final int USUAL_LIMIT = 100;

    private final SimulatedAggregator aggregator;
    private final AggregatorBehaviour first;
    private final HttpServer server;
    private final ObjectMapper json = new ObjectMapper();

    /** Answers one request. */
    private interface Page {
        Reply answer(HttpExchange exchange) throws IOException;
    }

    /** @throws IOException when the port is taken */
    AggregatorEndpoint(SimulatedAggregator aggregator, int port) throws IOException {
        this.aggregator = aggregator;
        this.first = aggregator.behaviour();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        serve("/stats", "GET", exchange -> Reply.json(200, json.valueToTree(aggregator.figures())));
        serve("/messages", "GET", this::messages);
        serve("/cut", "POST", exchange -> {
            aggregator.cutAll();
            return Reply.json(202, json.createObjectNode());
        });
        serve("/mo", "POST", this::fromHandset);
        serve("/behaviour", "GET, PUT, PATCH, POST", this::behaviour);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void serve(String path, String methods, Page page) {
        server.createContext(path, exchange -> {
            try (exchange) {
                Reply reply = methods.contains(exchange.getRequestMethod())
                        ? guarded(page, exchange)
                        : error(405, path + " takes " + methods);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(reply.status(), reply.body().length);
                exchange.getResponseBody().write(reply.body());
            }
        });
    }

    private Reply guarded(Page page, HttpExchange exchange) throws IOException {
        try {
            return page.answer(exchange);
        } catch (JsonProcessingException e) {
            return error(400, "the body is no JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException | IllegalStateException e) {
            return error(400, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("simulated aggregator failed on {}", exchange.getRequestURI(), e);
            return error(500, e.toString());
        }
    }

    private Reply error(int status, String why) {
        return Reply.json(status, json.createObjectNode().put("error", why));
    }

    private Reply messages(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        int limit = query != null && query.matches("limit=[0-9]{1,6}")
                ? Integer.parseInt(query.substring("limit=".length()))
                : USUAL_LIMIT;
        List<Sms> all = aggregator.messages();
        ArrayNode told = json.createArrayNode();
        for (Sms sms : all.subList(Math.max(0, all.size() - limit), all.size())) {
            ObjectNode each = told.addObject()
                    .put("id", sms.id())
                    .put("to", sms.to())
                    .put("from", sms.from())
                    .put("text", sms.text())
                    .put("parts", sms.parts())
                    .put("at", sms.at().toString());
            ObjectNode fields = each.putObject("fields");
            sms.fields().forEach(fields::put);
        }
        return Reply.json(200, told);
    }

    private Reply fromHandset(HttpExchange exchange) throws IOException {
        JsonNode body = json.readTree(exchange.getRequestBody());
        for (String name : List.of("from", "to", "text")) {
            if (!body.path(name).isTextual()) {
                return error(
                        400, name + " is missing: send {\"from\":\"447700900123\",\"to\":\"12345\",\"text\":\"Hi\"}");
            }
        }
        aggregator.sendFromHandset(
                body.get("from").asText().replace("+", ""),
                body.get("to").asText(),
                body.get("text").asText());
        return Reply.json(202, json.createObjectNode().put("messages", 1));
    }

    private Reply behaviour(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            JsonNode wishes = json.readTree(exchange.getRequestBody());
            AggregatorBehaviour from = exchange.getRequestMethod().equals("PUT") ? first : aggregator.behaviour();
            aggregator.behave(from.changed(wishes));
        }
        return Reply.json(200, aggregator.behaviour().toJson());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
