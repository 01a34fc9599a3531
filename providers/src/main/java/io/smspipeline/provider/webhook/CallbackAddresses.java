package io.smspipeline.provider.webhook;

import io.smspipeline.settings.Section;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where providers reach our webhooks, for those that are told so with each message.
 *
 * @param base the public address up to and with the path; empty when none is configured
 * @param local the same for whatever runs on this machine; empty when the port is not configured
 */
public record CallbackAddresses(Optional<String> base, Optional<String> local) {
    /** Unless {@code receiver.http.path} is configured. */
    public static final String DEFAULT_PATH = "hooks";

    /** Unless {@code receiver.http.port} is configured. */
    public static final int DEFAULT_PORT = 8085;

    /** Nobody can call us back. */
    public static final CallbackAddresses NONE = new CallbackAddresses(Optional.empty(), Optional.empty());

    /**
     * Reads {@code public-url}, {@code port} and {@code path} of the section {@code receiver.http}, leaving their faults to its
     * owner: the receiver.
     */
    public static CallbackAddresses read(Section root) {
        Section http = root.section("receiver").readInPart().section("http").readInPart();
        String path = "/" + http.text("path").orElse(DEFAULT_PATH).replaceAll("^/+|/+$", "");
        int port = http.has("port") ? http.integer("port").orElse(0) : 0;
        return new CallbackAddresses(
                http.uri("public-url").optional().map(url -> joined(url.toString(), path)),
                port == 0 ? Optional.empty() : Optional.of("http://127.0.0.1:" + port + path));
    }

    /** Whoever configures the address may have written the path there too. */
    private static String joined(String url, String path) {
        String plain = url.replaceAll("/+$", "");
        return plain.endsWith(path) ? plain : plain + path;
    }

    /**
     * Where a provider is to call.
     *
     * @param api where the provider's API is; a simulator on this machine may call us on this machine
     * @return empty when it cannot reach us as far as known
     */
    public Optional<URI> of(URI api, String alias, WebhookKind kind) {
        Optional<String> found = base.isPresent() || !isHere(api) ? base : local;
        return found.map(address -> URI.create(address + "/" + alias + "/" + kind.word()));
    }

    private static boolean isHere(URI api) {
        String host = api.getHost();
        if (host == null) {
            return false;
        }
        try {
            // Only what is an address in figures or the one name that needs no look-up.
            return host.equals("localhost")
                    || (host.matches("[0-9.]+|\\[.*]")
                            && InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
