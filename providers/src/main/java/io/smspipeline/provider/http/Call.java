package io.smspipeline.provider.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One request to a provider's API. Immutable.
 *
 * @param headers {@code Host} and {@code Content-Length} are the client's business
 * @param body empty where there is none
 */
public record Call(String method, URI uri, Map<String, String> headers, byte[] body) {
    /** Copies the headers, so that it cannot change. */
    public Call {
        headers = Map.copyOf(headers);
    }

    /** A question. */
    public static Call get(URI uri) {
        return new Call("GET", uri, Map.of("Accept", "application/json"), new byte[0]);
    }

    /** A JSON document. */
    public static Call postJson(URI uri, JsonNode json) {
        return new Call(
                "POST",
                uri,
                Map.of("Accept", "application/json", "Content-Type", "application/json"),
                json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A form; repeated names are repeated fields. */
    public static Call postForm(URI uri, List<Map.Entry<String, String>> fields) {
        return new Call(
                "POST",
                uri,
                Map.of(
                        "Accept",
                        "application/json",
                        "Content-Type",
                        "application/x-www-form-urlencoded; charset=UTF-8"),
                form(fields).getBytes(StandardCharsets.US_ASCII));
    }

    /** Fields as a form or a query writes them, in UTF-8. */
    public static String form(List<Map.Entry<String, String>> fields) {
        return fields.stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** As form and query have it; a space as {@code %20}, which everybody reads. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The same with a header more, or with another value for it. */
    public Call with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Call(method, uri, all, body);
    }

    /** The same with HTTP Basic authentication (RFC 7617). */
    public Call withBasic(String user, String password) {
        return with(
                "Authorization",
                "Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    /** Method and resource; headers and body hold secrets and personal data, and so may the query. */
    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
