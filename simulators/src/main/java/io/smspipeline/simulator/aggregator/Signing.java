package io.smspipeline.simulator.aggregator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How callbacks are signed. */
final class Signing {
    private Signing() {}

    static String base64(String algorithm, String key, String data) {
        return Base64.getEncoder().encodeToString(mac(algorithm, key, data));
    }

    /**
     * Vonage's {@code sig}: over {@code &key=value} sorted by key, with ampersands and equal signs in values as underscores.
     *
     * @param method {@code md5hash}, or {@code sha256hmac} and its like
     */
    static String vonage(String method, String secret, Map<String, String> fields) {
        StringBuilder data = new StringBuilder();
        new TreeMap<>(fields)
                .forEach((key, value) -> data.append('&')
                        .append(key)
                        .append('=')
                        .append(value.replace('&', '_').replace('=', '_')));
        if (method.equals("md5hash")) {
            return HexFormat.of().formatHex(digest("MD5", (data + secret).getBytes(StandardCharsets.UTF_8)));
        }
        String algorithm = "Hmac" + method.replace("hmac", "").toUpperCase(Locale.ROOT);
        return HexFormat.of().withUpperCase().formatHex(mac(algorithm, secret, data.toString()));
    }

    /** A JSON Web Token (RFC 7519) by HS256. */
    static String token(String secret, String claims) {
        String data = base64Url("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64Url(claims.getBytes(StandardCharsets.UTF_8));
        return data + "." + base64Url(mac("HmacSHA256", secret, data));
    }

    private static String base64Url(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /** In lower-case digits. */
    static String sha256(byte[] octets) {
        return HexFormat.of().formatHex(digest("SHA-256", octets));
    }

    private static byte[] digest(String algorithm, byte[] octets) {
        try {
            return MessageDigest.getInstance(algorithm).digest(octets);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }

    private static byte[] mac(String algorithm, String key, String data) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(data.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }
}
