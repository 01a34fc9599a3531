package io.smspipeline.receiver.webhook;

import io.smspipeline.provider.webhook.CallbackAddresses;
import io.smspipeline.settings.Section;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Section {@code receiver.http}.
 *
 * @param host address to listen at
 * @param port 0 takes a free one
 * @param path begins every address; a secret where providers sign nothing
 * @param publicUrl what providers were given; empty when the request says it
 * @param trustedProxies whose word about the address the request was sent to counts
 * @param bodyLimit octets
 */
public record HttpSettings(
        String host,
        int port,
        String path,
        Optional<String> publicUrl,
        List<AddressRange> trustedProxies,
        int bodyLimit) {
    private static final int KIBI = 1024;
    private static final int DEFAULT_BODY_LIMIT = 256 * KIBI;

    /** Copies the list, and takes slashes away from the ends of path and address. */
    public HttpSettings {
        path = withoutSlashes(path);
        publicUrl = publicUrl.map(url -> url.replaceAll("/+$", ""));
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Reads the section; faults are recorded in it. */
    public static HttpSettings read(Section http) {
        return new HttpSettings(
                http.text("host").orElse("127.0.0.1"),
                http.integer("port").between(0, 65_535).orElse(CallbackAddresses.DEFAULT_PORT),
                http.text("path")
                        .matching(
                                text -> withoutSlashes(text).matches("[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*"),
                                "a path of letters, digits, dots, dashes and underscores")
                        .orElse(CallbackAddresses.DEFAULT_PATH),
                http.uri("public-url").optional().map(URI::toString),
                ranges(http),
                http.integer("body-limit").between(KIBI, 16 * KIBI * KIBI).orElse(DEFAULT_BODY_LIMIT));
    }

    private static String withoutSlashes(String text) {
        return text.replaceAll("^/+|/+$", "");
    }

    private static List<AddressRange> ranges(Section http) {
        List<AddressRange> ranges = new ArrayList<>();
        for (String text : http.list("trusted-proxies").orElse(List.of())) {
            try {
                ranges.add(AddressRange.parse(text));
            } catch (IllegalArgumentException e) {
                http.fault("trusted-proxies", String.valueOf(e.getMessage()), "write addresses or ranges of them");
            }
        }
        return ranges;
    }
}
