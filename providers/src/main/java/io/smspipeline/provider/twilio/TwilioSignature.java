package io.smspipeline.provider.twilio;

import io.smspipeline.provider.webhook.Content;
import io.smspipeline.provider.webhook.Parameters;
import io.smspipeline.provider.webhook.Parameters.Parameter;
import io.smspipeline.provider.webhook.Proof;
import io.smspipeline.provider.webhook.Seal;
import io.smspipeline.provider.webhook.WebhookRequest;
import io.smspipeline.provider.webhook.Webhooks;
import io.smspipeline.settings.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code X-Twilio-Signature}: HMAC-SHA1 with the account's token over the address and, sorted, the parameters of a form. After
 * "Webhooks security" in Twilio's documentation and the validator of its npm package 6.2.0.
 *
 * @param token the account's auth token
 */
record TwilioSignature(Secret token) implements Seal {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    @Override
    public String proof() {
        return "X-Twilio-Signature";
    }

    @Override
    public Finding check(WebhookRequest request, Instant now) {
        String wrong = forgery(request);
        if (wrong != null) {
            return new Finding.Forged(wrong);
        }
        String name = request.header("I-Twilio-Idempotency-Token");
        return new Finding.Genuine(name == null ? "" : name);
    }

    private @Nullable String forgery(WebhookRequest request) {
        String told = request.header("X-Twilio-Signature");
        if (told == null || told.isEmpty()) {
            return "it has no X-Twilio-Signature";
        }
        Parameters signed = Parameters.NONE;
        try {
            String digest = Parameters.ofForm(request.query()).get("bodySHA256");
            if (digest != null) {
                if (!Proof.same(Proof.hexDigest("SHA-256", request.body()), digest.toLowerCase(Locale.ROOT))) {
                    return "its body is not the one of bodySHA256";
                }
            } else if (request.mediaType().equals(Webhooks.JSON)
                    || (request.method().equals("GET") && request.body().length > 0)) {
                return "nothing signs its body";
            } else if (!request.method().equals("GET")) {
                signed = Parameters.ofForm(Content.text(request));
            }
        } catch (IllegalArgumentException e) {
            return "its parameters cannot be read";
        }
        for (String url : request.urls()) {
            if (matches(told, url, signed)) {
                return null;
            }
        }
        return "X-Twilio-Signature is not that of this request at " + withoutQuery(request);
    }

    /** So that whoever configures a proxy sees which address was compared. Its path is masked: it is a secret. */
    private static String withoutQuery(WebhookRequest request) {
        String url = request.urls().isEmpty() ? "" : request.urls().get(0);
        int path = url.indexOf('/', url.indexOf("://") + 3);
        return path < 0 ? url : url.substring(0, path) + "/***";
    }

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
