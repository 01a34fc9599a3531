package io.smspipeline.simulator.aggregator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request of the aggregator's own.
 *
 * @param receipt whether it tells of a message to a handset, rather than from one
 * @param forged whether its signature is wrong
 */
record Callback(boolean receipt, boolean forged, String method, URI uri, Map<String, String> headers, byte[] body) {
    private static final String TWILIO = "X-Twilio-Signature";
    private static final String TOKEN = "Authorization";

    /** The first digit of a parameter {@code sig}, in a form, a query or JSON. */
    private static final Pattern SIG = Pattern.compile("(sig(?:=|\":\"))([0-9a-fA-F])");

    Callback {
        headers = Map.copyOf(headers);
    }

    static Callback post(boolean receipt, URI uri, Map<String, String> headers, String body) {
        return new Callback(receipt, false, "POST", uri, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with a signature that is wrong in one place; null when it has none. */
    @Nullable
    Callback forgery() {
        for (String header : List.of(TWILIO, TOKEN)) {
            String value = headers.get(header);
            if (value != null) {
                // The first character of a token's signature, which is its last part, or of a signature alone.
                int at = value.lastIndexOf('.') + 1;
                Map<String, String> all = new LinkedHashMap<>(headers);
                all.put(
                        header,
                        value.substring(0, at) + (value.charAt(at) == 'A' ? 'B' : 'A') + value.substring(at + 1));
                return new Callback(receipt, true, method, uri, all, body);
            }
        }
        String text = new String(body, StandardCharsets.UTF_8);
        String query = uri.toString();
        if (SIG.matcher(text).find()) {
            return new Callback(
                    receipt, true, method, uri, headers, altered(text).getBytes(StandardCharsets.UTF_8));
        }
        return SIG.matcher(query).find()
                ? new Callback(receipt, true, method, URI.create(altered(query)), headers, body)
                : null;
    }

    private static String altered(String signed) {
        return SIG.matcher(signed)
                .replaceFirst(found -> found.group(1) + (found.group(2).equals("0") ? "1" : "0"));
    }
}
