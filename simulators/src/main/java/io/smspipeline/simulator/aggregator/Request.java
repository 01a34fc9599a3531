package io.smspipeline.simulator.aggregator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A request to the API.
 *
 * @param query decoded; the last value of each name
 * @param headers the first value of each, by name without regard to case
 */
record Request(String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {
    private static final int LARGEST_BODY = 1 << 20;

    static Request of(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        String query = exchange.getRequestURI().getRawQuery();
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                fields(query == null ? "" : query),
                headers,
                exchange.getRequestBody().readNBytes(LARGEST_BODY));
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    boolean isForm() {
        return header("Content-Type").startsWith("application/x-www-form-urlencoded");
    }

    /** The fields of a form; in a query a plus sign is a space too. */
    Map<String, String> form() {
        return fields(text());
    }

    static Map<String, String> fields(String encoded) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : encoded.split("&")) {
            int equals = field.indexOf('=');
            if (!field.isEmpty()) {
                fields.put(
                        decoded(equals < 0 ? field : field.substring(0, equals)),
                        equals < 0 ? "" : decoded(field.substring(equals + 1)));
            }
        }
        return fields;
    }

    /** The same back again. */
    static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Whether it has this user and password by HTTP Basic. */
    boolean isFrom(String user, String password) {
        return header("Authorization")
                .equals("Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }
}
