package io.smspipeline.provider.webhook;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request as it came. The octets of the body are shared and nobody changes them.
 *
 * @param kind what its address is for
 * @param method in upper case
 * @param urls under which the provider may have signed it, the likeliest first; with query string, without fragment
 * @param query what follows the question mark, still encoded; empty when nothing does
 * @param headers by name in lower case, as often as each came
 * @param body as it came over the wire
 */
public record WebhookRequest(
        WebhookKind kind,
        String method,
        List<String> urls,
        String query,
        Map<String, List<String>> headers,
        byte[] body) {
    /** Copies lists and headers, whose names are told in lower case from then on. */
    public WebhookRequest {
        urls = List.copyOf(urls);
        Map<String, List<String>> lower = new HashMap<>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        headers = Map.copyOf(lower);
    }

    /** The first value of a header; null when it is absent. */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /** Media type without parameters, in lower case; empty when none is told. */
    public String mediaType() {
        String type = header("content-type");
        if (type == null) {
            return "";
        }
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    /** Says neither what is in it nor where it was sent to, as both have secrets in them. */
    @Override
    public String toString() {
        return method + " " + kind.word() + " with " + body.length + " octets";
    }
}
