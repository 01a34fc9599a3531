package io.smspipeline.receiver.webhook;

import java.util.List;
import java.util.Locale;

/**
 * The address a provider sent a request to, which is what it signed: behind a proxy not the one the request says. What is
 * configured counts, else what a trusted proxy tells (RFC 7239, or {@code X-Forwarded-…}), else the request. Immutable.
 */
record SignedAddress(HttpSettings settings) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Under which addresses the request may have been signed, the likeliest first. */
    List<String> of(Incoming incoming) {
        String rest = incoming.path() + (incoming.query().isEmpty() ? "" : "?" + incoming.query());
        return List.of(settings.publicUrl()
                .map(url -> configured(url, rest))
                .orElseGet(() -> (isTrusted(incoming) ? forwarded(incoming) : plain(incoming)) + rest));
    }

    /** Whoever configures it may have left the path away, as it stands in the settings already, or may have written it. */
    private String configured(String url, String rest) {
        String path = "/" + settings.path();
        return url.endsWith(path) ? url.substring(0, url.length() - path.length()) + rest : url + rest;
    }

    private boolean isTrusted(Incoming incoming) {
        return settings.trustedProxies().stream().anyMatch(range -> range.contains(incoming.peer()));
    }

    private static String plain(Incoming incoming) {
        return "http://" + incoming.header("host");
    }

    private static String forwarded(Incoming incoming) {
        String first = first(incoming.header("forwarded"));
        String proto = element(first, "proto");
        String host = element(first, "host");
        if (proto.isEmpty()) {
            proto = first(incoming.header("x-forwarded-proto"));
        }
        if (host.isEmpty()) {
            host = first(incoming.header("x-forwarded-host"));
        }
        String scheme = proto.isEmpty() ? "http" : proto.toLowerCase(Locale.ROOT);
        String authority = host.isEmpty() ? incoming.header("host") : host;
        String port = first(incoming.header("x-forwarded-port"));
        boolean portMatters = !port.isEmpty()
                && !host.isEmpty()
                && authority.indexOf(':', authority.lastIndexOf(']') + 1) < 0
                && !port.equals(Integer.toString(scheme.equals("https") ? HTTPS : HTTP));
        return scheme + "://" + authority + (portMatters ? ":" + port : "");
    }

    /** Of a list the first: the proxy nearest to the provider wrote it. */
    private static String first(String list) {
        int comma = list.indexOf(',');
        return (comma < 0 ? list : list.substring(0, comma)).strip();
    }

    private static String element(String forwarded, String name) {
        for (String pair : forwarded.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equalsIgnoreCase(name)) {
                return pair.substring(equals + 1).strip().replace("\"", "");
            }
        }
        return "";
    }
}
