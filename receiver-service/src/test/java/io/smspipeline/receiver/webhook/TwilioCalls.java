package io.smspipeline.receiver.webhook;

import io.smspipeline.settings.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Twilio as a caller: written from its documentation, apart from the code under test. */
final class TwilioCalls {
    static final Secret TOKEN = Secret.of("0123456789abcdef0123456789abcdef");

    private TwilioCalls() {}

    static Map<String, String> message(String id, String from, String text) {
        return Map.of("MessageSid", id, "From", from, "To", "+14155550199", "Body", text, "NumSegments", "1");
    }

    static Map<String, String> status(String id, String to, String status) {
        return Map.of("MessageSid", id, "MessageStatus", status, "To", to, "From", "+14155550199");
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    static String signature(String url, Map<String, String> fields) {
        StringBuilder data = new StringBuilder(url);
        new TreeMap<>(fields).forEach((name, value) -> data.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(TOKEN.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(data.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Signed for the address it goes to. */
    static HttpRequest signed(String url, Map<String, String> fields) {
        return call(url, fields, signature(url, fields)).build();
    }

    /** The octets of such a call, for who has no time to make them while the clock runs. */
    static byte[] octets(String url, Map<String, String> fields, String signature) {
        URI address = URI.create(url);
        String body = form(fields);
        return """
                POST %s HTTP/1.1\r
                Host: %s\r
                Content-Type: application/x-www-form-urlencoded\r
                X-Twilio-Signature: %s\r
                Content-Length: %d\r
                \r
                %s""".formatted(address.getRawPath(), address.getRawAuthority(), signature, body.length(), body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    static HttpRequest.Builder call(String url, Map<String, String> fields, String signature) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Twilio-Signature", signature)
                .POST(BodyPublishers.ofString(form(fields)));
    }
}
