package io.smspipeline.provider.twilio;

import io.smspipeline.provider.webhook.Parameters;
import io.smspipeline.provider.webhook.Parameters.Parameter;
import io.smspipeline.provider.webhook.Proof;
import io.smspipeline.settings.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code X-Twilio-Signature}: HMAC-SHA1 with the account's token over the address and, sorted, the parameters of a form. After
 * "Webhooks security" in Twilio's documentation and the validator of its npm package 6.2.0.
 *
 * @param token the account's auth token
 */
record TwilioSignature(Secret token) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** In base64. */
    String of(String url, Parameters form) {
        TreeMap<String, TreeSet<String>> sorted = new TreeMap<>();
        for (Parameter parameter : form.all()) {
            sorted.computeIfAbsent(parameter.name(), name -> new TreeSet<>()).add(parameter.value());
        }
        StringBuilder data = new StringBuilder(url);
        sorted.forEach(
                (name, values) -> values.forEach(value -> data.append(name).append(value)));
        return Base64.getEncoder()
                .encodeToString(Proof.hmac("HmacSHA1", token, data.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether this is the signature of the address, be it with or without its port. */
    boolean matches(String told, String url, Parameters form) {
        boolean found = false;
        for (String spelling : spellings(url)) {
            found |= Proof.same(of(spelling, form), told);
        }
        return found;
    }

    /** Twilio signs some addresses with the standard port and some without any; so its own validator tries both. */
    private static Set<String> spellings(String url) {
        Set<String> all = new LinkedHashSet<>();
        all.add(url);
        try {
            URI uri = new URI(url);
            String host = uri.getHost();
            String scheme = uri.getScheme();
            if (host != null && scheme != null) {
                String rest = url.substring(url.indexOf(uri.getRawAuthority())
                        + uri.getRawAuthority().length());
                String user = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo() + "@";
                int standard = scheme.equalsIgnoreCase("https") ? HTTPS : HTTP;
                int port = uri.getPort() < 0 ? standard : uri.getPort();
                all.add(scheme + "://" + user + host + rest);
                all.add(scheme + "://" + user + host + ":" + port + rest);
            }
        } catch (URISyntaxException e) {
            // An address with characters that should be escaped is compared as it came, and only so.
            return all;
        }
        return all;
    }
}
