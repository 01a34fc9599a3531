package io.smspipeline.provider.vonage;

import io.smspipeline.provider.webhook.Proof;
import io.smspipeline.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** How a Vonage account signs messages and callbacks of its SMS API: a setting of the account. */
public enum SignatureMethod {
    /** MD5 over the parameters with the secret behind them. */
    MD5HASH(""),
    /** HMAC-MD5. */
    MD5HMAC("HmacMD5"),
    /** HMAC-SHA1. */
    SHA1HMAC("HmacSHA1"),
    /** HMAC-SHA256. */
    SHA256HMAC("HmacSHA256"),
    /** HMAC-SHA512. */
    SHA512HMAC("HmacSHA512");

    private final String hmac;

    SignatureMethod(String hmac) {
        this.hmac = hmac;
    }

    /** In lower case hexadecimal. */
    String of(String data, Secret secret) {
        if (hmac.isEmpty()) {
            return Proof.hexDigest("MD5", (data + secret.reveal()).getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(Proof.hmac(hmac, secret, data.getBytes(StandardCharsets.UTF_8)));
    }
}
