package io.smspipeline.receiver.webhook;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * A request before anything is known of it.
 *
 * @param method in upper case
 * @param path still encoded, beginning with a slash
 * @param query still encoded; empty when there is none
 * @param headers by name in lower case
 * @param peer who connected
 */
record Incoming(String method, String path, String query, Map<String, List<String>> headers, InetAddress peer) {
    /** The first value of a header; empty when it is absent. */
    String header(String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? "" : values.get(0);
    }
}
