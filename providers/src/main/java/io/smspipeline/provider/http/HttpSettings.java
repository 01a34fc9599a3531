package io.smspipeline.provider.http;

import io.smspipeline.provider.Pace;
import io.smspipeline.settings.Section;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * What the accounts of all HTTP providers are configured with. Immutable.
 *
 * @param baseUrl where the API is, without a slash at the end
 * @param from default sender; empty when the provider chooses
 * @param pace how fast and how far ahead; its window is the number of requests awaiting their answer
 * @param responseTimeout from handing a request over to the end of its answer
 * @param connectTimeout until a connection stands, TLS included
 * @param check how often an API nobody has heard of meanwhile is asked whether it is there
 * @param refused how long the first pause is after the account was refused; later ones are longer, up to ten times that
 * @param doubt how long is tried to find out what became of a message whose answer was lost; zero: not at all
 */
public record HttpSettings(
        URI baseUrl,
        String from,
        Pace pace,
        Duration responseTimeout,
        Duration connectTimeout,
        Duration check,
        Duration refused,
        Duration doubt) {
    private static final Duration LEAST = Duration.ofMillis(1);

    /**
     * Reads {@code base-url}, {@code from}, {@code window}, {@code parts-per-second}, {@code max-unrecorded},
     * {@code patience}, {@code response-timeout}, {@code connect-timeout}, {@code check}, {@code refused-pause} and
     * {@code look-up}. Faults are recorded in the section.
     *
     * @param usual where the provider's API is when nothing else is said; empty when it must be said
     */
    public static HttpSettings read(Section s, String usual) {
        URI base = usual.isEmpty()
                ? s.uri("base-url")
                        .matching(HttpSettings::isWeb, "an address that begins with https:// or http://")
                        .required()
                : s.uri("base-url")
                        .matching(HttpSettings::isWeb, "an address that begins with https:// or http://")
                        .orElse(URI.create(usual));
        int window = s.integer("window").between(1, 10_000).orElse(20);
        double rate = s.decimal("parts-per-second").atLeast(0.0).orElse(0.0);
        int unrecorded = s.integer("max-unrecorded").atLeast(window).orElse(Pace.defaultMaxUnrecorded(window, rate));
        Duration patience = s.duration("patience").atLeast(Duration.ZERO).orElse(Duration.ofSeconds(10));
        return new HttpSettings(
                withoutSlash(base),
                s.text("from").orElse(""),
                new Pace(window, rate, unrecorded, patience),
                s.duration("response-timeout").atLeast(LEAST).orElse(Duration.ofSeconds(15)),
                s.duration("connect-timeout").atLeast(LEAST).orElse(Duration.ofSeconds(5)),
                s.duration("check").atLeast(LEAST).orElse(Duration.ofSeconds(30)),
                s.duration("refused-pause").atLeast(LEAST).orElse(Duration.ofSeconds(60)),
                s.duration("look-up").atLeast(Duration.ZERO).orElse(Duration.ofSeconds(8)));
    }

    private static boolean isWeb(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        return scheme.equals("https") || scheme.equals("http");
    }

    private static URI withoutSlash(URI uri) {
        String text = uri.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : uri;
    }

    /** A resource of the API. @param path begins with a slash; already encoded */
    public URI at(String path) {
        return URI.create(baseUrl + path);
    }
}
