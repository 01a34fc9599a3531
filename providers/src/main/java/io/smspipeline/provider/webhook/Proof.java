package io.smspipeline.provider.webhook;

import io.smspipeline.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The arithmetic of signatures. Comparisons take the same time wherever two values differ. Stateless. */
public final class Proof {
    private Proof() {}

    /** @param algorithm as Java names it: {@code HmacSHA1} */
    public static byte[] hmac(String algorithm, Secret key, byte[] data) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }

    /** @param algorithm as Java names it: {@code SHA-256} */
    public static String hexDigest(String algorithm, byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(data));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }

    public static boolean same(byte[] expected, byte[] told) {
        return MessageDigest.isEqual(expected, told);
    }

    public static boolean same(String expected, String told) {
        return same(expected.getBytes(StandardCharsets.UTF_8), told.getBytes(StandardCharsets.UTF_8));
    }
}
